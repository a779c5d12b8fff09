"""Agents' corrected scores: few reviews each, a machine that scored all, and each other.

Every agent's reviews correct the machine with one slope and one residual variance pooled
over agents, ``d_j = ȳ_j + λ (F̄_j - f̄_j)`` with error ``V_j = (1 - n_j/N_j) s² / n_j``;
then d_j is drawn towards the line on F̄_j by :func:`~evenhand.quality.fay_herriot.fay_herriot`.
The machine's mean alone has no honest interval for an agent, and one correction for the
whole team claims too much (it holds 26 to 75 times in 100 where the machine is unfair to
some agents more than to others); this one finds out how unfair it is, and says so in τ².
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, Ints, finite, same_length, sums
from evenhand.quality.estimates.estimate import MINIMUM_N, Estimate, no_number
from evenhand.quality.fay_herriot import FayHerriot, fay_herriot
from evenhand.quality.quantiles import normal_below, t_two_sided
from evenhand.quality.shrinkage import (
    MARGIN,
    RANKS_FROM_RELIABILITY,
    GroupEstimate,
    eb_shrinkage,
)

from .draws import CORRECTED_FROM, EXACT, FEW, FLAT, UNSCORED

LINE_FROM = 8


@dataclass(frozen=True, slots=True)
class CorrectedAgents:
    """Agents' corrected scores and what they have in common.

    reason: empty if corrected, else ``few``, ``unscored``, ``flat`` or ``exact`` as of
    :class:`~.draws.Corrected`; the groups are then those of
    :func:`~evenhand.quality.shrinkage.eb_shrinkage` on the reviews alone. slope: λ. sd:
    spread of reviews about the machine. tau2: variance between agents that the machine
    does not see (REML; 0 if none could be shown). beta: intercept and slope of the line
    on the machine's mean. groups: in the order of the frame, agents without reviews too,
    of whom ``shrunk`` is what the line says; ``raw`` is d_j, ``reliability`` is γ_j.
    """

    reason: str
    slope: float
    sd: float
    tau2: float
    beta: tuple[float, ...]
    groups: tuple[GroupEstimate, ...]

    @property
    def ranks_may_be_shown(self) -> bool:
        """Whether every shown agent's reliability is at least 0.7."""
        shown = [g.reliability for g in self.groups if g.estimate.has_number]
        return len(shown) > 1 and min(shown) >= RANKS_FROM_RELIABILITY

    def by_group(self) -> dict[Hashable, GroupEstimate]:
        return {g.group: g for g in self.groups}


def corrected_agents(
    y: npt.ArrayLike,
    f: npt.ArrayLike,
    agent: npt.ArrayLike,
    population: Mapping[Hashable, int],
    f_mean: Mapping[Hashable, float],
    *,
    margin: float = MARGIN,
    level: float = 0.95,
    lower: float = 0.0,
    upper: float = 100.0,
) -> CorrectedAgents:
    """Corrected estimates of all agents of a frame.

    y, f, agent: (n,) human score, machine score and agent of each reviewed pair, drawn at
    random within agents. population, f_mean: pairs of each agent in the frame, and the
    machine's mean over them. margin: what ``needed`` aims at.

    The machine is used from 30 reviews on, if it scored the whole frame and its scores
    vary within agents. The line on its means is used from 8 agents on, below that the
    common mean. No number for agents with fewer than 4 reviews. Raises ValueError for an
    agent outside the frame and for more reviews than an agent has pairs.
    """
    scores, machine = finite(y, "y"), np.asarray(f, dtype=np.float64)
    seats = _seats(agent, population)
    same_length(y=scores, f=machine, agent=seats)
    team = _team(scores, machine, seats, population, f_mean)
    reason = _reason(team, machine)
    if reason:
        groups = _by_reviews_alone(scores, agent, population, margin, level, lower, upper)
        return CorrectedAgents(reason, 0.0, 0.0, 0.0, (), groups)
    placed = _place(team)
    groups = _groups(team, placed, margin, level, lower, upper)
    beta = () if placed.fit is None else tuple(placed.fit.beta.tolist())
    return CorrectedAgents("", team.slope, math.sqrt(team.unit), placed.tau2, beta, groups)


@dataclass(frozen=True, slots=True)
class _Team:
    """Agents of the frame, (J,) arrays, and what was pooled over them.

    direct: d_j, NaN without reviews. slope_doubt: what the doubt about the common slope
    adds to V_j, in units of one review's variance. unit: pooled residual variance, 0
    where the machine leaves nothing unexplained.
    """

    names: list[Hashable]
    size: Ints
    n: Ints
    f_mean: Floats
    direct: Floats
    slope_doubt: Floats
    slope: float
    unit: float
    df: int
    varies: bool

    def error(self, n: Ints) -> Floats:
        """(J,) V_j if each agent had so many reviews, 1 or more; 0 where that is all of them."""
        size = np.maximum(self.size, 1)
        return np.where(n < self.size, self.unit * ((1 - n / size) / np.maximum(n, 1) + self.slope_doubt), 0.0)


@dataclass(frozen=True, slots=True)
class _Placed:
    """(J,) estimates, their mean squared errors and γ; of agents without reviews what the line says of them.

    fit: what they were drawn by, None if by nothing. line: (J,) error variance of the line.
    """

    value: Floats
    mse: Floats
    gamma: Floats
    line: Floats
    fit: FayHerriot | None
    tau2: float


def _seats(agent: npt.ArrayLike, population: Mapping[Hashable, int]) -> Ints:
    """(n,) place of each review's agent in the frame."""
    place = {name: j for j, name in enumerate(population)}
    labels = np.asarray(agent).tolist()
    if unknown := [label for label in labels if label not in place]:
        raise ValueError(f"The frame has no agent {unknown[0]!r}.")
    return np.array([place[label] for label in labels], dtype=np.int64)


def _team(
    y: Floats, f: Floats, seats: Ints, population: Mapping[Hashable, int], f_mean: Mapping[Hashable, float]
) -> _Team:
    names = list(population)
    size = np.array(list(population.values()), dtype=np.int64)
    machine = np.array([f_mean.get(name, math.nan) for name in names], dtype=np.float64)
    n = np.bincount(seats, minlength=len(names)).astype(np.int64)
    if (n > size).any():
        j = int(np.argmax(n > size))
        raise ValueError(f"Agent {names[j]!r} has {size[j]} pairs, but {n[j]} were reviewed.")
    count = np.maximum(n, 1)
    y_mean, f_sample = sums(seats, y, len(names)) / count, sums(seats, f, len(names)) / count
    dy, df = y - y_mean[seats], f - f_sample[seats]
    square = float(df @ df)
    varies = bool(square > len(f) * _rounding(f) ** 2)
    slope = float(dy @ df) / square if varies else 0.0
    away = np.where(n > 0, machine - f_sample, 0.0)
    free = int((count - 1).sum()) - 1
    unit = float(((dy - slope * df) ** 2).sum()) / max(free, 1)
    return _Team(
        names, size, n, machine, np.where(n > 0, y_mean + slope * away, math.nan),
        away**2 / square if varies else np.zeros(len(names)),
        slope, unit if unit > _rounding(y) ** 2 else 0.0, free, varies,
    )  # fmt: skip


def _rounding(x: Floats) -> float:
    return 1e-10 * float(np.abs(x).max(initial=0.0))


def _reason(team: _Team, f: Floats) -> str:
    """Why the machine is not used; empty if it is."""
    if not (np.isfinite(f).all() and np.isfinite(team.f_mean[team.size > 0]).all()):
        return UNSCORED
    if len(f) < CORRECTED_FROM or team.df < 1:
        return FEW
    if not team.varies:
        return FLAT
    return EXACT if team.unit == 0.0 else ""


def _place(team: _Team) -> _Placed:
    """Draw the direct estimates towards the line; those of agents reviewed whole stay where they are."""
    reviewed = team.n > 0
    error = team.error(team.n)
    partly = reviewed & (error > 0)
    m, agents = int(partly.sum()), len(team.n)
    if m < 2:
        middle = float(team.direct[reviewed].mean())
        gamma = np.where(reviewed, 1.0, 0.0)
        return _Placed(np.where(reviewed, team.direct, middle), error, gamma, np.zeros(agents), None, 0.0)
    x = team.f_mean if m >= LINE_FROM else None
    mine = None if x is None else x[partly]
    first = used = fay_herriot(team.direct[partly], error[partly], mine)
    if first.tau2 == 0.0 and m > len(first.beta) + 1:
        used = fay_herriot(team.direct[partly], error[partly], mine, "adjusted")
    value, line = used.line(x, agents)
    gamma, mse = np.zeros(agents), used.tau2 + line
    whole = reviewed & ~partly
    value[whole], gamma[whole], mse[whole] = team.direct[whole], 1.0, 0.0
    value[partly], gamma[partly], mse[partly] = used.value, used.gamma, used.mse
    return _Placed(value, mse, gamma, line, used, first.tau2)


def _needed(team: _Team, placed: _Placed, margin: float, quantile: float) -> Ints:
    """(J,) the fewest more reviews of each agent, the others as they are, that bring ± within the margin."""
    low = np.maximum(team.n, MINIMUM_N)
    high = np.maximum(team.size, low)
    while (low < high).any():
        middle = (low + high) // 2
        error = team.error(middle)
        mse = error if placed.fit is None else placed.fit.mse_of(error, placed.line)
        enough = quantile * np.sqrt(mse) <= margin
        low, high = np.where(enough, low, middle + 1), np.where(enough, middle, high)
        low = np.minimum(low, high)
    return high - team.n


def _groups(
    team: _Team, placed: _Placed, margin: float, level: float, lower: float, upper: float
) -> tuple[GroupEstimate, ...]:
    whole = float(team.size @ placed.value) / max(int(team.size.sum()), 1)
    quantile = t_two_sided(team.df, level)
    needed = _needed(team, placed, margin, quantile)
    value = np.clip(placed.value, lower, upper)
    se = np.sqrt(placed.mse)
    low, high = np.maximum(lower, value - quantile * se), np.minimum(upper, value + quantile * se)
    own = np.sqrt(placed.gamma * team.error(team.n))
    return tuple(
        GroupEstimate(
            group=name,
            n=n,
            raw=float(team.direct[j]) if n else float(value[j]),
            shrunk=float(value[j]),
            cond_sd=float(own[j]),
            reliability=float(placed.gamma[j]),
            estimate=Estimate(
                float(value[j]), float(low[j]), float(high[j]), n, size, float(se[j]),
                "census" if n == size else "shrunken", level, design="shrunken", df=float(team.df),
            ) if n >= MINIMUM_N else no_number(n, size, level),
            below=normal_below((whole - value[j]) / se[j]) if se[j] > 0 else 0.5,
            needed=int(needed[j]),
        )
        for j, (name, n, size) in enumerate(zip(team.names, team.n.tolist(), team.size.tolist(), strict=True))
    )  # fmt: skip


def _by_reviews_alone(
    y: Floats, agent: npt.ArrayLike, population: Mapping[Hashable, int],
    margin: float, level: float, lower: float, upper: float,
) -> tuple[GroupEstimate, ...]:  # fmt: skip
    if len(y) == 0:
        return ()
    found = eb_shrinkage(y, agent, population, margin=margin, level=level, lower=lower, upper=upper)
    return found.groups

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
    reviews_needed,
)

from .draws import CORRECTED_FROM, FEW, FLAT, UNSCORED

LINE_FROM = 8


@dataclass(frozen=True, slots=True)
class CorrectedAgents:
    """Agents' corrected scores and what they have in common.

    reason: empty if corrected, else ``few``, ``unscored`` or ``flat``; the groups are then
    those of :func:`~evenhand.quality.shrinkage.eb_shrinkage` on the reviews alone. slope:
    λ. sd: spread of reviews about the machine. tau2: variance between agents that the
    machine does not see (REML; 0 if none could be shown). beta: intercept and slope of
    the line on the machine's mean. groups: in the order of the frame, agents without
    reviews too; ``raw`` is d_j, ``reliability`` is γ_j.
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
    model, placed = _place(team)
    groups = _groups(team, placed, margin, level, lower, upper)
    beta = () if model is None else tuple(model.beta.tolist())
    return CorrectedAgents("", team.slope, math.sqrt(team.unit), placed.tau2, beta, groups)


@dataclass(frozen=True, slots=True)
class _Team:
    """Agents of the frame, (J,) arrays, and what was pooled over them.

    direct, error: d_j and V_j, NaN without reviews. unit: pooled residual variance.
    """

    names: list[Hashable]
    size: Ints
    n: Ints
    f_mean: Floats
    direct: Floats
    error: Floats
    slope: float
    unit: float
    df: int
    varies: bool


@dataclass(frozen=True, slots=True)
class _Placed:
    """(J,) estimates, their mean squared errors and γ; NaN without reviews. tau2: REML's; between: the one used."""

    value: Floats
    mse: Floats
    gamma: Floats
    tau2: float
    between: float


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
    varies = bool(square > len(f) * (1e-10 * float(np.abs(f).max(initial=0.0))) ** 2)
    slope = float(dy @ df) / square if varies else 0.0
    free = int((count - 1).sum()) - 1
    unit = float(((dy - slope * df) ** 2).sum()) / max(free, 1)
    away = machine - f_sample
    # The last term is the doubt about the common slope.
    error = np.where(n < size, unit * ((1 - n / np.maximum(size, 1)) / count + away**2 / (square or 1.0)), 0.0)
    missing = np.where(n > 0, 0.0, math.nan)
    return _Team(
        names, size, n, machine, y_mean + slope * away + missing, error + missing, slope, unit, free, varies
    )  # fmt: skip


def _reason(team: _Team, f: Floats) -> str:
    """Why the machine is not used; empty if it is. Looks at no human score but for their number."""
    if not (np.isfinite(f).all() and np.isfinite(team.f_mean[team.size > 0]).all()):
        return UNSCORED
    if len(f) < CORRECTED_FROM or team.df < 1:
        return FEW
    return "" if team.varies else FLAT


def _place(team: _Team) -> tuple[FayHerriot | None, _Placed]:
    """Draw the direct estimates towards the line; those of agents reviewed whole stay where they are."""
    value, mse = team.direct.copy(), team.error.copy()
    gamma = np.where(team.n > 0, 1.0, math.nan)
    fitted = (team.n > 0) & (team.error > 0)
    m = int(fitted.sum())
    if m < 2:
        return None, _Placed(value, mse, gamma, 0.0, 0.0)
    x = team.f_mean[fitted] if m >= LINE_FROM else None
    model = used = fay_herriot(team.direct[fitted], team.error[fitted], x)
    if model.tau2 == 0.0 and m > len(model.beta) + 1:
        used = fay_herriot(team.direct[fitted], team.error[fitted], x, "adjusted")
    value[fitted], mse[fitted], gamma[fitted] = used.value, used.mse, used.gamma
    return model, _Placed(value, mse, gamma, model.tau2, used.tau2)


def _groups(
    team: _Team, placed: _Placed, margin: float, level: float, lower: float, upper: float
) -> tuple[GroupEstimate, ...]:
    known = team.n > 0
    whole = float(team.size[known] @ placed.value[known]) / max(int(team.size[known].sum()), 1)
    quantile = t_two_sided(team.df, level)
    sd_within, sd_between = math.sqrt(team.unit), math.sqrt(placed.between)
    return tuple(
        _group(team, placed, j, whole, quantile, level, lower, upper, needed=reviews_needed(
            sd_within, int(team.n[j]), margin, sd_between=sd_between, level=level,
        ))
        for j in range(len(team.names))
    )  # fmt: skip


def _group(
    team: _Team, placed: _Placed, j: int, whole: float, quantile: float,
    level: float, lower: float, upper: float, needed: int,
) -> GroupEstimate:  # fmt: skip
    n, size = int(team.n[j]), int(team.size[j])
    if n == 0:
        empty = no_number(0, size, level)
        return GroupEstimate(team.names[j], 0, whole, whole, 0.0, 0.0, empty, 0.5, needed)
    value = min(upper, max(lower, float(placed.value[j])))
    se, gamma = math.sqrt(float(placed.mse[j])), float(placed.gamma[j])
    estimate = no_number(n, size, level)
    if n >= MINIMUM_N:
        estimate = Estimate(
            value, max(lower, value - quantile * se), min(upper, value + quantile * se), n, size, se,
            "census" if n == size else "shrunken", level, design="shrunken", df=float(team.df),
        )  # fmt: skip
    below = normal_below((whole - value) / se) if se > 0 else 0.5
    cond_sd = math.sqrt(gamma * float(team.error[j]))
    return GroupEstimate(team.names[j], n, float(team.direct[j]), value, cond_sd, gamma, estimate, below, needed)


def _by_reviews_alone(
    y: Floats, agent: npt.ArrayLike, population: Mapping[Hashable, int],
    margin: float, level: float, lower: float, upper: float,
) -> tuple[GroupEstimate, ...]:  # fmt: skip
    if len(y) == 0:
        return ()
    found = eb_shrinkage(y, agent, population, margin=margin, level=level, lower=lower, upper=upper)
    return found.groups

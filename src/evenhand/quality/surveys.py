"""What customers said: CSAT, NPS and CES, each under its published definitions.

Intervals: shares by Wilson; means by the rules for scores, because answers lean against
one end as scores do; NPS by the adjusted Wald interval, which adds ¾ promoter, ¾
detractor and 1½ passives (Rocks 2016; recommended by MeasuringU). The interval of a
survey covers chance, not the silence of those who did not answer: show the response rate
beside it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, present
from evenhand.quality.change import Change
from evenhand.quality.estimates import (
    ALL_EQUAL,
    MINIMUM_N,
    Estimate,
    mean_interval,
    no_number,
    proportion_interval,
)
from evenhand.quality.quantiles import t_p_value, t_two_sided, z_two_sided

CsatDefinition = Literal["share", "sum_over_max", "min_max"]


def positive_answers(
    scores: npt.ArrayLike,
    minimum: npt.ArrayLike = 1.0,
    maximum: npt.ArrayLike = 5.0,
    satisfied_from: float | None = None,
) -> npt.NDArray[np.bool_]:
    """Which answers are positive: those above the middle of their own scale.

    4 and 5 of 1-5, good of good/bad, only 3 of 1-3, 5 to 7 of 1-7. ``satisfied_from``
    sets the lowest positive score instead. Missing answers are not positive.
    """
    s, low, high = _on_scale(scores, minimum, maximum)
    if satisfied_from is not None:
        return np.asarray(s >= satisfied_from, dtype=np.bool_)
    return np.asarray(2 * s > low + high, dtype=np.bool_)


def csat(
    scores: npt.ArrayLike,
    minimum: npt.ArrayLike = 1.0,
    maximum: npt.ArrayLike = 5.0,
    *,
    definition: CsatDefinition = "share",
    satisfied_from: float | None = None,
    level: float = 0.95,
) -> Estimate:
    """Customer satisfaction on 0..100; 5, 4, 3 of 5 give 66.67, 80 or 75.

    scores: (n,) answers, NaN left out. minimum, maximum: of each answer's scale, or one
    for all. definition: ``"share"`` of positive answers (default), ``"sum_over_max"``
    (sum of scores over sum of maxima, as Zendesk QA shows it), ``"min_max"`` (each
    answer's place on its scale). Raises ValueError for answers outside their scale.
    """
    s, low, high = _on_scale(scores, minimum, maximum)
    answered = ~np.isnan(s)
    if definition == "share":
        positive = positive_answers(scores, minimum, maximum, satisfied_from)
        return proportion_interval(int(positive.sum()), int(answered.sum()), level=level)
    s, low, high = s[answered], low[answered], high[answered]
    if definition == "min_max":
        return mean_interval(100 * (s - low) / (high - low), level=level)
    if definition == "sum_over_max":
        return _sum_over_max(s, low, high, level)
    raise ValueError(f"definition must be 'share', 'sum_over_max' or 'min_max', not {definition!r}.")


def mean_rating(scores: npt.ArrayLike, minimum: float, maximum: float, level: float = 0.95) -> Estimate:
    """Mean answer on its own scale, by the rules of :func:`~evenhand.quality.estimates.mean_interval`."""
    return mean_interval(scores, level=level, lower=minimum, upper=maximum)


@dataclass(frozen=True, slots=True)
class Ces:
    """Customer effort: the mean answer on its scale, and the share that agrees, 0..100."""

    mean: Estimate
    agree: Estimate


def ces(
    scores: npt.ArrayLike,
    minimum: float = 1.0,
    maximum: float = 7.0,
    *,
    agree_from: float = 5.0,
    level: float = 0.95,
) -> Ces:
    """Customer Effort Score 2.0, "the company made it easy": both of its readings."""
    s = present(scores, "scores")
    _on_scale(s, minimum, maximum)
    agree = proportion_interval(int((s >= agree_from).sum()), len(s), level=level)
    return Ces(mean_rating(s, minimum, maximum, level), agree)


def nps(detractors: int, passives: int, promoters: int, level: float = 0.95) -> Estimate:
    """Net Promoter Score on -100..100 with the adjusted Wald interval.

    The interval is centred on the adjusted score (5 promoters of 5: 100, between 17 and
    100). se: of the plain score. No answers: no number.
    """
    n = _count(detractors, passives, promoters)
    if n == 0:
        return no_number(0, level=level)
    centre, unit = _net(detractors + 0.75, promoters + 0.75, n + 3)
    half = z_two_sided(level) * math.sqrt(unit / (n + 3))
    score, own = _net(detractors, promoters, n)
    note = ALL_EQUAL if own == 0.0 else ""
    return Estimate(
        100 * score,
        min(100.0, max(-100.0, 100 * (centre - half))),
        max(-100.0, min(100.0, 100 * (centre + half))),
        n, None, 100 * math.sqrt(own / n), "adjusted-wald", level, note, design="simple",
    )  # fmt: skip


def nps_wald(detractors: int, passives: int, promoters: int, level: float = 0.95) -> Estimate:
    """Net Promoter Score with the plain Wald interval; too narrow for few answers."""
    n = _count(detractors, passives, promoters)
    score, unit = _net(detractors, promoters, n)
    half = z_two_sided(level) * math.sqrt(unit / n)
    return Estimate(
        100 * score, 100 * (score - half), 100 * (score + half), n, None, 100 * math.sqrt(unit / n),
        "normal", level, design="simple",
    )  # fmt: skip


def nps_groups(scores: npt.ArrayLike) -> tuple[int, int, int]:
    """How many of the 0-10 answers are detractors (0-6), passives (7-8), promoters (9-10)."""
    s = present(scores, "scores")
    _on_scale(s, 0.0, 10.0)
    detractors, promoters = int((s <= 6).sum()), int((s >= 9).sum())
    return detractors, len(s) - detractors - promoters, promoters


def nps_difference(before: tuple[int, int, int], after: tuple[int, int, int], level: float = 0.95) -> Change:
    """Later NPS minus earlier, from (detractors, passives, promoters): Welch on -1, 0, 1."""
    parts = []
    for detractors, passives, promoters in (before, after):
        n = _count(detractors, passives, promoters)
        if n < 2:
            raise ValueError("A difference of NPS needs two answers or more on each side.")
        score, unit = _net(detractors, promoters, n)
        parts.append((n, score, unit / (n - 1)))
    (n1, s1, v1), (n2, s2, v2) = parts
    d, se = 100 * (s2 - s1), 100 * math.sqrt(v1 + v2)
    if se == 0.0:
        return Change(d, d, d, n1, n2, "welch", level, 0.0)
    df = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
    half = t_two_sided(df, level) * se
    return Change(d, d - half, d + half, n1, n2, "welch", level, se, df, d / se, t_p_value(d / se, df))


def _on_scale(scores: npt.ArrayLike, minimum: npt.ArrayLike, maximum: npt.ArrayLike) -> tuple[Floats, Floats, Floats]:
    s, low, high = np.broadcast_arrays(
        np.asarray(scores, np.float64), np.asarray(minimum, np.float64), np.asarray(maximum, np.float64)
    )
    answered = ~np.isnan(s)
    if not (low[answered] < high[answered]).all():
        raise ValueError("A survey scale's maximum must be above its minimum.")
    if ((s < low) | (s > high)).any():
        raise ValueError("A survey answer lies outside its scale.")
    return s, low, high


def _sum_over_max(s: Floats, low: Floats, high: Floats, level: float) -> Estimate:
    """``Σ score / Σ maximum``: a ratio; where scales differ, linearised with t(n - 1)."""
    n = len(s)
    if n < MINIMUM_N:
        return no_number(n, level=level)
    if not (high > 0).all() or (low < 0).any():
        raise ValueError("Sum over maximum needs scales from 0 or above.")
    floor = 100 * float((low / high).min())
    if float(np.ptp(high)) == 0.0:
        return mean_interval(100 * s / high, level=level, lower=floor)
    ratio = float(s.sum() / high.sum())
    se = 100 * float(np.std(s - ratio * high, ddof=1)) / math.sqrt(n) / float(high.mean())
    half = t_two_sided(n - 1, level) * se
    value = 100 * ratio
    return Estimate(
        value, max(floor, value - half), min(100.0, value + half), n, None, se, "t", level,
        design="ratio", df=n - 1,
    )  # fmt: skip


def _net(detractors: float, promoters: float, n: float) -> tuple[float, float]:
    """Score on -1..1 and the variance of one answer on -1, 0, 1."""
    up, down = promoters / n, detractors / n
    return up - down, up + down - (up - down) ** 2


def _count(detractors: int, passives: int, promoters: int) -> int:
    if min(detractors, passives, promoters) < 0:
        raise ValueError("Counts of answers must be 0 or more.")
    return detractors + passives + promoters

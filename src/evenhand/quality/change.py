"""Has it changed? Differences between two periods or groups, each with its own interval.

That two intervals overlap does not mean that nothing changed; what decides is the
interval of the difference. Sources: Welch 1947; Hedges 1981; Newcombe 1998; Zou & Donner
2008 (MOVER: the interval of a difference from the two intervals).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy.typing as npt

from evenhand.quality.arrays import finite, present
from evenhand.quality.estimates import Estimate, proportion_ci
from evenhand.quality.quantiles import t_p_value, t_two_sided


class Verdict(StrEnum):
    """What may be said about a difference in plain words."""

    UP = "up"
    DOWN = "down"
    NO_CLEAR_CHANGE = "no clear change"


@dataclass(frozen=True, slots=True)
class Change:
    """A difference, later minus earlier, with its interval.

    All None where either side had no number. method: ``welch``, ``paired``,
    ``stratified``, ``standardised``, ``newcombe`` or ``mover``. se, df, t, p: where the
    method has them; p is two-sided.
    """

    value: float | None
    low: float | None
    high: float | None
    n_before: int
    n_after: int
    method: str
    level: float = 0.95
    se: float | None = None
    df: float | None = None
    t: float | None = None
    p: float | None = None

    @property
    def has_number(self) -> bool:
        return self.value is not None


def plain_change(change: Change) -> Verdict | None:
    """Up or down where the interval keeps clear of 0; None where there is no number."""
    if change.low is None or change.high is None:
        return None
    if change.low > 0:
        return Verdict.UP
    return Verdict.DOWN if change.high < 0 else Verdict.NO_CLEAR_CHANGE


def difference(before: Estimate, after: Estimate) -> Change:
    """Later minus earlier of two independent estimates, by MOVER.

    The lower limit is ``d - sqrt((after - after.low)² + (before.high - before)²)``, the
    upper one likewise: lopsided intervals give a lopsided one, and two Wilson intervals
    give Newcombe's. Both must have one level; ValueError otherwise.
    """
    if before.level != after.level:
        raise ValueError(f"The levels differ: {before.level} and {after.level}.")
    if not (before.has_number and after.has_number):
        return Change(None, None, None, before.n, after.n, "mover", after.level)
    (a, a_low, a_high), (b, b_low, b_high) = _limits(before), _limits(after)
    d = b - a
    se = None if before.se is None or after.se is None else math.hypot(before.se, after.se)
    low, high = d - math.hypot(b - b_low, a_high - a), d + math.hypot(b_high - b, a - a_low)
    return Change(d, low, high, before.n, after.n, "mover", after.level, se)


def welch_change(before: npt.ArrayLike, after: npt.ArrayLike, level: float = 0.95) -> Change:
    """Mean of ``after`` minus mean of ``before`` for independent samples (Welch's t).

    One-dimensional arrays of two values or more, NaN left out. Use :func:`difference` of
    two estimates where samples are small, skewed, or not simple random ones.
    """
    x, y = present(before, "before"), present(after, "after")
    if len(x) < 2 or len(y) < 2:
        raise ValueError("Welch's test needs two values or more on each side.")
    vx, vy = float(x.var(ddof=1)) / len(x), float(y.var(ddof=1)) / len(y)
    d, se = float(y.mean() - x.mean()), math.sqrt(vx + vy)
    df = (vx + vy) ** 2 / (vx**2 / (len(x) - 1) + vy**2 / (len(y) - 1)) if se > 0 else 0.0
    return t_change(d, se, df, len(x), len(y), "welch", level)


def paired_change(before: npt.ArrayLike, after: npt.ArrayLike, level: float = 0.95) -> Change:
    """Mean of the differences of the same units (agents) in two periods; t(n - 1)."""
    x, y = finite(before, "before"), finite(after, "after")
    if len(x) != len(y) or len(x) < 2:
        raise ValueError("Paired samples need one length, of two or more.")
    d = y - x
    se = math.sqrt(float(d.var(ddof=1)) / len(d))
    return t_change(float(d.mean()), se, len(d) - 1, len(x), len(y), "paired", level)


def stratified_change(before: Estimate, after: Estimate) -> Change:
    """Later minus earlier of two stratified means; ``SE² = SE₁² + SE₂²``, df added.

    For textbook estimates (:func:`~evenhand.quality.estimates.survey_stratified`); for
    small or skewed samples use :func:`difference`.
    """
    if None in (before.se, after.se, before.df, after.df):
        raise ValueError("Both estimates need a standard error and degrees of freedom.")
    (a, _, _), (b, _, _) = _limits(before), _limits(after)
    se = math.hypot(before.se or 0.0, after.se or 0.0)
    df = (before.df or 0.0) + (after.df or 0.0)
    return t_change(b - a, se, df, before.n, after.n, "stratified", after.level)


def hedges_g(before: npt.ArrayLike, after: npt.ArrayLike) -> float:
    """Standardised difference, later minus earlier, with Hedges' small-sample factor."""
    x, y = present(before, "before"), present(after, "after")
    df = len(x) + len(y) - 2
    pooled = ((len(x) - 1) * float(x.var(ddof=1)) + (len(y) - 1) * float(y.var(ddof=1))) / df
    return float(y.mean() - x.mean()) / math.sqrt(pooled) * (1 - 3 / (4 * df - 1))


def proportion_change(x_before: int, n_before: int, x_after: int, n_after: int, level: float = 0.95) -> Change:
    """Change of a share on 0..100, in points, by Newcombe's hybrid score interval."""
    if n_before == 0 or n_after == 0:
        return Change(None, None, None, n_before, n_after, "newcombe", level)
    before, after = x_before / n_before, x_after / n_after
    l1, u1 = proportion_ci(x_before, n_before, 1 - level)
    l2, u2 = proportion_ci(x_after, n_after, 1 - level)
    d = after - before
    low, high = d - math.hypot(after - l2, u1 - before), d + math.hypot(u2 - after, before - l1)
    return Change(100 * d, 100 * low, 100 * high, n_before, n_after, "newcombe", level)


def t_change(d: float, se: float, df: float, n1: int, n2: int, method: str, level: float) -> Change:
    """A difference of n2 after and n1 before with standard error ``se``, by t(df)."""
    if se == 0.0:
        return Change(d, d, d, n1, n2, method, level, se)
    half = t_two_sided(df, level) * se
    return Change(d, d - half, d + half, n1, n2, method, level, se, df, d / se, t_p_value(d / se, df))


def _limits(estimate: Estimate) -> tuple[float, float, float]:
    value, low, high = estimate.value, estimate.low, estimate.high
    if value is None or low is None or high is None:
        raise ValueError("This estimate has no number.")
    return value, low, high

"""Means and totals of units that were drawn with unequal probabilities.

A score is always a Hájek mean. The Horvitz-Thompson estimator is here for totals alone:
as a mean its error grows with the level of the scores, because the number of units that
the weights stand for is then left to chance.

Sources: Hájek 1971; Särndal, Swensson & Wretman 1992, 5.7 (linearisation); Brewer 2002,
in the form of the R package survey, ``pps = "brewer"``.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy.typing as npt

from evenhand.quality.arrays import Floats, finite, same_length

from .estimate import Estimate
from .textbook import at_least_two, t_estimate

HajekVariance = Literal["wr", "brewer", "poisson"]


def survey_pps_wr(y: npt.ArrayLike, pi: npt.ArrayLike, population: int | None = None, level: float = 0.95) -> Estimate:
    """Hájek mean, its variance as if units had been drawn with replacement; t(n - 1)."""
    return hajek_mean(y, pi, population, variance="wr", level=level)


def survey_pps_brewer(
    y: npt.ArrayLike, pi: npt.ArrayLike, population: int | None = None, level: float = 0.95
) -> Estimate:
    """Hájek mean of a sample of fixed size without replacement, Brewer's variance; t(n - 1)."""
    return hajek_mean(y, pi, population, variance="brewer", level=level)


def survey_pps_poisson(
    y: npt.ArrayLike, pi: npt.ArrayLike, population: int | None = None, level: float = 0.95
) -> Estimate:
    """Hájek mean of units drawn independently of each other, the exact variance; t(n - 1)."""
    return hajek_mean(y, pi, population, variance="poisson", level=level)


def hajek_mean(
    y: npt.ArrayLike,
    pi: npt.ArrayLike,
    population: int | None = None,
    *,
    variance: HajekVariance = "brewer",
    level: float = 0.95,
) -> Estimate:
    """Hájek mean ``Σ(y/π) / Σ(1/π)`` of units drawn with probabilities π, t(n - 1).

    variance: ``"wr"`` with replacement, ``"brewer"`` for fixed-size designs without
    replacement (default), ``"poisson"`` for independent draws. population is only recorded.
    Raises ValueError for fewer than two units and for π outside 0..1.
    """
    values, chances = finite(y, "y"), _probabilities(pi)
    n = same_length(y=values, pi=chances)
    at_least_two(n)
    weights = 1.0 / chances
    mean = float(values @ weights / weights.sum())
    e = (values - mean) * weights / weights.sum()
    se = math.sqrt(_total_variance(e, chances, variance))
    return t_estimate(mean, se, n - 1, n, population, level, "hajek", kish_effective_n(weights))


def horvitz_thompson_total(
    y: npt.ArrayLike, pi: npt.ArrayLike, *, variance: HajekVariance = "brewer"
) -> tuple[float, float]:
    """``Σ y/π`` and its standard error: a total, never a score."""
    values, chances = finite(y, "y"), _probabilities(pi)
    at_least_two(same_length(y=values, pi=chances))
    e = values / chances
    return float(e.sum()), math.sqrt(_total_variance(e, chances, variance))


def kish_effective_n(weights: npt.ArrayLike) -> float:
    """``(Σ w)² / Σ w²``: how many equally weighted units the weights are worth."""
    w = finite(weights, "weights")
    return float(w.sum() ** 2 / (w @ w)) if len(w) else 0.0


def _total_variance(e: Floats, pi: Floats, kind: HajekVariance) -> float:
    """Variance of ``Σ e``, where e are weighted values or linearised residuals."""
    n = len(e)
    if kind == "wr":
        return float(n / (n - 1) * ((e - e.mean()) ** 2).sum())
    if kind == "brewer":
        return float(n / (n - 1) * ((1 - pi) * (e - e.mean()) ** 2).sum())
    if kind == "poisson":
        return float(((1 - pi) * e**2).sum())
    raise ValueError(f"variance must be 'wr', 'brewer' or 'poisson', not {kind!r}.")


def _probabilities(pi: npt.ArrayLike) -> Floats:
    chances = finite(pi, "pi")
    if not ((chances > 0) & (chances <= 1)).all():
        raise ValueError("Inclusion probabilities must be above 0 and at most 1.")
    return chances

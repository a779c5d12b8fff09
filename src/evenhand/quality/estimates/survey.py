"""Textbook design-based estimators of a mean, with t intervals as survey software gives them.

These are the reference forms. What a page shows as a score goes through
:func:`~.means.mean_interval` or :func:`~.draws.draws_estimate`, which start from the same
means and variances and then choose an interval that holds for few and skewed scores.

Sources: Särndal, Swensson & Wretman 1992 (simple, stratified, linearised Hájek);
Hájek 1964 (fixed-size unequal probabilities).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Literal

import numpy.typing as npt

from evenhand.quality.arrays import Floats, codes, finite, same_length
from evenhand.quality.quantiles import t_two_sided

from .estimate import Estimate

HajekVariance = Literal["wr", "fixed_size", "poisson"]


def survey_srs(y: npt.ArrayLike, population: int | None = None, level: float = 0.95) -> Estimate:
    """Mean of a simple random sample without replacement; ``SE² = (1 - f) s²/n``, t(n - 1)."""
    values = finite(y, "y")
    n = len(values)
    _at_least_two(n)
    fraction = 0.0 if population is None else n / population
    se = math.sqrt((1 - fraction) * float(values.var(ddof=1)) / n)
    return _t_estimate(float(values.mean()), se, n - 1, n, population, level, "simple")


def survey_stratified(
    y: npt.ArrayLike, stratum: npt.ArrayLike, population: Mapping[Hashable, int], level: float = 0.95
) -> Estimate:
    """Stratified mean; ``SE² = Σ W_h² (1 - n_h/population) s_h²/n_h``, t(n - H).

    population: the size of every stratum. Raises ValueError for a stratum without a sample or
    with one unit of several: merge those first, or use
    :func:`~.draws.stratified_mean`.
    """
    values = finite(y, "y")
    parts = stratum_means(values, stratum, population, level)
    total = sum(population.values())
    mean = sum(population[h] / total * _number(part.value) for h, part in parts.items())
    se = math.sqrt(sum((population[h] / total * _number(part.se)) ** 2 for h, part in parts.items()))
    return _t_estimate(mean, se, len(values) - len(parts), len(values), total, level, "stratified")


def stratum_means(
    y: npt.ArrayLike, stratum: npt.ArrayLike, population: Mapping[Hashable, int], level: float = 0.95
) -> dict[Hashable, Estimate]:
    """Mean and standard error of each stratum on its own, by its label."""
    values = finite(y, "y")
    labels, index = codes(stratum, "stratum")
    same_length(y=values, stratum=index)
    names: list[Hashable] = labels.tolist()
    missing = set(population) ^ set(names)
    if missing:
        raise ValueError(f"Strata of the sample and of the frame differ: {sorted(map(str, missing))}.")
    return {name: survey_srs(values[index == h], population[name], level) for h, name in enumerate(names)}


def hajek_mean(
    y: npt.ArrayLike,
    pi: npt.ArrayLike,
    population: int | None = None,
    *,
    variance: HajekVariance = "fixed_size",
    level: float = 0.95,
) -> Estimate:
    """Hájek mean ``Σ(y/π) / Σ(1/π)`` of units drawn with probabilities π, t(n - 1).

    variance: ``"wr"`` with replacement, ``"fixed_size"`` for fixed-size designs without
    replacement (default), ``"poisson"`` for independent draws. population is only recorded.
    """
    values, chances = finite(y, "y"), _probabilities(pi)
    n = same_length(y=values, pi=chances)
    _at_least_two(n)
    weights = 1.0 / chances
    mean = float(values @ weights / weights.sum())
    e = (values - mean) * weights / weights.sum()
    se = math.sqrt(_total_variance(e, chances, variance))
    return _t_estimate(mean, se, n - 1, n, population, level, "hajek")


def horvitz_thompson_total(
    y: npt.ArrayLike, pi: npt.ArrayLike, *, variance: HajekVariance = "fixed_size"
) -> tuple[float, float]:
    """``Σ y/π`` and its standard error. Never for a score: its error grows with the level."""
    values, chances = finite(y, "y"), _probabilities(pi)
    same_length(y=values, pi=chances)
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
    if kind == "poisson":
        return float(((1 - pi) * e**2).sum())
    if kind == "fixed_size":
        c = n / (n - 1) * (1 - pi)
        centre = float((c * e).sum() / c.sum()) if c.sum() > 0 else 0.0
        return float((c * (e - centre) ** 2).sum())
    raise ValueError(f"variance must be 'wr', 'brewer' or 'poisson', not {kind!r}.")


def _probabilities(pi: npt.ArrayLike) -> Floats:
    chances = finite(pi, "pi")
    if not ((chances > 0) & (chances <= 1)).all():
        raise ValueError("Inclusion probabilities must be above 0 and at most 1.")
    return chances


def _at_least_two(n: int) -> None:
    if n < 2:
        raise ValueError(f"A standard error needs two units or more, not {n}.")


def _number(value: float | None) -> float:
    return 0.0 if value is None else value


def _t_estimate(
    mean: float, se: float, df: float, n: int, population: int | None, level: float, design: str
) -> Estimate:
    half = t_two_sided(df, level) * se
    return Estimate(mean, mean - half, mean + half, n, population, se, "t", level, design=design, df=df)

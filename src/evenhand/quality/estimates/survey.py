"""Textbook means of simple and stratified samples, with t intervals as survey software gives them.

Source: Särndal, Swensson & Wretman 1992, 3.3 and 3.7.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping

import numpy.typing as npt

from evenhand.quality.arrays import codes, finite, same_length

from .estimate import Estimate
from .textbook import at_least_two, t_estimate, unsampled


def survey_srs(y: npt.ArrayLike, population: int | None = None, level: float = 0.95) -> Estimate:
    """Mean of a simple random sample without replacement; ``SE² = (1 - f) s²/n``, t(n - 1)."""
    values = finite(y, "y")
    n = len(values)
    at_least_two(n)
    se = math.sqrt(unsampled(n, population) * float(values.var(ddof=1)) / n)
    return t_estimate(float(values.mean()), se, n - 1, n, population, level, "simple")


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
    return t_estimate(mean, se, len(values) - len(parts), len(values), total, level, "stratified")


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


def _number(value: float | None) -> float:
    return 0.0 if value is None else value

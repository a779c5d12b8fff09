"""A t interval that allows for skewness, for samples too large to need a bootstrap.

Hall (1992) bends the studentised mean by a monotone cubic so that its skewness goes, and
bends the limits back. Without skewness the result is the t interval. Terms for sampling
without replacement after Sugden, Smith & Jones (2000).
"""

from __future__ import annotations

import math

import numpy as np

from evenhand.quality.arrays import Floats, sums
from evenhand.quality.quantiles import t_two_sided

from .cells import Sample, Variance, over, residuals, shape_groups


def skewed_quantiles(sample: Sample, spread: Variance, level: float) -> tuple[float, float]:
    """Lower and upper quantile of (mean - truth) / se, allowing for skewness.

    With k1 the skewness of the mean and k2 the correlation of the mean with its own
    variance, the statistic has mean ``-k2/2`` and third cumulant ``k1 - 3 k2``. The
    sample must have a variance above 0.
    """
    k1, k2 = _cumulants(sample, spread)
    a = (3 * k2 - k1) / 6
    b = k2 / 2 - a
    t = t_two_sided(spread.df, level)
    return _bent_back(-t, a, b), _bent_back(t, a, b)


def _bent_back(x: float, a: float, b: float) -> float:
    """The T for which ``T + a T² + a² T³ / 3 + b`` is x."""
    if abs(a) < 1e-9:
        return x - b
    return (math.cbrt(1 + 3 * a * (x - b)) - 1) / a


def _cumulants(sample: Sample, spread: Variance) -> tuple[float, float]:
    f = sample.fraction
    cubes = sums(sample.cell, sample.weight**3, len(f)) * _third_moments(sample)
    scale = spread.value**1.5
    return (
        float(((1 - f) * (1 - 2 * f) * cubes).sum() / scale),
        float(((1 - f) ** 2 * cubes).sum() / scale),
    )


def _third_moments(sample: Sample) -> Floats:
    """(C,) third central moment of one unit, unbiased, pooled over small cells."""
    group = shape_groups(sample)
    used = group >= 0
    size = int(group.max(initial=-1)) + 1
    cubes = sums(sample.cell, residuals(sample) ** 3, len(group))
    n = np.maximum(sample.counts.astype(np.float64), 1.0)
    total = sums(group[used], cubes[used], size)
    base = sums(group[used], ((n - 1) * (n - 2) / n)[used], size)
    out = np.zeros(len(group))
    out[used] = over(total, base)[group[used]]
    return out

"""Means with their intervals. The rule is chosen by n before anything is computed.

====================== =====================================================================
pairs                  rule
====================== =====================================================================
fewer than 4           no number
every one of the frame the mean itself (``census``): nothing is left to guess
4 to 9                 ``envelope``: Wilson's interval with the mean as a share
10 to 100              ``bootstrap-t``, within the envelope
above 100              ``t-skew``: t with the design's degrees of freedom, bent by skewness
values 0 and 100 only  ``wilson`` with the design's effective n, for any n
no spread at all       ``envelope``, for any n
====================== =====================================================================

For weighted samples the first limits count Kish's effective number.

The envelope allows for anything between 0 and 100, because no such variable with mean m
varies more than m (100 - m); it is wide, and honest: four perfect reviews say "between 51
and 100", never "100". A t interval of 15 skewed scores holds the truth 88 times in 100
where it claims 95, the bootstrap-t 94 times; of 101 ratings of a category that is nearly
always perfect, t holds it 91 times and the bent one 96
(``evenhand verify --simulate``).

When the frame's size is known, variances carry the finite-population correction, and no
interval reaches further than the unseen pairs could move the mean if all of them were 0
or all 100.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, present
from evenhand.quality.quantiles import check_level

from .bootstrap import studentised_quantiles
from .cells import Sample, Variance, all_in, variance
from .estimate import ALL_EQUAL, MINIMUM_N, Estimate, no_number
from .proportions import wilson_interval
from .skewness import skewed_quantiles

ENVELOPE_BELOW = 10
BOOTSTRAP_TO = 100
SEED = 20240

Interval = tuple[float, float]


def mean_interval(
    values: npt.ArrayLike,
    population: int | None = None,
    *,
    seed: int = SEED,
    level: float = 0.95,
    lower: float = 0.0,
    upper: float = 100.0,
) -> Estimate:
    """The mean of a simple random sample with the interval that the module's table names.

    values: (n,) on lower..upper, NaN left out. population: size N of the frame they were
    drawn from, None for one without end. seed: of the bootstrap; the answer depends on
    the values and the seed alone, not on their order.

    Raises ValueError for values outside lower..upper or more of them than ``population``.
    """
    y = present(values)
    if population is not None and len(y) > population:
        raise ValueError(f"{len(y)} values cannot come from a population of {population}.")
    n = len(y)
    fraction = np.array([0.0 if population is None or n == 0 else n / population])
    sample = Sample(y, np.full(n, 1.0 / max(n, 1)), np.zeros(n, np.int64), fraction)
    return sample_estimate(sample, population, "simple", level=level, seed=seed, lower=lower, upper=upper)


def bounded_mean_wilson(
    values: npt.ArrayLike, lower: float = 0.0, upper: float = 100.0, level: float = 0.95
) -> Estimate:
    """Mean and envelope of any variable on lower..upper, for any n from 1 up."""
    y = present(values)
    check_bounds(y, lower, upper)
    if len(y) == 0:
        return no_number(0, level=level)
    mean = float(y.mean())
    low, high = envelope(mean, len(y), lower, upper, level)
    return Estimate(mean, low, high, len(y), method="envelope", level=level, effective_n=float(len(y)))


def envelope(mean: float, n: float, lower: float, upper: float, level: float) -> Interval:
    """Wilson's interval with the mean as a share of its scale; n may be an effective one."""
    width = upper - lower
    share = min(1.0, max(0.0, (mean - lower) / width))
    low, high = wilson_interval(share, n, level)
    return lower + width * low, lower + width * high


def sample_estimate(
    sample: Sample,
    population: int | None,
    design: str,
    *,
    level: float = 0.95,
    seed: int = SEED,
    lower: float = 0.0,
    upper: float = 100.0,
    note: str = "",
    uncovered: int = 0,
) -> Estimate:
    """The mean of a sample in cells, by the rules of this module.

    population: units of the frame that the sample stands for, or None.
    """
    check_level(level)
    check_bounds(sample.y, lower, upper)
    size = None if population is None else population + uncovered
    if sample.n < MINIMUM_N:
        return no_number(sample.n, size, level, uncovered)
    mean = min(upper, max(lower, sample.mean))
    spread = variance(sample)
    method, (low, high) = _interval(sample, mean, spread, level, seed, lower, upper)
    reach = reach_of(sample, population, lower, upper)
    return Estimate(
        value=mean,
        low=min(mean, max(low, reach[0])),
        high=max(mean, min(high, reach[1])),
        n=sample.n,
        population=size,
        se=math.sqrt(spread.value),
        method=method,
        level=level,
        note=note or (ALL_EQUAL if spread.value == 0.0 and method != "census" else ""),
        design=design,
        df=spread.df,
        effective_n=sample.effective_n,
        uncovered=uncovered,
    )


def _interval(
    sample: Sample, mean: float, spread: Variance, level: float, seed: int, lower: float, upper: float
) -> tuple[str, Interval]:
    if (sample.fraction[sample.cell] >= 1.0).all():
        return "census", (mean, mean)
    outer = envelope(mean, sample.effective_n, lower, upper, level)
    few = sample.effective_n < ENVELOPE_BELOW - 1e-6
    answers = all_in(sample.y, lower, upper) and float(np.ptp(sample.y)) > 0.0
    if few or spread.value == 0.0 or spread.df <= 0:
        return "wilson" if answers else "envelope", outer
    if answers:
        n = _effective_answers(sample, mean, spread, lower, upper)
        return "wilson", envelope(mean, n, lower, upper, level)
    se = math.sqrt(spread.value)
    if sample.n <= BOOTSTRAP_TO:
        t_low, t_high = studentised_quantiles(sample, spread.df, level, seed)
        return "bootstrap-t", (max(mean - t_high * se, outer[0]), min(mean - t_low * se, outer[1]))
    t_low, t_high = skewed_quantiles(sample, spread, level)
    return "t-skew", (mean - t_high * se, mean - t_low * se)


def _effective_answers(sample: Sample, mean: float, spread: Variance, lower: float, upper: float) -> float:
    """Yes/no answers that would carry the same information: n over the design effect.

    Gains from stratifying are left aside, as a variance of few answers is too unsure to
    claim them; the finite-population correction and the price of unequal weights count.
    """
    p = (mean - lower) / (upper - lower)
    simple = p * (1 - p) * sample.n / (sample.n - 1)
    unit = spread.value / (upper - lower) ** 2
    by_design = simple / unit if unit > 0 and simple > 0 else sample.effective_n
    fraction = float(sample.fraction[sample.cell] @ sample.weight)
    return min(by_design, sample.effective_n / max(1.0 - fraction, 1.0 / sample.n))


def reach_of(sample: Sample, population: int | None, lower: float, upper: float) -> Interval:
    """Where the frame's mean can lie at all, given what has been seen of it."""
    if population is None:
        return lower, upper
    unseen = population - sample.n
    seen = float(sample.y.sum())
    return (seen + lower * unseen) / population, (seen + upper * unseen) / population


def check_bounds(y: Floats, lower: float, upper: float) -> None:
    """Raises ValueError for values outside lower..upper."""
    if not lower < upper:
        raise ValueError(f"lower ({lower}) must be below upper ({upper}).")
    if len(y) and not (y.min() >= lower - 1e-9 and y.max() <= upper + 1e-9):
        raise ValueError(f"Values must lie in {lower:g}..{upper:g}; they reach {y.min():g} and {y.max():g}.")

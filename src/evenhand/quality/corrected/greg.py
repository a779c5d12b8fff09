"""The corrected mean of a finite frame, in textbook form.

Simple and stratified samples here, unequal probabilities in :mod:`~.unequal`. What pages
show goes through :func:`~.draws.corrected_draws_estimate`, which is the same estimator
for overlapping draws, with the rule that says when to use it.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, codes, finite, same_length
from evenhand.quality.estimates.estimate import Estimate
from evenhand.quality.quantiles import t_two_sided

from .gain import Gain, gain_of
from .regression import regress

METHOD = "t-hc3"


@dataclass(frozen=True, slots=True)
class Greg:
    """A corrected mean of a simple random sample and all its standard errors.

    estimate: interval by HC3 and t(n - 2); ``effective_n`` is n / (1 - ρ²). slope: points
    of human score a point of machine score. rho: their correlation in the sample.
    weights: (n,) pairs of the frame that each review stands for after calibration, so
    that the reviews' weighted machine scores add up to the frame's; shares if N is
    unknown. The other errors are those of :class:`~.regression.Regression`.
    """

    estimate: Estimate
    slope: float
    rho: float
    se_linearised: float
    se_hc0: float
    se_hc2: float
    se_hc3: float
    se_survey: float
    gain: Gain | None
    weights: Floats


def greg_mean(
    y: npt.ArrayLike,
    f_labeled: npt.ArrayLike,
    f_population_mean: float,
    population: int | None = None,
    level: float = 0.95,
) -> Greg:
    """Mean of a frame of N from n reviews drawn at random and a machine that scored all N.

    ``ȳ + β (F̄ - f̄)`` with the slope β as it comes, not clipped. Its variance carries
    ``1 - n/N``: against the plain mean the interval is ``sqrt(1 - ρ²)`` as wide. The
    scale may be any; nothing is cut off at 0 or 100.

    y, f_labeled: (n,) human and machine scores, n >= 3. f_population_mean: F̄ over all N.
    population: N, None for one without end. Raises ValueError for missing or infinite
    numbers, fewer than three reviews, or more reviews than the frame holds.
    """
    values, f = finite(y, "y"), finite(f_labeled, "f_labeled")
    n = same_length(y=values, f_labeled=f)
    if n < 3:
        raise ValueError(f"A slope and its error need three reviews or more, not {n}.")
    if population is not None and n > population:
        raise ValueError(f"{n} reviews cannot come from a frame of {population}.")
    if not math.isfinite(f_population_mean):
        raise ValueError(f"The frame's mean machine score must be a number, not {f_population_mean}.")
    fraction = 0.0 if population is None else n / population
    fit = regress(values, f, f_population_mean, fraction)
    se, rho = float(fit.se_hc(3)), float(fit.rho)
    plain = (1 - fraction) * float(values.var(ddof=1)) / n
    return Greg(
        estimate=t_estimate(float(fit.value), se, n - 2, n, population, level, "simple", _effective(n, rho)),
        slope=float(fit.slope),
        rho=rho,
        se_linearised=float(fit.se_linearised()),
        se_hc0=float(fit.se_hc(0)),
        se_hc2=float(fit.se_hc(2)),
        se_hc3=se,
        se_survey=float(fit.se_survey()),
        gain=gain_of(n, population, plain, se**2),
        weights=fit.g * ((population or 1) / n),
    )


def stratified_greg_mean(
    y: npt.ArrayLike,
    f_labeled: npt.ArrayLike,
    stratum: npt.ArrayLike,
    f_population_mean: float,
    population: Mapping[Hashable, int],
    level: float = 0.95,
) -> Estimate:
    """One slope for all strata, weighted by the design (the *combined* estimator).

    As R's ``calibrate(~f)`` on a stratified design, with its ``SE² = Σ_h (1 - f_h)
    n_h/(n_h - 1) Σ (z - z̄_h)²``, z the weighted residuals; t(n - H - 1). population: the
    size of every stratum. Raises ValueError for a stratum with fewer than two reviews.
    """
    values, f = finite(y, "y"), finite(f_labeled, "f_labeled")
    labels, index = codes(stratum, "stratum")
    n = same_length(y=values, f_labeled=f, stratum=index)
    if odd := set(labels.tolist()) ^ set(population):
        raise ValueError(f"Strata of the sample and of the frame differ: {sorted(map(str, odd))}.")
    size = np.array([population[h] for h in labels.tolist()], dtype=np.float64)
    count = np.bincount(index, minlength=len(size)).astype(np.float64)
    if count.min() < 2 or (count > size).any():
        raise ValueError("Every stratum needs two reviews or more, and at most as many as it holds.")
    fit = calibrate(values, f, (size / count)[index] / size.sum(), f_population_mean)
    scale = (1 - count / size) * count / (count - 1)
    mean = np.bincount(index, weights=fit.part) / count
    se = math.sqrt(float((scale[index] * (fit.part - mean[index]) ** 2).sum()))
    return t_estimate(fit.value, se, max(n - len(size) - 1, 1), n, int(size.sum()), level, "stratified")


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A weighted regression, and what each unit adds to the estimate's error.

    value: the line at F̄. slope. rho: weighted correlation. part: (n,) ``w g e``, the
    residuals with their final weights as shares of the frame. leverage: (n,) in the
    weighted fit.
    """

    value: float
    slope: float
    rho: float
    part: Floats
    leverage: Floats


def calibrate(y: Floats, f: Floats, share: Floats, f_mean: float) -> Calibrated:
    """Regress y on f with an intercept, weighted by each unit's share of the frame.

    share: (n,) 1 / (N π). As N is known, shares need not sum to 1: the intercept makes
    up for a sample that happens to be too large or too small.
    """
    total = share.sum()
    middle = float(share @ f / total)
    df = f - middle
    square = float(share @ df**2)
    inverse = 1 / square if square > total * (1e-12 * float(np.abs(f).max())) ** 2 else 0.0
    level = float(share @ y / total)
    dy = y - level
    slope = float(share @ (df * dy)) * inverse
    residual = dy - slope * df
    whole = float(share @ dy**2)
    rho = slope * math.sqrt(square / whole) if whole > 0 else 0.0
    g = 1 / total + (f_mean - middle) * inverse * df
    leverage = share * (1 / total + df**2 * inverse)
    return Calibrated(level + slope * (f_mean - middle), slope, rho, share * g * residual, leverage)


def t_estimate(
    value: float, se: float, df: float, n: int, population: int | None, level: float, design: str,
    effective_n: float | None = None,
) -> Estimate:  # fmt: skip
    """A corrected estimate with the interval ``value ± t(df) se``."""
    half = t_two_sided(df, level) * se
    return Estimate(
        value, value - half, value + half, n, population, se, METHOD, level,
        design=design, df=float(df), effective_n=effective_n,
    )  # fmt: skip


def _effective(n: int, rho: float) -> float | None:
    return n / (1 - rho**2) if rho**2 < 1 else None

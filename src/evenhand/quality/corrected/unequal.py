"""Corrected means of samples drawn with unequal probabilities, such as uncertain ones first.

The default is a weighted regression with an intercept. Active statistical inference (ASI;
Zrnic & Candès 2024) has none, so its λ must take up the level of the scores as well:
where the machine's scale is compressed it is worse than the mean without a machine.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, Ints, finite, same_length
from evenhand.quality.estimates.draws import drawn_sample
from evenhand.quality.estimates.estimate import Estimate
from evenhand.quality.estimates.means import SEED, check_bounds, sample_estimate
from evenhand.quality.quantiles import check_level, z_two_sided

from .adjustment import Adjustment
from .draws import CORRECTED_FROM, EXACT, FEW, FLAT, UNSCORED, Corrected, corrected_from
from .greg import calibrate, t_estimate
from .regression import LARGEST_LEVERAGE

ActiveForm = Literal["greg", "greg_survey", "asi", "asi_plain", "horvitz_thompson"]


def active_mean(
    f: npt.ArrayLike,
    pi: npt.ArrayLike,
    labeled_index: npt.ArrayLike,
    y_labeled: npt.ArrayLike,
    level: float = 0.95,
    form: ActiveForm = "greg",
) -> Estimate:
    """Mean of a frame of N, of which each unit was reviewed with its own probability.

    f, pi: (N,) machine score and probability of review, in (0, 1]. labeled_index: (n,)
    places of the reviewed units in the frame. y_labeled: (n,) their human scores.

    form: ``"greg"`` regression weighted by 1/π, ``SE² = Σ (1 - π) (w g e / (1 - h))²``
    and t(n - 2), which is HC3 where all π are equal; ``"greg_survey"`` with the variance
    of R's survey for Brewer's designs. ``"asi"`` with the λ of least variance,
    ``"asi_plain"`` with λ = 1, ``"horvitz_thompson"`` without the machine: normal
    intervals of a population without end.

    Raises ValueError for probabilities outside (0, 1], places outside the frame or named
    twice, missing numbers, and fewer than three reviews.
    """
    machine, chance, values = finite(f, "f"), finite(pi, "pi"), finite(y_labeled, "y_labeled")
    at = _places(labeled_index, same_length(f=machine, pi=chance))
    same_length(labeled_index=at, y_labeled=values)
    if not ((chance > 0) & (chance <= 1)).all():
        raise ValueError("Inclusion probabilities must be above 0 and at most 1.")
    if form in ("greg", "greg_survey"):
        return _regression(machine, chance[at], at, values, level, form == "greg_survey")
    return _without_intercept(machine, chance, at, values, level, form)


def corrected_unequal_mean(
    y: npt.ArrayLike,
    f: npt.ArrayLike,
    pi: npt.ArrayLike,
    f_population_mean: float,
    population: int,
    *,
    level: float = 0.95,
    seed: int = SEED,
    lower: float = 0.0,
    upper: float = 100.0,
) -> Corrected:
    """The corrected mean of pairs that were drawn each with its own probability.

    The ``"greg"`` form of :func:`active_mean` by the rules of
    :func:`~.draws.corrected_draws_estimate`; where these forbid it, Hájek's mean of the
    reviews alone. y, f, pi: (n,) of the reviewed pairs. f_population_mean: NaN if the
    machine did not score the whole frame. Raises ValueError as these do.
    """
    check_level(level)
    chance = finite(pi, "pi")
    one = np.zeros(len(chance), np.int64)
    drawn = replace(drawn_sample(y, one, [population], chance), design="unequal")
    values, machine = drawn.sample.y, np.asarray(f, dtype=np.float64)
    check_bounds(values, lower, upper)
    same_length(y=values, f=machine)
    mean = float(f_population_mean)
    if not (np.isfinite(machine).all() and math.isfinite(mean)):
        reason, fit = UNSCORED, None
    elif len(values) < CORRECTED_FROM:
        reason, fit = FEW, None
    else:
        fit = _adjustment(values, machine, chance, mean, population)
        reason = FLAT if not fit.stands else EXACT if fit.variance == 0.0 else ""
    known = mean if math.isfinite(mean) else None
    if fit is not None and not reason:
        return corrected_from(drawn, fit, known, level, lower, upper)
    alone = sample_estimate(
        drawn.sample, population, "hajek", level=level, seed=seed, lower=lower, upper=upper
    )  # fmt: skip
    return Corrected(alone, reason, known)


def _adjustment(y: Floats, f: Floats, chance: Floats, mean: float, population: int) -> Adjustment:
    fit = calibrate(y, f, 1 / (chance * population), mean)
    error = fit.part / (1 - np.minimum(fit.leverage, LARGEST_LEVERAGE))
    noise = 1e-10 * float(np.abs(y).max(initial=0.0)) / len(y)
    error = np.where(np.abs(error) > noise, error, 0.0)
    variance = float(((1 - chance) * error**2).sum())
    rank, leverage = int(fit.slope != 0.0), float(fit.leverage.max(initial=0.0))
    return Adjustment(fit.value, variance, len(y) - 2, np.array([fit.slope]), fit.rho, rank, leverage)


def _regression(f: Floats, chance: Floats, at: Ints, y: Floats, level: float, survey: bool) -> Estimate:
    n, size = len(y), len(f)
    fit = calibrate(y, f[at], 1 / (chance * size), float(f.mean()))
    if survey:
        error = math.sqrt(n / (n - 1)) * (fit.part - fit.part.mean())
    else:
        error = fit.part / (1 - np.minimum(fit.leverage, LARGEST_LEVERAGE))
    se = math.sqrt(float(((1 - chance) * error**2).sum()))
    return t_estimate(fit.value, se, n - 2, n, size, level, "unequal")


def _without_intercept(f: Floats, chance: Floats, at: Ints, y: Floats, level: float, form: ActiveForm) -> Estimate:
    """``N⁻¹ Σ [λ f + ξ (y - λ f) / π]`` with ξ = 1 for the reviewed."""
    inverse, weighted = np.zeros(len(f)), np.zeros(len(f))
    inverse[at] = 1 / chance[at]
    weighted[at] = y * inverse[at]
    correction = f * (inverse - 1)
    term = weighted - _factor(weighted, correction, form) * correction
    se = math.sqrt(float(term.var(ddof=1)) / len(f))
    half, value = z_two_sided(level) * se, float(term.mean())
    return Estimate(value, value - half, value + half, len(y), len(f), se, "normal", level, design="unequal")


def _factor(weighted: Floats, correction: Floats, form: ActiveForm) -> float:
    if form == "horvitz_thompson":
        return 0.0
    if form == "asi_plain":
        return 1.0
    if form != "asi":
        raise ValueError(f"Unknown form: {form!r}.")
    centred = correction - correction.mean()
    spread = float(centred @ centred)
    return float(weighted @ centred) / spread if spread > 0 else 0.0


def _places(labeled_index: npt.ArrayLike, size: int) -> Ints:
    at = np.asarray(labeled_index)
    if at.ndim != 1 or len(at) < 3:
        raise ValueError(f"Three reviewed units or more are needed, in one dimension, not of shape {at.shape}.")
    if not np.issubdtype(at.dtype, np.integer) or at.min() < 0 or at.max() >= size:
        raise ValueError(f"labeled_index must hold places in 0..{size - 1}.")
    if len(np.unique(at)) < len(at):
        raise ValueError("labeled_index names a unit twice; average its reviewers first.")
    return at.astype(np.int64)

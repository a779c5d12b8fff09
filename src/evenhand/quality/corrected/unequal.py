"""Corrected means of samples drawn with unequal probabilities, such as uncertain ones first.

The default is a weighted regression with an intercept. Active statistical inference (ASI;
Zrnic & Candès 2024) has none, so its λ must take up the level of the scores as well:
where the machine's scale is compressed it is worse than the mean without a machine.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, Ints, finite, same_length
from evenhand.quality.estimates.estimate import Estimate
from evenhand.quality.quantiles import z_two_sided

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

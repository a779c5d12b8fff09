"""Agreement corrected for chance, in five ways that differ only in what they call chance.

``(p_a - p_e) / (1 - p_e)``: the agreement seen, less what chance would give. Gwet's
coefficient (AC1 for plain agreement, AC2 with weights) keeps its head where nearly all
answers are the same: 50 pairs that agree 88 times in 100 can have a kappa of -0.06, and
have an AC1 of 0.86. The others are Fleiss's and Conger's kappa (Cohen's, for two raters),
Brennan and Prediger's coefficient, and alpha in the same frame.

Source: Gwet 2014, "Handbook of Inter-Rater Reliability", 4th edition, chapters 2 to 5;
the standard errors are those of its equations for missing ratings.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats
from evenhand.quality.estimates.estimate import Estimate
from evenhand.quality.quantiles import t_two_sided

from .coefficients import COEFFICIENTS, Chance, Units
from .kappa import beyond
from .ratings import Ratings, read
from .resampling import FLAT, LITTLE_SPREAD, REPLICATES, SEED, resampled
from .weights import Weights, agreement_weights

Coefficient = Literal["gwet", "fleiss", "krippendorff", "conger", "bp"]


@dataclass(frozen=True, slots=True)
class ChanceCorrected:
    """One coefficient. observed, expected: agreement seen, and by chance, on 0..1.

    analytic: with Gwet's t interval, capped at 1. estimate: with the bootstrap interval
    over conversations, which is the one to show.
    """

    observed: float
    expected: float
    analytic: Estimate
    estimate: Estimate


def chance_corrected_agreement(
    ratings: npt.ArrayLike | Sequence[Sequence[Any]],
    categories: Sequence[Hashable] | None = None,
    *,
    coefficient: Coefficient = "gwet",
    weights: Weights = "identity",
    level: float = 0.95,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> ChanceCorrected:
    """One of the five coefficients on -1..1, for any number of raters and with gaps.

    ratings: units x raters. categories: all answers in their order; those that nobody
    gave count too. A unit rated once says which answers are common and nothing about
    agreement; a unit that nobody rated plays no part. Raises ValueError for unknown
    names, and where no unit was rated twice.
    """
    if coefficient not in COEFFICIENTS:
        raise ValueError(f"Unknown coefficient: {coefficient!r}.")
    by_rating = coefficient == "krippendorff"
    table = read(ratings, categories)
    units = _units(table.pairable() if by_rating else table, weights)
    if not (units.raters >= 2).any():
        raise ValueError("Agreement needs a unit that two raters rated.")
    chance = COEFFICIENTS[coefficient](units)
    seen = _by_rating(units) if by_rating else _by_unit(units)
    moments = np.column_stack([seen, chance.moments])

    def parts(sums: Floats) -> tuple[Floats, Floats]:
        return _observed(sums, small_sample=by_rating), chance.expected(sums[:, 2:])

    def corrected(sums: Floats) -> Floats:
        observed, expected = parts(sums)
        return beyond(observed, expected)

    observed, expected = (float(part[0]) for part in parts(moments.sum(axis=0)[None, :]))
    return ChanceCorrected(
        observed,
        expected,
        _analytic(observed, expected, _own(seen, observed, expected, by_rating), chance, level),
        resampled(moments, corrected, level=level, replicates=replicates, seed=seed, by_chance=1 - expected),
    )


def _units(table: Ratings, weights: Weights) -> Units:
    rated = Ratings(table.codes[(table.codes >= 0).any(axis=1)], table.categories)
    try:
        places: Floats | int = table.values
    except ValueError:
        places = len(table.categories)
    return Units(rated, agreement_weights(weights, places))


def _by_unit(units: Units) -> Floats:
    """(U, 2) whether a unit has a pair of ratings, and the share of its pairs that agree."""
    paired = units.raters >= 2
    pairs = units.raters * (units.raters - 1)
    return np.column_stack([paired, np.where(paired, units.agreeing / np.where(paired, pairs, 1.0), 0.0)])


def _by_rating(units: Units) -> Floats:
    """(U, 2) a unit's ratings, and how many of them agree with the others."""
    return np.column_stack([units.raters, units.agreeing / (units.raters - 1)])


def _observed(sums: Floats, small_sample: bool) -> Floats:
    """(B,) mean agreement seen; alpha adds what one rating's agreement with itself would."""
    weight = np.where(sums[:, 0] > 0, sums[:, 0], np.nan)
    observed = sums[:, 1] / weight
    return np.asarray(observed + (1 - observed) / weight if small_sample else observed, np.float64)


def _own(seen: Floats, observed: float, expected: float, by_rating: bool) -> Floats:
    """(U,) each unit's part in what is agreed beyond chance, by the linearisation of a ratio of means."""
    weight, agreed = seen[:, 0] / seen[:, 0].mean(), seen[:, 1] / seen[:, 0].mean()
    return np.asarray(agreed - observed * (weight - 1) - expected if by_rating else agreed - expected * weight)


def _analytic(observed: float, expected: float, own: Floats, chance: Chance, level: float) -> Estimate:
    n = len(own)
    if 1 - expected <= FLAT:
        return Estimate(None, None, None, n, level=level, note=LITTLE_SPREAD)
    value, plain = (observed - expected) / (1 - expected), own.mean() / (1 - expected)
    pull = own / (1 - expected) - 2 * (1 - plain) * (chance.each - expected) / (1 - expected)
    se = math.sqrt(float(((pull - plain) ** 2).sum()) / (n * max(n - 1, 1)))
    half = t_two_sided(max(n - 1, 1), level) * se
    return Estimate(value, value - half, min(1.0, value + half), n, se=se, method="t", level=level, df=float(n - 1))

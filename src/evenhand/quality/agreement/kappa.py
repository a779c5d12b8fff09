"""Kappa: of two raters (Cohen), and of counts by any raters (Fleiss).

Sources: Cohen 1960, 1968 (weights); Fleiss, Cohen & Everitt 1969 (standard error);
Fleiss 1971.
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
from evenhand.quality.quantiles import z_two_sided

from .ratings import read
from .resampling import FLAT, LITTLE_SPREAD, REPLICATES, SEED, Statistic, resampled
from .weights import agreement_weights

KappaWeights = Literal["identity", "linear", "quadratic"]


@dataclass(frozen=True, slots=True)
class CohenKappa:
    """analytic: with the normal interval of Fleiss, Cohen and Everitt, which may reach past 1.

    estimate: with the bootstrap interval over conversations. observed: plain agreement, 0..1.
    """

    observed: float
    analytic: Estimate
    estimate: Estimate


def crossed_table(
    ratings: npt.ArrayLike | Sequence[Sequence[Any]], categories: Sequence[Hashable] | None = None
) -> Floats:
    """(Q, Q) how often the first rater gave the row's answer and the second the column's.

    ratings: units x 2; units that one of them left out are passed over.
    """
    table = read(ratings, categories)
    if table.codes.shape[1] != 2:
        raise ValueError(f"Cohen's kappa is for two raters, not {table.codes.shape[1]}.")
    both = table.pairable().codes
    cells = np.zeros((len(table.categories),) * 2)
    np.add.at(cells, (both[:, 0], both[:, 1]), 1.0)
    return cells


def cohen_kappa(
    table: npt.ArrayLike,
    *,
    weights: KappaWeights = "identity",
    level: float = 0.95,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> CohenKappa:
    """Agreement of two raters beyond chance, on -1..1.

    table: (Q, Q) counts, as :func:`crossed_table` makes it; answers are one step apart.
    No number where one answer is all that either gave. Raises ValueError for another
    shape and for an empty table.
    """
    cells = np.asarray(table, np.float64)
    if cells.ndim != 2 or cells.shape[0] != cells.shape[1] or cells.sum() <= 0:
        raise ValueError("Cohen's kappa needs a square table with at least one unit.")
    weight = agreement_weights(weights, len(cells))
    shares = cells / cells.sum()
    moments = np.repeat(np.eye(cells.size), cells.astype(np.int64).ravel(), axis=0)
    return CohenKappa(
        float(np.trace(shares)),
        _cohen(shares, weight, int(cells.sum()), level),
        resampled(
            moments,
            _cohen_of_sums(weight),
            level=level,
            replicates=replicates,
            seed=seed,
            by_chance=1 - float(shares.sum(axis=1) @ weight @ shares.sum(axis=0)),
        ),
    )


def fleiss_kappa(
    counts: npt.ArrayLike, *, level: float = 0.95, replicates: int = REPLICATES, seed: int = SEED
) -> Estimate:
    """Fleiss's kappa with its bootstrap interval. counts: (U, Q) ratings of each unit by answer.

    Raises ValueError unless every unit has the same number of ratings, two or more.
    """
    table = np.asarray(counts, np.float64)
    raters = table.sum(axis=1) if table.ndim == 2 else np.zeros(1)
    if table.ndim != 2 or not len(table) or (raters != raters[0]).any() or raters[0] < 2:
        raise ValueError("Fleiss's kappa needs units x answers, all units rated equally often and more than once.")
    agreed = (table * (table - 1)).sum(axis=1) / (raters * (raters - 1))

    def kappa(sums: Floats) -> Floats:
        n = sums[:, :-1].sum(axis=1) / raters[0]
        expected = ((sums[:, :-1] / sums[:, :-1].sum(axis=1, keepdims=True)) ** 2).sum(axis=1)
        return beyond(sums[:, -1] / n, expected)

    by_chance = 1 - float(((table.sum(axis=0) / table.sum()) ** 2).sum())
    moments = np.column_stack([table, agreed])
    return resampled(moments, kappa, level=level, replicates=replicates, seed=seed, by_chance=by_chance)


def beyond(observed: Floats, expected: Floats) -> Floats:
    """(p_a - p_e) / (1 - p_e), NaN where chance alone agrees always."""
    return np.asarray((observed - expected) / np.where(1 - expected > FLAT, 1 - expected, np.nan), np.float64)


def _cohen_of_sums(weight: Floats) -> Statistic:
    size = len(weight)

    def kappa(sums: Floats) -> Floats:
        shares = sums.reshape(-1, size, size) / sums.sum(axis=1)[:, None, None]
        expected = np.einsum("br,bc,rc->b", shares.sum(axis=2), shares.sum(axis=1), weight, optimize=True)
        return beyond((shares * weight).sum(axis=(1, 2)), expected)

    return kappa


def _cohen(shares: Floats, weight: Floats, n: int, level: float) -> Estimate:
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed, expected = float((shares * weight).sum()), float(rows @ weight @ columns)
    if 1 - expected <= FLAT:
        return Estimate(None, None, None, n, level=level, note=LITTLE_SPREAD)
    value = (observed - expected) / (1 - expected)
    habits = np.add.outer(weight @ columns, rows @ weight)
    squares = float((shares * (weight - habits * (1 - value)) ** 2).sum())
    se = math.sqrt(max(0.0, squares - (value - expected * (1 - value)) ** 2) / n) / (1 - expected)
    half = z_two_sided(level) * se
    return Estimate(value, value - half, value + half, n, se=se, method="normal", level=level)

"""Krippendorff's alpha: agreement beyond chance, for any number of reviewers and with gaps.

``α = 1 - D_o / D_e``: the disagreement seen within conversations over the disagreement
that the same ratings would show if they had fallen on conversations by chance. 1 is
perfect, 0 is chance, below 0 is worse than chance. The metric says what a disagreement
weighs: *nominal* counts different answers alike, *ordinal* counts how many ratings lie
between the two, *interval* squares their difference, *ratio* their difference over their
sum. Source: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"; Krippendorff
2019, chapter 12.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats
from evenhand.quality.estimates.estimate import Estimate

from .ratings import Ratings, read
from .resampling import REPLICATES, SEED, Statistic, resampled

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
METRICS: tuple[Metric, ...] = get_args(Metric)


def krippendorff_alpha(
    ratings: npt.ArrayLike | Sequence[Sequence[Any]],
    metric: Metric = "ordinal",
    *,
    categories: Sequence[Hashable] | None = None,
    level: float = 0.95,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> Estimate:
    """Alpha on -1..1 with its bootstrap interval over conversations.

    ratings: units x raters, ``None`` or NaN where missing. categories: all answers in
    their order, for names; numbers come in theirs. n counts the conversations with two
    or more ratings. No number where every rating is the same: chance and agreement
    cannot be told apart then. Raises ValueError for an unknown metric, for names under
    ``interval`` or ``ratio``, and for numbers below 0 under ``ratio``.
    """
    table = read(ratings, categories).pairable()
    moments, statistic = _ordinal(table) if metric == "ordinal" else _by_distance(table, metric)
    return resampled(
        moments, statistic, level=level, replicates=replicates, seed=seed, by_chance=_different(table.counts)
    )


def _different(counts: Floats) -> float:
    """How often two ratings drawn from all of them differ, 0..1."""
    margins, total = counts.sum(axis=0), float(counts.sum())
    return 1 - float((margins * (margins - 1)).sum()) / (total * (total - 1)) if total > 1 else 0.0


def _by_distance(table: Ratings, metric: Metric) -> tuple[Floats, Statistic]:
    """Metrics whose distances are known beforehand: counts and one number of disagreement a unit."""
    distance = _distances(table, metric)
    counts = table.counts
    seen = np.einsum("uc,uk,ck->u", counts, counts, distance, optimize=True) / (counts.sum(axis=1) - 1)

    def alpha(sums: Floats) -> Floats:
        margins = sums[:, :-1]
        return _ratio(sums[:, -1], np.einsum("bc,bk,ck->b", margins, margins, distance, optimize=True), margins)

    return np.column_stack([counts, seen]), alpha


def _ordinal(table: Ratings) -> tuple[Floats, Statistic]:
    """Distances are made of the ratings themselves, so each resample has its own.

    The ratings between c and k, with half of c's and k's own, are the difference of
    their midranks; what has to be summed is the table of coincidences.
    """
    counts = table.counts
    size = counts.shape[1]
    pairs = counts[:, :, None] * counts[:, None, :] - np.eye(size) * counts[:, None, :]
    coincidences = pairs / (counts.sum(axis=1) - 1)[:, None, None]

    def alpha(sums: Floats) -> Floats:
        table = sums.reshape(-1, size, size)
        margins = table.sum(axis=2)
        rank = np.cumsum(margins, axis=1) - margins / 2
        seen = 2 * (margins * rank**2).sum(axis=1) - 2 * np.einsum("bck,bc,bk->b", table, rank, rank, optimize=True)
        mean = (margins * rank).sum(axis=1)
        total = margins.sum(axis=1)
        return _ratio(seen, 2 * (total * (margins * rank**2).sum(axis=1) - mean**2), margins)

    return coincidences.reshape(len(counts), size * size), alpha


def _ratio(seen: Floats, by_chance: Floats, margins: Floats) -> Floats:
    """1 - D_o / D_e, where D_e = by_chance / (n - 1); NaN where all ratings are one answer."""
    spread = (margins > 1e-9).sum(axis=1) > 1
    by_chance = np.where(spread, by_chance, np.nan)
    return np.asarray(1.0 - (margins.sum(axis=1) - 1) * seen / by_chance, np.float64)


def _distances(table: Ratings, metric: Metric) -> Floats:
    """(Q, Q) squared distances between answers."""
    if metric == "nominal":
        return 1.0 - np.eye(len(table.categories))
    if metric == "interval":
        return np.subtract.outer(table.values, table.values) ** 2
    if metric != "ratio":
        raise ValueError(f"Unknown metric for alpha: {metric!r}.")
    values = table.values
    if (values < 0).any():
        raise ValueError("The ratio metric needs numbers that are not below 0.")
    total = np.add.outer(values, values)
    return (np.subtract.outer(values, values) / np.where(total == 0, 1.0, total)) ** 2

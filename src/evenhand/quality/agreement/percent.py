"""The plainest number of all: how often reviewers gave the same answer."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats
from evenhand.quality.estimates.estimate import ALL_EQUAL, MINIMUM_N, Estimate, no_number
from evenhand.quality.estimates.proportions import wilson_interval

from .ratings import read


def percent_agreement(
    ratings: npt.ArrayLike | Sequence[Sequence[Any]],
    within: int = 0,
    *,
    categories: Sequence[Hashable] | None = None,
    level: float = 0.95,
) -> Estimate:
    """Share of pairs of ratings that agree, on 0..100, with Wilson's interval.

    ratings: units x raters with ``None`` or NaN where missing. within: how many steps
    apart still agree; 0 is exactly the same. categories: the scale in its order; without
    it, the answers that were given are the steps. A conversation with more than two
    ratings counts once, as the share of its pairs that agree: Wilson's interval for that
    many conversations is then wider than it need be, never narrower. n counts
    conversations with two or more ratings; fewer than 4 have no number.
    """
    table = read(ratings, categories).pairable()
    if len(table.codes) < MINIMUM_N:
        return no_number(len(table.codes), level=level)
    counts = table.counts
    near = (np.abs(np.subtract.outer(*[np.arange(counts.shape[1])] * 2)) <= within).astype(np.float64)
    return share_estimate(agreeing_share(counts, near), level)


def agreeing_share(counts: Floats, weights: Floats) -> Floats:
    """(U,) share of each unit's pairs of ratings that agree. counts: (U, Q); weights: (Q, Q)."""
    raters = counts.sum(axis=1)
    return np.asarray((counts * (counts @ weights - 1)).sum(axis=1) / (raters * (raters - 1)), np.float64)


def share_estimate(shares: Floats, level: float = 0.95) -> Estimate:
    """Mean of shares on 0..1 as an estimate on 0..100 with Wilson's interval."""
    n, mean = len(shares), float(shares.mean())
    low, high = wilson_interval(min(1.0, max(0.0, mean)), n, level)
    se = 100 * float(shares.std(ddof=1)) / n**0.5
    note = "" if shares.min() < shares.max() else ALL_EQUAL
    return Estimate(100 * mean, 100 * low, 100 * high, n, se=se, method="wilson", level=level, note=note)

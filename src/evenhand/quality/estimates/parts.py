"""Means of what not every drawn pair has: the ratings of one category where it applied.

How many pairs of the frame the category applies to is not known; in each cell it is
estimated by the reviewed ones. So a pair weighs what it weighs in the mean of all, and
the value is the ratio ``Σ w y / Σ w`` over the pairs that have one (a domain mean;
Särndal, Swensson & Wretman 1992, 5.8).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, Ints, finite

from .draws import Probability, draws_estimate
from .estimate import Estimate
from .means import SEED


def part_of_draws(
    y: npt.ArrayLike,
    cell: npt.ArrayLike,
    reviewed: npt.ArrayLike,
    cell_population: npt.ArrayLike,
    probability: Probability | None = None,
    *,
    level: float = 0.95,
    seed: int = SEED,
    lower: float = 0.0,
    upper: float = 100.0,
) -> Estimate:
    """The mean over those pairs of the frame that would have a value.

    y: (m,) values. cell: (m,) integer cell of each. reviewed: (C,) reviewed pairs of each
    cell, with a value or without. cell_population: (C,) its pairs in the frame.
    probability: as in :func:`~.draws.draws_estimate`, whose rules for intervals hold.
    ``population`` of the answer is an estimate, each cell's rounded to whole pairs. Of
    a cell without reviews the same share is taken to have a value as of all that were
    reviewed. Raises ValueError for a cell with more values than reviews.
    """
    values, where = finite(y, "y"), np.asarray(cell, dtype=np.int64)
    seen, size = np.asarray(reviewed, dtype=np.int64), np.asarray(cell_population, dtype=np.int64)
    rated = np.bincount(where, minlength=len(seen)).astype(np.int64)
    if (rated > seen).any():
        at = int(np.argmax(rated > seen))
        raise ValueError(f"Cell {at} has {rated[at]} values of {seen[at]} reviews.")
    sizes = np.maximum(np.rint(size * _shares(rated, seen)).astype(np.int64), rated)
    return draws_estimate(values, where, sizes, probability, level=level, seed=seed, lower=lower, upper=upper)


def _shares(rated: Ints, seen: Ints) -> Floats:
    """(C,) share of each cell's reviews that have a value."""
    overall = float(rated.sum()) / max(int(seen.sum()), 1)
    return np.where(seen > 0, rated / np.maximum(seen, 1), overall)

"""How much scores spread, measured on past reviews: what a plan rests on."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import codes, finite, same_length, sums
from evenhand.quality.shrinkage import eb_shrinkage

OWN_WEIGHT = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviations in points: of an agent's single scores, and of the agents' levels."""

    within: float
    between: float

    @property
    def total(self) -> float:
        return math.hypot(self.within, self.between)


def measured_spread(values: npt.ArrayLike, group: npt.ArrayLike) -> Spread:
    """Spread within and between groups (agents) by restricted maximum likelihood.

    values: (n,) scores. group: (n,) labels; one value or more.
    """
    found = eb_shrinkage(values, group)
    return Spread(math.sqrt(found.var_within), math.sqrt(found.var_between))


def own_spreads(values: npt.ArrayLike, group: npt.ArrayLike, within: float) -> dict[Hashable, float]:
    """Each group's own spread, leaning on the common one as if that were ten values more.

    A handful of values tells little about a spread: ``(10 σ_w² + Σ (y - ȳ)²) / (10 + n - 1)``
    (moderated variances; Smyth 2004, with fixed prior degrees of freedom).
    """
    y = finite(values, "values")
    labels, index = codes(group, "group")
    same_length(values=y, group=index)
    count = np.bincount(index, minlength=len(labels))
    mean = sums(index, y, len(labels)) / np.maximum(count, 1)
    squares = sums(index, (y - mean[index]) ** 2, len(labels))
    variance = (OWN_WEIGHT * within**2 + squares) / (OWN_WEIGHT + count - 1)
    return dict(zip(labels.tolist(), np.sqrt(variance).tolist(), strict=True))

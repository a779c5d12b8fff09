"""Ratios of two sums, and means of parts of a sample whose size was left to chance.

All ratings of a period weighted over all reviews at once are such a ratio, and so is the
mean of one agent in a simple draw from all agents: how many of theirs came is chance.

Source: Särndal, Swensson & Wretman 1992, 5.6 and 5.8 (linearisation).
"""

from __future__ import annotations

import math
from collections.abc import Hashable

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, codes, finite, same_length

from .estimate import Estimate, no_number
from .textbook import at_least_two, t_estimate, unsampled


def survey_ratio(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, population: int | None = None, level: float = 0.95
) -> Estimate:
    """``Σa / Σb`` of a simple random sample; ``SE² = (1 - f) s²_d / n / b̄²``, d = a - R b, t(n - 1).

    numerator, denominator: (n,) a and b of each unit. population: N units in the frame.
    Raises ValueError for fewer than two units and for denominators whose sum is not above 0.
    """
    a, b = finite(numerator, "numerator"), finite(denominator, "denominator")
    n = same_length(numerator=a, denominator=b)
    at_least_two(n)
    ratio, se = _ratio(a, b, unsampled(n, population))
    return t_estimate(ratio, se, n - 1, n, population, level, "ratio")


def survey_domain(
    y: npt.ArrayLike, domain: npt.ArrayLike, population: int | None = None, level: float = 0.95
) -> dict[Hashable, Estimate]:
    """The mean of each part of one simple random sample, by its label; t(n - 1).

    y: (n,) values of the whole sample. domain: (n,) labels. ``n`` of each answer is that
    part's own number. A part with a single unit has no number, as its spread is unknown.
    """
    values = finite(y, "y")
    labels, index = codes(domain, "domain")
    n = same_length(y=values, domain=index)
    at_least_two(n)
    unseen = unsampled(n, population)
    found: dict[Hashable, Estimate] = {}
    for d, name in enumerate(labels.tolist()):
        inside = np.where(index == d, 1.0, 0.0)
        own = int(inside.sum())
        if own < 2:
            found[name] = no_number(own, level=level)
            continue
        mean, se = _ratio(values * inside, inside, unseen)
        found[name] = t_estimate(mean, se, n - 1, own, None, level, "domain")
    return found


def _ratio(a: Floats, b: Floats, unseen: float) -> tuple[float, float]:
    n, total = len(a), float(b.sum())
    if total <= 0:
        raise ValueError("The denominators must sum to more than 0.")
    ratio = float(a.sum()) / total
    return ratio, math.sqrt(unseen * float((a - ratio * b).var(ddof=1)) * n) / total

"""Which estimates stand clear of the others: an order without ranks.

Two estimates whose intervals overlap may be the other way round, so they share a tier. A
tier ends where every interval above lies wholly above every interval below. That is a
careful rule: intervals of 95 % that do not touch differ by far more than chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from evenhand.quality.estimates import Estimate


def tiers(estimates: Sequence[Estimate]) -> list[int | None]:
    """The tier of each estimate, 1 for the highest; None without a number. All 1 where nothing separates."""
    order = sorted((i for i, one in enumerate(estimates) if one.has_number), key=lambda i: -_limits(estimates[i])[0])
    lowest = list(accumulate((_limits(estimates[i])[0] for i in order), min))
    highest = list(accumulate((_limits(estimates[i])[1] for i in reversed(order)), max))[::-1]
    found: list[int | None] = [None] * len(estimates)
    tier = 1
    for place, i in enumerate(order):
        if place and lowest[place - 1] > highest[place]:
            tier += 1
        found[i] = tier
    return found


def _limits(estimate: Estimate) -> tuple[float, float]:
    return estimate.low or 0.0, estimate.high or 0.0

"""Two periods, each with its own reviews and machine scores."""

from __future__ import annotations

import math

from evenhand.quality.change import Change
from evenhand.quality.estimates.estimate import Estimate
from evenhand.quality.quantiles import normal_below, z_two_sided


def ppi_change(before: Estimate, after: Estimate) -> Change:
    """Later minus earlier of two independent prediction-powered means; ``SE² = SE₁² + SE₂²``, normal.

    For estimates of :mod:`~.ppi`. Corrected means of the product have t and lopsided
    intervals: :func:`~evenhand.quality.change.difference` keeps them. Raises ValueError
    for estimates without a number or of different levels.
    """
    if before.value is None or after.value is None or before.se is None or after.se is None:
        raise ValueError("Both estimates need a number and its standard error.")
    if before.level != after.level:
        raise ValueError(f"The levels differ: {before.level} and {after.level}.")
    d, se = after.value - before.value, math.hypot(before.se, after.se)
    half = z_two_sided(after.level) * se
    t = d / se if se > 0 else None
    p = None if t is None else 2 * normal_below(-abs(t))
    return Change(d, d - half, d + half, before.n, after.n, "normal", after.level, se, math.inf, t, p)

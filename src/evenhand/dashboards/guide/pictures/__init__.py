"""One module a page of the guide: what it computes with `evenhand.quality`, and what it draws of that.

The figures are computed once and kept; titles and tables are made in the reader's language at each visit.
"""

from __future__ import annotations

from collections.abc import Callable

from evenhand.dashboards.guide.drawing import Picture
from evenhand.dashboards.guide.pictures import (
    agreement,
    benchmarks,
    blind_review,
    change,
    corrected_autoqa,
    intervals,
    planning,
    random_draws,
    ranks,
    small_samples,
)

PICTURES: dict[str, Callable[[], Picture]] = {
    "intervals": intervals.picture,
    "small-samples": small_samples.picture,
    "ranks": ranks.picture,
    "random-draws": random_draws.picture,
    "blind-review": blind_review.picture,
    "corrected-autoqa": corrected_autoqa.picture,
    "agreement": agreement.picture,
    "change": change.picture,
    "planning": planning.picture,
    "benchmarks": benchmarks.picture,
}

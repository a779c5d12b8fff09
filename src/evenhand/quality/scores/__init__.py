"""What a score is: one rating, one review, and the averages of many reviews."""

from __future__ import annotations

from .averages import (
    PASS_BASELINE,
    category_means,
    iqs,
    pair_means,
    pass_rate,
    passes,
    rating_weighted_mean,
    review_average,
)
from .decomposition import Decomposition, decompose
from .reviews import (
    CRITICAL_THRESHOLD,
    Critical,
    Method,
    Rating,
    ReviewScore,
    ReviewScores,
    rating_percent,
    review_score,
    review_scores,
)

__all__ = [
    "CRITICAL_THRESHOLD",
    "PASS_BASELINE",
    "Critical",
    "Decomposition",
    "Method",
    "Rating",
    "ReviewScore",
    "ReviewScores",
    "category_means",
    "decompose",
    "iqs",
    "pair_means",
    "pass_rate",
    "passes",
    "rating_percent",
    "rating_weighted_mean",
    "review_average",
    "review_score",
    "review_scores",
]

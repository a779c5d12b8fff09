"""From review scores to averages: the review average, the IQS, pass rate, categories.

Plain arithmetic without intervals; :mod:`evenhand.quality.estimates` says what the
numbers are worth.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Bools, Floats, floats, present, same_length, sums

from .reviews import EPSILON

PASS_BASELINE = 80.0


def review_average(scores: npt.ArrayLike) -> float | None:
    """Plain mean of review scores; each review counts once. None without any score."""
    return _mean(present(scores, "scores"))


def pair_means(scores: npt.ArrayLike, pair: npt.ArrayLike) -> tuple[npt.NDArray[np.generic], Floats]:
    """Reviewers of one (conversation, agent) pair averaged first.

    scores: one a review, NaN left out. pair: the label of each review's pair. Returns
    the pairs that have a score, sorted, and the mean score of each.
    """
    values, labels = floats(scores, "scores"), np.asarray(pair)
    same_length(scores=values, pair=labels)
    kept = ~np.isnan(values)
    pairs, index = np.unique(labels[kept], return_inverse=True)
    means = sums(index, values[kept], len(pairs)) / np.bincount(index, minlength=len(pairs))
    return pairs, means


def iqs(scores: npt.ArrayLike, pair: npt.ArrayLike | None = None) -> float | None:
    """Mean over pairs of the mean score of each pair's reviews; None without any score.

    Without ``pair`` each review is taken as a pair of its own. This is the plain
    arithmetic; the estimate with its interval is
    :func:`evenhand.quality.estimates.draws_estimate`.
    """
    return review_average(scores) if pair is None else _mean(pair_means(scores, pair)[1])


def passes(scores: npt.ArrayLike, baseline: float = PASS_BASELINE) -> Bools:
    """Which scores reach the baseline, compared unrounded: 79.95 fails 80. NaN fails."""
    return np.asarray(floats(scores, "scores") >= baseline - EPSILON, dtype=np.bool_)


def pass_rate(scores: npt.ArrayLike, baseline: float = PASS_BASELINE) -> float | None:
    """Share of scored reviews at or above the baseline, 0..100; None without any score."""
    return _mean(np.where(passes(present(scores, "scores"), baseline), 100.0, 0.0))


def category_means(category: npt.ArrayLike, percent: npt.ArrayLike) -> tuple[npt.NDArray[np.generic], Floats]:
    """Mean percentage by category, N/A (NaN) left out; the critical rule plays no part.

    Returns the rated categories, sorted, and their means on 0..100.
    """
    return pair_means(percent, category)


def rating_weighted_mean(percent: npt.ArrayLike, weight: npt.ArrayLike) -> float | None:
    """All ratings' percentages weighted by category, over all reviews at once, 0..100.

    Reviews with many N/A count less than in the IQS, and the critical rule plays no
    part. None where no rating has weight.
    """
    values, w = floats(percent, "percent"), floats(weight, "weight")
    same_length(percent=values, weight=w)
    kept = ~np.isnan(values)
    total = float(w[kept].sum())
    return float(values[kept] @ w[kept]) / total if total > 0 else None


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if len(values) else None

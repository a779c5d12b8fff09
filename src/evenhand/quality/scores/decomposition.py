"""What the critical rule did to a score: ``score = (1 - failed) · score of the others``.

A review with a failed critical category scores 0. So a score falls for two reasons that
call for different answers: more reviews failed, or the others got worse. Scores where
only a *group* of categories was set to 0 stay among the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, floats, same_length
from evenhand.quality.estimates import MINIMUM_N, Estimate, mean_interval, no_number

from .reviews import EPSILON


class MeanEstimator(Protocol):
    """How a mean is estimated: of (n,) values on lower..upper, always of the same n units."""

    def __call__(self, values: Floats, /, *, lower: float, upper: float) -> Estimate: ...


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A score in its parts, all on 0..100 and estimated in the same way.

    score: with the critical rule. without_rule: had no category been critical. cost: what
    the rule took, ``without_rule - score``. failed: share of reviews that failed as a
    whole. others: mean score of those that did not; no number where all failed, or where
    fewer than 4 did not.
    """

    score: Estimate
    without_rule: Estimate
    cost: Estimate
    failed: Estimate
    others: Estimate


def decompose(
    score: npt.ArrayLike,
    without_rule: npt.ArrayLike,
    failed: npt.ArrayLike,
    estimate: MeanEstimator = mean_interval,
) -> Decomposition:
    """Take a score apart.

    score, without_rule: (n,) of each review as :func:`~.reviews.review_scores` gives
    them, or their means by pair. failed: (n,) share of each unit's reviews in which a
    critical category failed, 0..1; truth values will do. estimate: how means are taken;
    a simple sample by default, else for instance ``functools.partial`` of
    :func:`~evenhand.quality.estimates.draws_estimate` with its cells.

    Where there is no score without the rule, because nothing else was rated, the rule
    cost nothing. Raises ValueError for missing scores, which must be left out before, and
    for a score that a failed review cannot have.
    """
    y, free, lost = floats(score, "score"), floats(without_rule, "without_rule"), floats(failed, "failed")
    same_length(score=y, without_rule=free, failed=lost)
    if np.isnan(y).any():
        raise ValueError("Reviews without a score must be left out.")
    if (y > 100.0 * (1.0 - lost) + EPSILON).any():
        raise ValueError("A review that failed as a whole has a score of 0.")
    free = np.where(np.isnan(free), y, free)
    whole = estimate(y, lower=0.0, upper=100.0)
    share = estimate(100.0 * lost, lower=0.0, upper=100.0)
    return Decomposition(
        score=whole,
        without_rule=estimate(free, lower=0.0, upper=100.0),
        cost=estimate(np.maximum(free - y, 0.0), lower=0.0, upper=100.0),
        failed=share,
        others=_others(y, lost, whole, share, estimate),
    )


def _others(y: Floats, lost: Floats, whole: Estimate, share: Estimate, estimate: MeanEstimator) -> Estimate:
    """The ratio score / (1 - failed), its interval from the ratio's linearised values.

    Their weighted mean is the ratio itself, so the estimator's own rules hold for it. Failed
    reviews score 0, and ``y`` is thus the score of the others times their share.
    """
    kept = 1.0 - lost
    n = int(np.count_nonzero(kept > 0))
    if whole.value is None or share.value is None or n < MINIMUM_N:
        return no_number(n, level=whole.level)
    part = 1.0 - share.value / 100.0
    ratio = whole.value / part
    linear = ratio + (y - ratio * kept) / part
    found = estimate(linear, lower=ratio - ratio / part, upper=ratio + (100.0 - ratio) / part)
    return replace(found, n=n, low=_within(found.low), high=_within(found.high))


def _within(limit: float | None) -> float | None:
    return None if limit is None else min(100.0, max(0.0, limit))

"""Review scores: from ratings on a scorecard to a percentage.

A rating's percentage is ``(points - min) / (max - min)`` (method ``"minmax"``, the
default) or ``points / max`` (method ``"max_ratio"``). A review's score is the mean of
its ratings' percentages, weighted by category; ratings marked N/A leave both sums.

A critical category fails when its *min-max* percentage is strictly below one half,
whatever the method. ``critical="review"`` makes the whole review 0; ``"group"`` makes
every rating of its group count 0 with the weights kept. An N/A never fails. Without any
positive weight among the rated categories there is no score, unless a critical category
failed: then it is 0. Nothing is rounded.

Source: the published scoring rules of Zendesk QA (Klaus) for min-max, weights, N/A and
critical categories; "points over maximum" is the formula of their IQS article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Bools, Floats, Ints, floats, same_length, sums

Method = Literal["minmax", "max_ratio"]
Critical = Literal["", "group", "review"]

CRITICAL_THRESHOLD = 0.5
# Sums of weights such as 0.1 are not exact in binary; without this an exact 80 could fail.
EPSILON = 1e-9
_NO_GROUP = -1


@dataclass(frozen=True, slots=True)
class Rating:
    """One category's rating, with the scale and weight that were in force.

    points: the chosen point on the scale, ``None`` for N/A. group: any label; ``None``
    when the category stands in no group.
    """

    points: float | None
    scale_min: float
    scale_max: float
    weight: float = 10.0
    critical: Critical = ""
    group: str | int | None = None


@dataclass(frozen=True, slots=True)
class ReviewScore:
    """One review's score on 0..100 (None: no score), and what the critical rule did.

    without_critical: the score had no category been critical. critical_failed: a
    category failed that fails the review. group_failed: one failed that fails its group.
    """

    score: float | None
    without_critical: float | None
    critical_failed: bool
    group_failed: bool


@dataclass(frozen=True, slots=True)
class ReviewScores:
    """Scores of many reviews; entry i belongs to review i. NaN: no score."""

    score: Floats
    without_critical: Floats
    critical_failed: Bools
    group_failed: Bools


def rating_percent(
    points: npt.ArrayLike,
    scale_min: npt.ArrayLike,
    scale_max: npt.ArrayLike,
    *,
    method: Method = "minmax",
) -> Floats:
    """Each rating's percentage, 0..100; NaN where points are NaN (N/A).

    Arrays of one length, or scalars for the scale. Raises ValueError for a scale whose
    maximum is not above its minimum, for points outside the scale, and for an unknown
    method.
    """
    r, low, high = np.broadcast_arrays(
        np.atleast_1d(np.asarray(points, np.float64)),
        np.asarray(scale_min, np.float64),
        np.asarray(scale_max, np.float64),
    )
    _check_scale(r, low, high, method)
    share = (r - low) / (high - low) if method == "minmax" else r / high
    return np.asarray(100.0 * share, dtype=np.float64)


def review_scores(
    review: npt.ArrayLike,
    points: npt.ArrayLike,
    scale_min: npt.ArrayLike,
    scale_max: npt.ArrayLike,
    weight: npt.ArrayLike,
    critical: npt.ArrayLike | None = None,
    group: npt.ArrayLike | None = None,
    na: npt.ArrayLike | None = None,
    *,
    reviews: int | None = None,
    method: Method = "minmax",
    threshold: float = CRITICAL_THRESHOLD,
) -> ReviewScores:
    """Scores of many reviews from flat arrays with one entry a rating.

    review: index 0..reviews-1 of the review that the rating belongs to, in any order.
    points, scale_min, scale_max, weight: numbers; NaN points count as N/A.
    critical: ``""``, ``"group"`` or ``"review"`` (or the codes 0, 1, 2). group: index of
    the category's group within its review, -1 for none; a group-critical category in no
    group is a group of its own. na: True where the rating is N/A. reviews: how many
    reviews there are (default: the highest index + 1); one without ratings has no score.

    Raises ValueError for arrays of different lengths, negative weights, points outside
    their scale, or an unknown method or critical flag.
    """
    index = np.asarray(review, dtype=np.int64)
    r, low, high = floats(points, "points"), floats(scale_min), floats(scale_max)
    w = floats(weight, "weight")
    same_length(review=index, points=r, scale_min=low, scale_max=high, weight=w)
    if len(index) and index.min() < 0:
        raise ValueError("review must hold indices from 0 up.")
    rated = ~np.isnan(r)
    if na is not None:
        rated &= ~np.asarray(na, dtype=np.bool_)
    if (w[rated] < 0).any() or np.isnan(w[rated]).any():
        raise ValueError("weight must be 0 or more on every rating.")
    size = max(reviews or 0, int(index.max()) + 1 if len(index) else 0)
    sections = np.full(len(index), _NO_GROUP) if group is None else np.asarray(group, np.int64)
    percent = rating_percent(r[rated], low[rated], high[rated], method=method)
    place = (r[rated] - low[rated]) / (high[rated] - low[rated])
    given = _Rated(
        review=index[rated],
        percent=percent,
        below=place < threshold - EPSILON,
        weight=w[rated],
        critical=_critical_codes(critical, len(index))[rated],
        group=sections[rated],
    )
    return _score(given, size)


def review_score(
    ratings: Sequence[Rating],
    *,
    method: Method = "minmax",
    threshold: float = CRITICAL_THRESHOLD,
) -> ReviewScore:
    """The score of one review; the same arithmetic as :func:`review_scores`."""
    labels = {label: i for i, label in enumerate(dict.fromkeys(r.group for r in ratings))}
    scored = review_scores(
        np.zeros(len(ratings), np.int64),
        [np.nan if r.points is None else r.points for r in ratings],
        [r.scale_min for r in ratings],
        [r.scale_max for r in ratings],
        [r.weight for r in ratings],
        [_CODES[r.critical] for r in ratings],
        [_NO_GROUP if r.group is None else labels[r.group] for r in ratings],
        reviews=1,
        method=method,
        threshold=threshold,
    )
    return ReviewScore(
        score=_scalar(scored.score[0]),
        without_critical=_scalar(scored.without_critical[0]),
        critical_failed=bool(scored.critical_failed[0]),
        group_failed=bool(scored.group_failed[0]),
    )


_CODES: dict[str, int] = {"": 0, "group": 1, "review": 2}


def _critical_codes(critical: npt.ArrayLike | None, length: int) -> Ints:
    if critical is None:
        return np.zeros(length, np.int64)
    flags = np.asarray(critical)
    if flags.dtype.kind not in "iub":
        known = np.array([str(flag) for flag in flags])
        unknown = set(known.tolist()) - set(_CODES)
        if unknown:
            raise ValueError(f"critical must be '', 'group' or 'review', not {min(unknown)!r}.")
        flags = np.select([known == "group", known == "review"], [1, 2], 0)
    if len(flags) != length:
        raise ValueError(f"critical has {len(flags)} entries, the ratings {length}.")
    return flags.astype(np.int64)


def _check_scale(r: Floats, low: Floats, high: Floats, method: str) -> None:
    if method not in ("minmax", "max_ratio"):
        raise ValueError(f"method must be 'minmax' or 'max_ratio', not {method!r}.")
    rated = ~np.isnan(r)
    if not (high[rated] > low[rated]).all():
        raise ValueError("A scale's maximum must be above its minimum.")
    if method == "max_ratio" and not (high[rated] > 0).all():
        raise ValueError("Points over maximum needs scales with a maximum above 0.")
    outside = rated & ((r < low) | (r > high))
    if outside.any():
        i = int(np.argmax(outside))
        raise ValueError(f"points {r[i]:g} lie outside the scale {low[i]:g} to {high[i]:g}.")


@dataclass(frozen=True, slots=True)
class _Rated:
    """Flat arrays over ratings that are not N/A; below: under the critical threshold."""

    review: Ints
    percent: Floats
    below: Bools
    weight: Floats
    critical: Ints
    group: Ints


def _score(given: _Rated, size: int) -> ReviewScores:
    review_failing = given.below & (given.critical == _CODES["review"])
    group_failing = given.below & (given.critical == _CODES["group"])
    review_failed = np.bincount(given.review[review_failing], minlength=size) > 0
    group_failed = np.bincount(given.review[group_failing], minlength=size) > 0
    zeroed = _in_failed_group(given.review, given.group, group_failing)

    total = sums(given.review, given.weight, size)
    points = given.weight * given.percent
    plain = _ratio(sums(given.review, points, size), total)
    score = _ratio(sums(given.review, np.where(zeroed, 0.0, points), size), total)
    weightless = group_failed & np.isnan(score)
    score = np.where(review_failed | weightless, 0.0, score)
    return ReviewScores(score, plain, review_failed, group_failed)


def _in_failed_group(review: Ints, group: Ints, failing: Bools) -> Bools:
    """Ratings that count 0 because a group-critical category of their group failed."""
    if not failing.any():
        return failing
    width = int(group.max()) + 2
    key = review * width + group + 1
    in_group = failing & (group != _NO_GROUP)
    return np.asarray(failing | np.isin(key, key[in_group]), dtype=np.bool_)


def _ratio(values: Floats, total: Floats) -> Floats:
    out = np.full(len(total), np.nan)
    np.divide(values, total, out=out, where=total > 0)
    return out


def _scalar(value: float) -> float | None:
    return None if np.isnan(value) else float(value)

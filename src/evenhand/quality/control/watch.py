"""One weekly series under watch: what is usual, how far from it the last weeks are, and whether that is an alarm.

The usual level is the mean of up to 52 points; the up to 13 points after them are watched
by an EWMA of how many standard errors each lies from it. A point is a week, or as many
weeks as it takes to have four reviews, and more where scores are lopsided: no limit holds
for the mean of two scores of which nearly all are 100. Where weeks differ from each other by more than
chance in what was reviewed, all distances shrink accordingly (as in Laney's p' chart).
`tests/quality/simulate_alarms.py` measures how often it cries wolf.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Bools, Floats, Ints, finite, same_length, sums
from evenhand.quality.estimates.estimate import MINIMUM_N

from .arl import EWMA_WEIGHT
from .charts import ewma_chart
from .design import AlarmDesign, alarm_design

WATCHED = 13
BASELINE_MOST = 52
BASELINE_LEAST = 10
LARGEST_POINT = 32
# No week counts for more: one disaster among ten reviews is one disaster, a second week of it is a level.
FURTHEST = 4.0


@dataclass(frozen=True, slots=True)
class Points:
    """(k,) points: ``last`` week of each, by its index; how many reviews, and of equally weighted ones as
    many as tell the same; their mean; the spread of one review.
    """

    last: Ints
    n: Ints
    effective: Floats
    mean: Floats
    spread: Floats


@dataclass(frozen=True, slots=True)
class Watch:
    """A series, its usual level and its chart.

    points: all of them; the first ``baseline`` of the last ``baseline + len(ewma)`` set
    the usual level. missing: how many points more until it can be watched; while above 0
    there is neither level nor chart. ewma: (w,) of the watched points, in standard errors
    of a point; limit: how far it may be from 0. out: (w,) 1 above, -1 below, 0 within.
    """

    points: Points
    missing: int
    baseline: int = 0
    usual: float | None = None
    ewma: Floats | None = None
    limit: float | None = None
    out: Ints | None = None
    design: AlarmDesign | None = None

    @property
    def now(self) -> int:
        """1 where the newest point is above what is usual, -1 below, 0 where neither can be said."""
        return 0 if self.out is None else int(self.out[-1])

    @property
    def watched(self) -> int:
        return 0 if self.ewma is None else len(self.ewma)

    @property
    def since(self) -> int:
        """How many of the newest points are outside on one side without a break."""
        run = 0
        for side in [] if self.out is None else self.out[::-1].tolist():
            if side == 0 or side != self.now:
                break
            run += 1
        return run


def point_size(score: npt.ArrayLike) -> int:
    """How many reviews a point takes until the skewness of their mean is 1 or less, from 4 to 32.

    Four for scores as they usually are; a category that fails once in 30 takes all of the 32.
    """
    values = finite(score, "score")
    residuals = values - values.mean() if len(values) else values
    variance = float((residuals**2).mean()) if len(values) else 0.0
    if variance == 0.0:
        return LARGEST_POINT
    skewness = float((residuals**3).mean()) / math.sqrt(variance**3)
    return min(LARGEST_POINT, max(MINIMUM_N, math.ceil(skewness * skewness)))


def join_weeks(
    week: npt.ArrayLike, score: npt.ArrayLike, weight: npt.ArrayLike | None = None, size: int | None = None
) -> Points:
    """Points of ``size`` reviews or more; the newest reviews wait until they are enough.

    week: (n,) number of each review's week, from 0. score: (n,) on 0..100. weight: (n,)
    one over its chance of having been drawn; all alike if not given. size: by
    :func:`point_size` of the weeks that are not under watch, if not given; a fall at the
    end is not to hide itself as lopsidedness.
    """
    weeks, scores = np.asarray(week, np.int64), finite(score, "score")
    weights = np.ones(len(scores)) if weight is None else finite(weight, "weight")
    same_length(week=weeks, score=scores, weight=weights)
    ends = _ends(np.bincount(weeks), size or point_size(scores[_settled(weeks)]))
    point = np.searchsorted(ends, weeks)
    kept = point < len(ends)
    return _points(ends, point[kept], scores[kept], weights[kept])


def _settled(week: Ints) -> Bools:
    """Which reviews are older than the weeks under watch, or at least as old as half of all."""
    if not len(week):
        return np.zeros(0, np.bool_)
    return np.asarray(week <= max(float(week.max()) - WATCHED, float(np.median(week))), np.bool_)


def _ends(counts: Ints, size: int) -> Ints:
    ends, waiting = [], 0
    for week, reviews in enumerate(counts.tolist()):
        waiting += reviews
        if waiting >= size:
            ends.append(week)
            waiting = 0
    return np.array(ends, np.int64)


def _points(ends: Ints, point: Ints, score: Floats, weight: Floats) -> Points:
    k = len(ends)
    n, total = np.bincount(point, minlength=k), sums(point, weight, k)
    mean = sums(point, weight * score, k) / total
    variance = sums(point, weight * (score - mean[point]) ** 2, k) / total * n / np.maximum(n - 1, 1)
    return Points(ends, n, total**2 / sums(point, weight**2, k), mean, np.sqrt(variance))


def watch(points: Points, arl0: float, weight: float = EWMA_WEIGHT) -> Watch:
    """The newest points of a series against its usual level, with limits for the wanted ARL0 in points."""
    count = len(points.n)
    watched = min(WATCHED, count - BASELINE_LEAST)
    if watched < 1:
        return Watch(points, BASELINE_LEAST + 1 - count)
    baseline = min(BASELINE_MOST, count - watched)
    usual, unit = _usual(points, slice(count - watched - baseline, count - watched))
    design = alarm_design(arl0, baseline, weight)
    now = slice(count - watched, count)
    z = np.clip((points.mean[now] - usual) * np.sqrt(points.effective[now]) / unit, -FURTHEST, FURTHEST)
    chart = ewma_chart(z, design.limit, weight, fixed=True)
    out = np.where(chart.out, np.sign(chart.ewma), 0).astype(np.int64)
    return Watch(points, 0, baseline, usual, chart.ewma, float(chart.limit[0]), out, design)


def _usual(points: Points, where: slice) -> tuple[float, float]:
    """Mean of the baseline, and the spread that stands for one review in it.

    No less than what weeks show among each other, and no less than one review more at the
    far end of 0..100 would make it: where all were perfect, the next one need not be.
    """
    n, effective, mean = points.n[where], points.effective[where], points.mean[where]
    usual = float(effective @ mean / effective.sum())
    within = float((n - 1) @ points.spread[where] ** 2 / (n - 1).sum())
    between = float(effective @ (mean - usual) ** 2 / (len(n) - 1))
    unseen = max(usual, 100 - usual) ** 2 / float(n.sum() + 1)
    return usual, math.sqrt(max(within, between, unseen))

"""Many differences at once: the change of each of many small groups, and which of them stand.

Of 34 comparisons of which nothing changed, one or two have an interval that keeps clear of
0. A difference *stands* if it is still found after Benjamini and Hochberg's correction for
how many were made: at most one in twenty of those that stand is a chance find.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.quality.arrays import codes, finite, same_length, sums
from evenhand.quality.change import Change, t_change
from evenhand.quality.estimates import MINIMUM_N
from evenhand.quality.mix import GroupedSample
from evenhand.quality.multiplicity import Adjustment, adjust_pvalues
from evenhand.quality.quantiles import normal_below, z_two_sided

FALSE_FINDS = 0.05


def p_value(change: Change) -> float | None:
    """Two-sided p of a change: its own, or the one that its interval implies on the side of 0.

    None without a number. Below ``1 - level`` just where the interval keeps clear of 0.
    """
    if change.p is not None or change.value is None or change.low is None or change.high is None:
        return change.p
    if change.value == 0:
        return 1.0
    reach = change.value - change.low if change.value > 0 else change.high - change.value
    if reach <= 0:
        return 0.0
    return 2 * normal_below(-abs(change.value) / reach * z_two_sided(change.level))


def standing(changes: Sequence[Change], false_finds: float = FALSE_FINDS, method: Adjustment = "bh") -> list[bool]:
    """Which of the changes are found at that share of false finds; those without a number are not compared."""
    p = [p_value(change) for change in changes]
    compared = [value for value in p if value is not None]
    adjusted = iter(adjust_pvalues(compared, method).tolist() if compared else [])
    return [value is not None and next(adjusted) <= false_finds for value in p]


def group_changes(before: GroupedSample, after: GroupedSample, level: float = 0.95) -> dict[Hashable, Change]:
    """The change of each group's mean, later minus earlier, for groups that are in either period.

    The spread within groups is one pooled over all groups and both periods, because a
    handful of values says little about their own; t with its degrees of freedom. What
    was seen of a finite ``population`` is no longer in doubt. A group with fewer than
    four values in either period has no number, and none has where no spread was seen.
    """
    one, two = _means_of(before), _means_of(after)
    df = one.df + two.df
    pooled = (one.squares + two.squares) / df if df else 0.0
    found: dict[Hashable, Change] = {}
    for group in sorted(set(one.means) | set(two.means), key=str):
        n1, n2 = one.n.get(group, 0), two.n.get(group, 0)
        if min(n1, n2) < MINIMUM_N or pooled == 0.0:
            found[group] = Change(None, None, None, n1, n2, "pooled", level)
            continue
        se = math.sqrt(pooled * (one.unseen(group) / n1 + two.unseen(group) / n2))
        found[group] = t_change(two.means[group] - one.means[group], se, df, n1, n2, "pooled", level)
    return found


@dataclass(frozen=True, slots=True)
class _Means:
    """Means of one period's groups, and the squares around them."""

    means: dict[Hashable, float]
    n: dict[Hashable, int]
    squares: float
    df: int
    population: Mapping[Hashable, int] | None

    def unseen(self, group: Hashable) -> float:
        """Share of the group's frame that was not reviewed; 1 where there is no frame."""
        if self.population is None:
            return 1.0
        n, size = self.n[group], self.population.get(group, 0)
        if size < n:
            raise ValueError(f"Group {group!r} has {n} values of {size} in the frame.")
        return 1.0 - n / size


def _means_of(sample: GroupedSample) -> _Means:
    y = finite(sample.y, "y")
    labels, index = codes(sample.group, "group")
    same_length(y=y, group=index)
    names: list[Hashable] = labels.tolist()
    count = np.bincount(index, minlength=len(names)).astype(np.int64)
    mean = sums(index, y, len(names)) / count
    return _Means(
        dict(zip(names, mean.tolist(), strict=True)),
        dict(zip(names, count.tolist(), strict=True)),
        float(((y - mean[index]) ** 2).sum()),
        len(y) - len(names),
        sample.population,
    )

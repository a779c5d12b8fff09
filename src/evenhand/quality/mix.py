"""How much of a change is the groups, and how much is who did the work: direct standardisation.

A team's score rises when agents get better, and also when better agents take more of the
conversations. With W the shares of the groups in the frame and m their means, before (1)
and after (2)::

    Σ W₂ m₂ - Σ W₁ m₁  =  Σ V (m₂ - m₁)  +  Σ (W₂ - V) m₂ - Σ (W₁ - V) m₁
          total                groups                    mix

V is the fixed mix, the mean of both shares, so that neither period is favoured (Kitagawa
1955). All three are sums of group means with known coefficients, and so have intervals of
their own. A group that was reviewed in one period alone has no change: it is part of the
mix. Groups are agents, categories of conversations, channels: whatever partitions the frame.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, codes, finite, same_length, sums
from evenhand.quality.change import Change, t_change


@dataclass(frozen=True, slots=True)
class GroupedSample:
    """Values of one period by group.

    y: (n,) values. group: (n,) label of each. population: pairs of the frame in each
    group; None takes the values for all there is to describe, and their own shares.
    """

    y: npt.ArrayLike
    group: npt.ArrayLike
    population: Mapping[Hashable, int] | None = None


@dataclass(frozen=True, slots=True)
class MixChange:
    """A change, later minus earlier, in its two parts.

    total: of the means over the groups that were reviewed. groups: what it would have
    been with one fixed mix. mix: the rest, from the groups' shares. compared: share of both
    frames, 0..1, whose groups were reviewed in both periods. one_sided: those that were
    not, and are only in ``mix``.
    """

    total: Change
    groups: Change
    mix: Change
    compared: float
    one_sided: tuple[Hashable, ...]


def standardised_change(before: GroupedSample, after: GroupedSample, level: float = 0.95) -> MixChange | None:
    """Take the change of a mean apart; None where no group was reviewed in both periods.

    Groups' variances come from one pooled within each period, because an agent's own
    handful of reviews says little about their spread; t with the degrees of freedom of
    both. None too where no group has two values in a period, and where no spread was
    seen in either, as then there is no telling how sure the change is. Raises ValueError
    for values of a group that ``population`` does not know or that exceed it.
    """
    one, two = _period(before), _period(after)
    shared = sorted(set(one.means) & set(two.means), key=str)
    if not shared or one.df == 0 or two.df == 0 or (one.flat and two.flat):
        return None
    fixed = {group: (one.share[group] + two.share[group]) / 2 for group in shared}
    compared = sum(fixed.values())
    fixed = {group: value / compared for group, value in fixed.items()}

    def contrast(earlier: Mapping[Hashable, float], later: Mapping[Hashable, float]) -> Change:
        return _contrast(one, earlier, two, later, level)

    return MixChange(
        total=contrast(one.share, two.share),
        groups=contrast(fixed, fixed),
        mix=contrast(_minus(one.share, fixed), _minus(two.share, fixed)),
        compared=compared,
        one_sided=tuple(sorted(set(one.means) ^ set(two.means), key=str)),
    )


@dataclass(frozen=True, slots=True)
class _Period:
    """means, errors: mean and its variance of each group. share: of the frame, sums to 1.

    flat: no spread was seen, and not because every pair was.
    """

    means: dict[Hashable, float]
    errors: dict[Hashable, float]
    share: dict[Hashable, float]
    n: int
    df: int
    flat: bool


def _period(sample: GroupedSample) -> _Period:
    y = finite(sample.y, "y")
    labels, index = codes(sample.group, "group")
    n = same_length(y=y, group=index)
    count = np.bincount(index, minlength=len(labels)).astype(np.float64)
    names: list[Hashable] = labels.tolist()
    size = count if sample.population is None else _sizes(names, count, sample.population)
    mean = sums(index, y, len(names)) / count
    df = n - len(names)
    pooled = float(((y - mean[index]) ** 2).sum()) / df if df else 0.0
    unseen = np.ones(len(names)) if sample.population is None else 1.0 - count / size
    errors = unseen * pooled / count
    share = size / size.sum() if n else size
    return _Period(
        dict(zip(names, mean.tolist(), strict=True)),
        dict(zip(names, errors.tolist(), strict=True)),
        dict(zip(names, share.tolist(), strict=True)),
        n,
        df,
        pooled == 0.0 and bool((unseen > 0).any()),
    )


def _sizes(names: list[Hashable], count: Floats, population: Mapping[Hashable, int]) -> Floats:
    size = np.array([population.get(name, 0) for name in names], dtype=np.float64)
    if (count > size).any():
        at = int(np.argmax(count > size))
        raise ValueError(f"Group {names[at]!r} has {int(count[at])} values of {int(size[at])} in the frame.")
    return size


def _contrast(
    one: _Period, earlier: Mapping[Hashable, float], two: _Period, later: Mapping[Hashable, float], level: float
) -> Change:
    """``Σ later m₂ - Σ earlier m₁`` with its interval."""
    d = sum(c * two.means[g] for g, c in later.items()) - sum(c * one.means[g] for g, c in earlier.items())
    variance = sum(c**2 * two.errors[g] for g, c in later.items())
    variance += sum(c**2 * one.errors[g] for g, c in earlier.items())
    return t_change(d, math.sqrt(variance), one.df + two.df, one.n, two.n, "standardised", level)


def _minus(share: Mapping[Hashable, float], fixed: Mapping[Hashable, float]) -> dict[Hashable, float]:
    return {group: value - fixed.get(group, 0.0) for group, value in share.items()}

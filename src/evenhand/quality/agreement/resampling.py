"""Intervals by drawing conversations again.

Every statistic of this folder is a function of sums over conversations, so a resample
needs the sums alone: how often each *kind* of conversation came up, times what one of
the kind contributes. 500 conversations by 6 reviewers take 2,000 resamples in some
milliseconds, and two reviewers on five points have 15 kinds however many conversations.

Whole conversations are drawn, never single ratings: ratings of one conversation belong
together. Krippendorff's own bootstrap draws disagreements as if they did not, and is
known to hold the truth far too seldom. Sources: Efron & Tibshirani 1993 (percentile);
Efron 1987 (BCa, bias-corrected and accelerated).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from evenhand.quality.arrays import Floats, Ints
from evenhand.quality.estimates.estimate import ALL_EQUAL, MINIMUM_N, Estimate, no_number
from evenhand.quality.estimates.proportions import wilson_interval
from evenhand.quality.quantiles import check_level

# (B, K) sums over conversations -> (B,) values; NaN where the sums do not define one.
Statistic = Callable[[Floats], Floats]

REPLICATES = 2000
BCA_ABOVE = 50
SEED = 20240
# With more resamples than this lacking a value, the rest would flatter.
MOST_UNDEFINED = 0.05
LITTLE_SPREAD = "little_spread"
FLAT = 1e-12
_BLOCK = 4_000_000


def resampled(
    moments: Floats,
    statistic: Statistic,
    *,
    level: float = 0.95,
    seed: int = SEED,
    replicates: int = REPLICATES,
    lower: float = -1.0,
    upper: float = 1.0,
    by_chance: float | None = None,
) -> Estimate:
    """A statistic with its bootstrap interval: percentiles, and BCa above 50 conversations.

    moments: (U, K) what each conversation adds to the sums. lower, upper: between which
    the statistic lies by definition; that is the interval, under the note
    ``little_spread``, where more than 1 in 20 resamples define no value: nearly all
    answers were the same. No number for fewer than 4 conversations, and none (with the
    same note) where the sample itself defines no value.

    by_chance: the disagreement that chance would give, on 0..1. Where all conversations
    agree, so does every resample, and an interval from 1 to 1 would claim to know what
    so many conversations cannot tell: its lower end is then ``1 - (1 - w) / by_chance``
    with w, the lower end of Wilson's interval for n agreements of n (``envelope``).

    The same conversations give the same interval, in whatever order they come.
    """
    check_level(level)
    n = len(moments)
    if n < MINIMUM_N:
        return no_number(n, level=level)
    kinds, times = _kinds(moments)
    total: Floats = (times.astype(np.float64) @ kinds)[None, :]
    value = float(statistic(total)[0])
    if np.isnan(value):
        return Estimate(None, None, None, n, level=level, note=LITTLE_SPREAD)
    if by_chance and value > 1 - FLAT:
        limit = 1 - (1 - wilson_interval(1.0, n, level)[0]) / by_chance
        return Estimate(1.0, max(lower, limit), 1.0, n, se=0.0, method="envelope", level=level, note=ALL_EQUAL)
    found = np.concatenate([statistic(sums) for sums in _resamples(kinds, times, seed, replicates)])
    kept = found[~np.isnan(found)]
    if len(kept) < (1 - MOST_UNDEFINED) * len(found):
        return Estimate(value, lower, upper, n, level=level, note=LITTLE_SPREAD, method="bootstrap")
    tails, method = _tails(total, kinds, times, statistic, kept, value, level)
    low, high = (float(limit) for limit in np.quantile(kept, tails))
    return Estimate(value, min(low, value), max(high, value), n, se=float(kept.std(ddof=1)), method=method, level=level)


def _kinds(moments: Floats) -> tuple[Floats, Ints]:
    """Distinct rows in sorted order, and how many conversations have each."""
    kinds, times = np.unique(np.asarray(moments, np.float64), axis=0, return_counts=True)
    return kinds, times.astype(np.int64)


def _resamples(kinds: Floats, times: Ints, seed: int, replicates: int) -> Iterator[Floats]:
    """(b, K) sums of resamples, in blocks that fit the memory."""
    rng = np.random.default_rng(seed)
    n = int(times.sum())
    block = max(1, min(replicates, _BLOCK // len(kinds)))
    for start in range(0, replicates, block):
        drawn = rng.multinomial(n, times / n, size=min(block, replicates - start))
        yield drawn.astype(np.float64) @ kinds


def _tails(
    total: Floats, kinds: Floats, times: Ints, statistic: Statistic, kept: Floats, value: float, level: float
) -> tuple[list[float], str]:
    """At which quantiles of the resamples the interval ends, and the name of the rule."""
    plain = [(1 - level) / 2, (1 + level) / 2]
    if times.sum() <= BCA_ABOVE:
        return plain, "bootstrap"
    without = statistic(total - kinds)
    if np.isnan(without).any():
        return plain, "bootstrap"
    return _accelerated(without, times, kept, value, plain), "bca"


def _accelerated(without: Floats, times: Ints, kept: Floats, value: float, plain: list[float]) -> list[float]:
    """Efron's correction of the tails for bias and for a spread that changes with the value."""
    from scipy.special import ndtr, ndtri

    below = (np.count_nonzero(kept < value) + np.count_nonzero(kept == value) / 2) / len(kept)
    bias = float(ndtri(np.clip(below, 1 / len(kept), 1 - 1 / len(kept))))
    pull = (times @ without) / times.sum() - without
    squares = float(times @ pull**2)
    acceleration = float(times @ pull**3) / (6 * squares**1.5) if squares > 0 else 0.0
    at = bias + ndtri(np.array(plain))
    corrected: list[float] = ndtr(bias + at / (1 - acceleration * at)).tolist()
    return corrected

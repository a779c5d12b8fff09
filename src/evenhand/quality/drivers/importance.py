"""LMG importance, its bootstrap intervals, and how firmly the drivers keep their ranks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import factorial

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Bools, Floats, finite, same_length
from evenhand.quality.quantiles import check_level

from .logistic import mcfadden_r2
from .subsets import r2_of_subsets

MOST_DRIVERS = 12
# So many numbers at once stay in a processor's cache.
_CELLS = 16_384


@dataclass(frozen=True, slots=True)
class Importance:
    """share: (p,) part of R² that each driver has; they sum to r2. n: rows without a gap. kind: of R²."""

    share: Floats
    r2: float
    n: int
    kind: str = "r2"


@dataclass(frozen=True, slots=True)
class Stability:
    """Importance over resampled rows.

    low, high: (p,) percentile limits of each share. rank: (p,) of each driver, 1 the most
    important. keeps: (p,) share of samples in which it has just that rank. ranks: (p, p)
    share of samples in which driver i has rank j + 1.
    """

    importance: Importance
    low: Floats
    high: Floats
    rank: npt.NDArray[np.int64]
    keeps: Floats
    ranks: Floats
    samples: int
    level: float


def lmg(x: npt.ArrayLike, y: npt.ArrayLike, *, binary: bool = False) -> Importance:
    """How much of R² goes to each driver, averaged over all orders of entering.

    x: (n, p) with p from 1 to 12; rows with a gap are left out. y: (n,) answers; where
    ``binary``, 0 or 1 and R² McFadden's. Raises ValueError for too many drivers or fewer
    than p + 2 rows.
    """
    drivers, answers = _whole_rows(x, y, binary)
    once = np.ones((1, len(answers)))
    shares, r2 = _shares(drivers, answers, once, binary)
    return Importance(shares[0], float(r2[0]), len(answers), "mcfadden" if binary else "r2")


def lmg_bootstrap(
    x: npt.ArrayLike, y: npt.ArrayLike, *, binary: bool = False, samples: int = 2000, level: float = 0.95, seed: int = 0
) -> Stability:
    """The same with percentile intervals from resampled rows, and with the stability of ranks.

    ``binary`` fits ``2^p`` regressions a sample; some 200 samples do.
    """
    drivers, answers = _whole_rows(x, y, binary)
    found = lmg(drivers, answers, binary=binary)
    n = len(answers)
    times = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), samples).astype(np.float64)
    shares, _ = _shares(drivers, answers, times, binary)
    outside = (1 - check_level(level)) / 2
    low, high = np.quantile(shares, [outside, 1 - outside], axis=0)
    rank, drawn = _ranks(found.share[None])[0], _ranks(shares)
    ranks = (drawn[:, :, None] == np.arange(1, len(rank) + 1)).mean(axis=0)
    return Stability(found, low, high, rank, ranks[np.arange(len(rank)), rank - 1], ranks, samples, level)


def _whole_rows(x: npt.ArrayLike, y: npt.ArrayLike, binary: bool) -> tuple[Floats, Floats]:
    drivers, answers = np.asarray(x, np.float64), np.asarray(y, np.float64)
    if drivers.ndim != 2 or not 1 <= drivers.shape[1] <= MOST_DRIVERS:
        raise ValueError(f"Drivers must be a table of 1 to {MOST_DRIVERS} columns, not of shape {drivers.shape}.")
    same_length(x=drivers, y=answers)
    whole = ~(np.isnan(drivers).any(axis=1) | np.isnan(answers))
    drivers, answers = drivers[whole], finite(answers[whole], "y")
    if len(answers) < drivers.shape[1] + 2:
        raise ValueError(f"{drivers.shape[1]} drivers need {drivers.shape[1] + 2} rows without a gap or more.")
    if binary and not np.isin(answers, (0.0, 1.0)).all():
        raise ValueError("Answers of yes and no must be 0 or 1.")
    return drivers, answers


def _shares(x: Floats, y: Floats, times: Floats, binary: bool) -> tuple[Floats, Floats]:
    """(B, p) shares and (B,) R² for (B, n) counts of how often each row is in."""
    gain = _shapley(x.shape[1])
    if binary:
        r2 = mcfadden_r2(x, y, times, _members(x.shape[1]))
        return r2 @ gain, r2[:, -1]
    step = max(1, _CELLS // len(gain))
    parts = [r2_of_subsets(_covariances(x, y, times[i : i + step])) for i in range(0, len(times), step)]
    return np.concatenate([r2 @ gain for r2 in parts]), np.concatenate([r2[:, -1] for r2 in parts])


def _covariances(x: Floats, y: Floats, times: Floats) -> Floats:
    both = np.column_stack([x, y])
    both = both - both.mean(axis=0)
    p, total = both.shape[1], times.sum(axis=1)
    products = (both[:, :, None] * both[:, None, :]).reshape(len(both), p * p)
    mean = times @ both / total[:, None]
    return np.asarray((times @ products / total[:, None]).reshape(-1, p, p) - mean[:, :, None] * mean[:, None, :])


@lru_cache(maxsize=MOST_DRIVERS)
def _shapley(p: int) -> Floats:
    """(2^p, p): shares are R² of subsets times this. What j adds to a subset counts by the orders with it."""
    members = _members(p)
    size = members.sum(axis=1)
    before = np.array([factorial(s) * factorial(p - s - 1) / factorial(p) for s in range(p)] + [0.0])
    return np.asarray(np.where(members, before[size - 1][:, None], -before[size][:, None]))


def _members(p: int) -> Bools:
    """(2^p, p) which drivers are in each subset, in the order of :func:`r2_of_subsets`."""
    return np.asarray(np.arange(2**p)[:, None] >> np.arange(p) & 1, np.bool_)


def _ranks(shares: Floats) -> npt.NDArray[np.int64]:
    """(B, p) rank of each driver, 1 for the largest share."""
    return np.asarray(np.argsort(np.argsort(-shares, axis=1, kind="stable"), axis=1) + 1, np.int64)

"""Do two numbers go together: scores and what customers say, by conversation or by agent.

Sources: Fisher 1921 (interval of a correlation); Spearman 1904 (ranks, and the
attenuation of a correlation between unreliable measures); Kendall 1945 (tau-b).
"""

from __future__ import annotations

import math
from bisect import bisect_right, insort
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, floats, same_length
from evenhand.quality.estimates.estimate import Estimate
from evenhand.quality.quantiles import normal_below, t_p_value, z_two_sided

# A quadrant is named where it has this chance or more.
CLEAR = 0.8


@dataclass(frozen=True, slots=True)
class Correlation:
    """pearson: with its interval (Fisher's z) and two-sided p. spearman, kendall: of ranks (tau-b)."""

    pearson: float
    low: float
    high: float
    p: float
    spearman: float
    kendall: float
    n: int
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Disattenuated:
    """raw: as measured; show it first. corrected: between what is measured; None where that is not known."""

    raw: float
    corrected: float | None

    @property
    def is_reliability_unknown(self) -> bool:
        """A correlation beyond 1 says that the reliabilities are wrong, and nothing else."""
        return self.corrected is None


@dataclass(frozen=True, slots=True)
class Quadrants:
    """Chances, of sum 1, that a level lies high or low in score (first) and in CSAT (second)."""

    high_high: float
    high_low: float
    low_high: float
    low_low: float

    @property
    def clear(self) -> str:
        """The quadrant with a chance of .8 or more, by its name; empty where none has."""
        name = max(self.__slots__, key=lambda quadrant: float(getattr(self, quadrant)))
        return str(name) if getattr(self, name) >= CLEAR else ""


def correlation(x: npt.ArrayLike, y: npt.ArrayLike, level: float = 0.95) -> Correlation:
    """Correlation of (n,) pairs; those with a gap are left out.

    Raises ValueError for fewer than 4 pairs, or where either side is all alike.
    """
    first, second = floats(x, "x"), floats(y, "y")
    same_length(x=first, y=second)
    whole = ~(np.isnan(first) | np.isnan(second))
    a, b = first[whole], second[whole]
    n = len(a)
    if n < 4 or float(np.ptp(a)) == 0.0 or float(np.ptp(b)) == 0.0:
        raise ValueError("A correlation needs 4 pairs or more that differ on both sides.")
    r = _pearson(a, b)
    low, high = fisher_interval(r, n, level)
    t = r * math.sqrt((n - 2) / (1 - r * r)) if abs(r) < 1 else math.inf
    return Correlation(r, low, high, t_p_value(t, n - 2), _pearson(_ranks(a), _ranks(b)), _kendall(a, b), n, level)


def fisher_interval(r: float, n: int, level: float = 0.95) -> tuple[float, float]:
    """Interval of a correlation of n pairs: normal on the scale of ``atanh r``, with variance 1 / (n - 3)."""
    if abs(r) == 1.0:
        return r, r
    half = z_two_sided(level) / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)


def _pearson(a: Floats, b: Floats) -> float:
    return min(1.0, max(-1.0, float(np.corrcoef(a, b)[0, 1])))


def _ranks(values: Floats) -> Floats:
    """Ranks from 1; those that are alike share the middle of theirs."""
    _, index, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[index], np.float64)


def _kendall(a: Floats, b: Floats) -> float:
    """Tau-b: pairs in the same order less pairs in the other, over what ties leave (Knight 1966)."""
    order = np.lexsort((b, a))
    seen: list[float] = []
    other = 0
    for value in b[order].tolist():
        other += len(seen) - bisect_right(seen, value)
        insort(seen, value)
    every = len(a) * (len(a) - 1) // 2
    tied_a, tied_b, tied = _ties(a), _ties(b), _ties(np.column_stack([a, b]))
    return float((every - tied_a - tied_b + tied - 2 * other) / math.sqrt((every - tied_a) * (every - tied_b)))


def _ties(values: Floats) -> int:
    counts = np.unique(values, axis=0, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def disattenuate(r: float, rel_x: float, rel_y: float) -> Disattenuated:
    """The correlation of what two measures measure: ``r / sqrt(rel_x rel_y)``.

    rel_x, rel_y: reliabilities above 0, up to 1; ValueError otherwise.
    """
    if not (0 < rel_x <= 1 and 0 < rel_y <= 1):
        raise ValueError(f"Reliabilities lie above 0 and up to 1, not at {rel_x} and {rel_y}.")
    corrected = r / math.sqrt(rel_x * rel_y)
    return Disattenuated(r, corrected if abs(corrected) <= 1 else None)


def quadrant_probabilities(score: Estimate, csat: Estimate, score_cut: float, csat_cut: float) -> Quadrants:
    """Chances of the four quadrants for one agent or group.

    The cuts are the team's means or targets, never the middle of the sample. The errors
    of the two numbers are taken as independent. Raises ValueError without a number.
    """
    up, happy = chance_above(score, score_cut), chance_above(csat, csat_cut)
    return Quadrants(up * happy, up * (1 - happy), (1 - up) * happy, (1 - up) * (1 - happy))


def chance_above(estimate: Estimate, cut: float) -> float:
    """Chance that the level is above a cut: normal, as wide as the interval is on the cut's side."""
    value, low, high = estimate.value, estimate.low, estimate.high
    if value is None or low is None or high is None:
        raise ValueError("This estimate has no number.")
    if value == cut:
        return 0.5
    sd = (value - low if cut < value else high - value) / z_two_sided(estimate.level)
    return normal_below((value - cut) / sd) if sd > 0 else float(value > cut)

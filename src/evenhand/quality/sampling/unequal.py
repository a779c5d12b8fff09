"""Draws in which each unit has a chance of its own.

Reviews tell most where the machine is least sure of itself. How unsure it is may be
misjudged, so the chances are mixed with equal ones: no unit's falls below its share of
those, which bounds the weights.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, finite

from .allocation import smallest_n
from .draw import DESIGN_VERSION, Draw, Id, Rank, StratumDraw, check_frame, frame_fingerprint, ranker
from .strata import stratified_draw

UNIFORM = 0.5


def inclusion_probabilities(size: npt.ArrayLike, n: int) -> Floats:
    """Probabilities proportional to size that sum to n, none above 1.

    size: (N,) positive. Units whose share would exceed 1 are taken for certain and the
    rest is shared out again, until none does (Tillé 2006, 2.10).
    """
    measure = np.asarray(size, dtype=np.float64)
    if not (measure > 0).all() or not 0 < n <= len(measure):
        raise ValueError("Sizes must be above 0 and n between 1 and their number.")
    if n == len(measure):
        return np.ones(n)
    certain = np.zeros(len(measure), dtype=np.bool_)
    while True:
        pi = np.where(certain, 1.0, 0.0)
        rest = n - int(certain.sum())
        if rest == 0:
            return pi
        pi[~certain] = rest * measure[~certain] / measure[~certain].sum()
        over = (pi >= 1.0) & ~certain
        if not over.any():
            return pi
        certain |= over


def union_probability(probabilities: npt.ArrayLike) -> Floats:
    """Chance to be in at least one of several independent draws: ``1 - Π (1 - π)``.

    probabilities: (draws, units); 0 where a unit was not in a draw's frame. Where a draw
    passed over units that earlier draws took, its probability for the others, given that
    they were not taken, gives the same formula.
    """
    p = np.atleast_2d(np.asarray(probabilities, dtype=np.float64))
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("Probabilities must lie between 0 and 1.")
    return np.asarray(1.0 - np.prod(1.0 - p, axis=0), dtype=np.float64)


def uncertainty_probabilities(uncertainty: npt.ArrayLike, n: int, uniform: float = UNIFORM) -> Floats:
    """Chances that sum to n: ``(1 - τ) n u / Σu + τ n / N``, none above 1 and none below ``τ n / N``.

    uncertainty: (N,) how unsure the machine is of each unit, 0 or more, on any scale.
    uniform: τ, the part of the draw that has equal chances, above 0 and at most 1.
    Sources: Zrnic & Candès 2024 (active inference); :func:`inclusion_probabilities` caps.
    """
    u = finite(uncertainty, "uncertainty")
    if not ((u >= 0).all() and 0 < uniform <= 1 and 0 < n <= len(u)):
        raise ValueError("Uncertainty is 0 or more, uniform above 0 and at most 1, and n no more than the frame holds.")
    total = float(u.sum())
    share = u / total if total > 0 else np.full(len(u), 1 / len(u))
    return inclusion_probabilities((1 - uniform) * share + uniform / len(u), n)


def uncertainty_draw(uncertainty: Mapping[Id, float], n: int, seed: int, *, uniform: float = UNIFORM) -> Draw[Id]:
    """n units, more of those that the machine is less sure of; all of the frame where n is larger.

    uncertainty: of each unit of the frame; see :func:`uncertainty_probabilities`, as for
    uniform. Randomised systematic sampling (Madow 1949; Tillé 2006, 7.1): units in the
    order of their numbers, chances laid end to end, and the units taken on which
    ``start, start + 1, …`` fall. ``start`` is the first 53 bits of the number of the id
    ``start`` in the stratum ``start``, as a fraction. The drawn are then put into the
    order of their numbers in the stratum ``order``, so that the first k are as random.
    """
    ids = list(uncertainty)
    check_frame(ids, n)
    fingerprint = frame_fingerprint(ids)
    rank = ranker("uncertainty", seed, fingerprint)
    chance = _chances(uncertainty, n, uniform, rank)
    taken = sorted(_systematic(chance, min(n, len(ids)), rank), key=lambda unit: rank("order", unit))
    return _finished("uncertainty", seed, fingerprint, taken, [chance[unit] for unit in taken], len(ids))


def guaranteed_draw(
    frame: Mapping[Id, str],
    uncertainty: Mapping[Id, float],
    n: int,
    seed: int,
    *,
    minimum: int = 4,
    uniform: float = UNIFORM,
) -> Draw[Id]:
    """``minimum`` of every stratum (agent) with equal chances, and an independent :func:`uncertainty_draw` of n.

    The chance to be in either is ``1 - (1 - π₁)(1 - π₂)``. What both take is taken once,
    so the draw holds at most n and every stratum's minimum.
    """
    if set(frame) != set(uncertainty):
        raise ValueError("Every unit of the frame needs its uncertainty, and no other.")
    first: Draw[Id] = stratified_draw(frame, smallest_n(Counter(frame.values()), minimum), seed, minimum=minimum)
    second: Draw[Id] = uncertainty_draw(uncertainty, n, seed, uniform=uniform)
    wanted = {stratum.stratum: stratum.probability for stratum in first.strata}
    chance = _chances(uncertainty, n, uniform, ranker("uncertainty", seed, first.fingerprint))
    rank = ranker("guaranteed", seed, first.fingerprint)
    in_either: list[Id] = list(dict.fromkeys(first.ids + second.ids))
    taken = sorted(in_either, key=lambda unit: rank("order", unit))
    union = union_probability([[wanted[frame[unit]] for unit in taken], [chance[unit] for unit in taken]])
    return _finished("guaranteed", seed, first.fingerprint, taken, union.tolist(), len(frame))


def _chances(uncertainty: Mapping[Id, float], n: int, uniform: float, rank: Rank) -> dict[Id, float]:
    """Each unit's chance, in the order of the units' numbers: the frame's own order plays no part."""
    ordered = sorted(uncertainty, key=lambda unit: rank("", unit))
    pi = uncertainty_probabilities([uncertainty[unit] for unit in ordered], min(n, len(ordered)), uniform)
    return dict(zip(ordered, pi.tolist(), strict=True))


def _systematic(chances: Mapping[Id, float], n: int, rank: Rank) -> list[Id]:
    """What is certain, and one unit for each whole step along the chances of the others."""
    certain = [unit for unit, chance in chances.items() if chance >= 1.0]
    rest = [(unit, chance) for unit, chance in chances.items() if chance < 1.0]
    ends = list(accumulate(chance for _, chance in rest))
    start = (int.from_bytes(rank("start", "start")[:8], "big") >> 11) / 2**53
    steps = (min(bisect_right(ends, start + step), len(rest) - 1) for step in range(n - len(certain)))
    return certain + [rest[at][0] for at in steps]


def _finished(
    design: str, seed: int, fingerprint: str, taken: Sequence[Id], chance: Sequence[float], population: int
) -> Draw[Id]:
    strata = (StratumDraw("", population, len(taken)),)
    labels = ("",) * len(taken)
    return Draw(design, DESIGN_VERSION, seed, fingerprint, tuple(taken), labels, tuple(chance), strata)

"""Average run lengths of charts on independent standard normal numbers.

EWMA and CUSUM by the integral equation of the run length, solved at the nodes of a
Gauss-Legendre rule (Crowder 1987; Vance 1986), as R's package spc does; the two-sided
CUSUM from its two sides (Van Dobben de Bruyn 1968). Limits for a wanted ARL0 by
bisection: each run length grows with its limit.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats
from evenhand.quality.quantiles import z_two_sided

EWMA_WEIGHT = 0.2
CUSUM_REFERENCE = 0.5

_NODES = 64
_SHORTEST, _LONGEST = 2.0, 1e8


def ewma_arl(limit: float, weight: float = EWMA_WEIGHT, shift: npt.ArrayLike = 0.0) -> Floats:
    """ARL of the two-sided EWMA ``e = (1 - weight) e + weight z`` with fixed limits, from 0.

    limit: L, in standard deviations of the EWMA in the long run. shift: one or more true
    means of z. Returns an array of shift's shape, in weeks. Lucas & Saccucci (1990): 500
    for weight .2 and L 2.962. Raises ValueError for a weight outside 0..1 or a limit
    that is not above 0.
    """
    _check(weight, limit)
    mean = np.asarray(shift, np.float64)
    bound = limit * math.sqrt(weight / (2 - weight))
    nodes, weights = _rule(-bound, bound)
    starts = np.concatenate([[0.0], nodes])
    steps = (nodes - (1 - weight) * starts[:, None]) / weight
    arrive = _density(steps - mean.reshape(-1, 1, 1)) * weights / weight
    return _from_zero(arrive).reshape(mean.shape)


def ewma_limit(arl0: float, weight: float = EWMA_WEIGHT) -> float:
    """L for which an unchanged series raises an alarm every ``arl0`` weeks on average."""
    return limit_for(lambda limit: float(ewma_arl(limit, weight)), arl0)


def cusum_arl(h: float, k: float = CUSUM_REFERENCE, shift: npt.ArrayLike = 0.0) -> Floats:
    """ARL of the two-sided CUSUM with reference value k and limit h, from 0.

    shift: one or more true means of z; an array of its shape comes back. Montgomery: 168
    for h 4, 465 for h 5, both with k .5. Raises ValueError where h or k is not above 0.
    """
    if not (h > 0 and k > 0):
        raise ValueError(f"h and k must be above 0, not {h} and {k}.")
    mean = np.asarray(shift, np.float64)
    upper, lower = _one_sided(h, k, mean), _one_sided(h, k, -mean)
    return np.asarray(1 / (1 / upper + 1 / lower))


def cusum_limit(arl0: float, k: float = CUSUM_REFERENCE) -> float:
    """h for which an unchanged series raises an alarm every ``arl0`` weeks on average."""
    return limit_for(lambda h: float(cusum_arl(h, k)), arl0)


def shewhart_arl(limit: float, shift: npt.ArrayLike = 0.0) -> Floats:
    """ARL of a chart that looks at each z alone: 370 for ±3."""
    from scipy.special import ndtr

    mean = np.asarray(shift, np.float64)
    return np.asarray(1 / (ndtr(-limit - mean) + ndtr(mean - limit)), np.float64)


def shewhart_limit(arl0: float) -> float:
    """The limit on |z| that chance passes once in ``arl0`` weeks."""
    if arl0 <= 1:
        raise ValueError(f"An average run length must be above 1, not {arl0}.")
    return z_two_sided(1 - 1 / arl0)


def _one_sided(h: float, k: float, mean: Floats) -> Floats:
    """ARL of ``s = max(0, s + z - k)`` until s passes h; it may rest at 0, which is a state of its own."""
    from scipy.special import ndtr

    nodes, weights = _rule(0.0, h)
    starts = np.concatenate([[0.0], nodes])
    shift = mean.reshape(-1, 1, 1)
    rest = ndtr(k - starts[:, None] - shift)
    move = _density(nodes + k - starts[:, None] - shift) * weights
    return _solve(np.concatenate([rest, move], axis=2)).reshape(mean.shape)


def _from_zero(arrive: Floats) -> Floats:
    """ARL from 0, where 0 is a start and no node: its row is the first, and no column is its."""
    return _solve(np.concatenate([np.zeros((*arrive.shape[:2], 1)), arrive], axis=2))


def _solve(chance: Floats) -> Floats:
    """(S,) run lengths from the first state, for (S, n, n) chances to go from state to state."""
    n = chance.shape[-1]
    lengths = np.linalg.solve(np.eye(n) - chance, np.ones((chance.shape[0], n, 1)))
    return np.asarray(lengths[:, 0, 0], np.float64)


def limit_for(arl: Callable[[float], float], wanted: float) -> float:
    """The limit at which a run length that grows with its limit is the wanted one."""
    if not _SHORTEST <= wanted <= _LONGEST:
        raise ValueError(f"A wanted run length must lie in {_SHORTEST:g}..{_LONGEST:g}, not be {wanted}.")
    low, high = 0.0, 1.0
    while arl(high) < wanted:
        low, high = high, 2 * high
    while high - low > 1e-8:
        middle = (low + high) / 2
        low, high = (middle, high) if arl(middle) < wanted else (low, middle)
    return high


def _check(weight: float, limit: float) -> None:
    if not (0 < weight <= 1 and limit > 0):
        raise ValueError(f"The weight must lie in 0..1 and the limit be above 0, not {weight} and {limit}.")


@lru_cache(maxsize=1)
def _unit_rule() -> tuple[Floats, Floats]:
    return np.polynomial.legendre.leggauss(_NODES)


def _rule(low: float, high: float) -> tuple[Floats, Floats]:
    nodes, weights = _unit_rule()
    return (low + high + (high - low) * nodes) / 2, (high - low) / 2 * weights


def _density(x: Floats) -> Floats:
    return np.asarray(np.exp(-x * x / 2) / math.sqrt(2 * math.pi))

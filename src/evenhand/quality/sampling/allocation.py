"""How many of each stratum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from evenhand.quality.arrays import Floats

Allocation = Literal["proportional", "neyman"]


def allocate(
    n: int,
    pop_size: Mapping[str, int],
    *,
    method: Allocation = "proportional",
    sigma: Mapping[str, float] | None = None,
    min_n: int = 0,
) -> dict[str, int]:
    """How many of n units each stratum gets; no more than it has, no fewer than min_n.

    ``"proportional"`` to size, or ``"neyman"``: to size times ``sigma``, the spread
    within the stratum (Neyman 1934). Whole numbers by largest remainder; ties go to the
    label that sorts first, so the order of the mapping plays no part. Raises ValueError
    where n exceeds the frame or falls short of the minimum.
    """
    labels = sorted(pop_size)
    total, least = sum(pop_size.values()), smallest_n(pop_size, min_n)
    if n > total:
        raise ValueError(f"{n} units cannot be drawn from {total}.")
    if n < least:
        raise ValueError(f"{n} units are too few for {min_n} of each of {len(labels)} strata; it takes {least}.")
    sizes = np.array([pop_size[label] for label in labels], dtype=np.float64)
    measure = sizes * _spread(labels, sizes, method, sigma)
    floor = np.minimum(sizes, float(min_n))
    return dict(zip(labels, _largest_remainder(n, measure, floor, sizes), strict=True))


def smallest_n(pop_size: Mapping[str, int], min_n: int) -> int:
    """The fewest units that give every stratum its minimum, or all that it has."""
    return sum(min(size, min_n) for size in pop_size.values())


def _spread(labels: list[str], sizes: Floats, method: Allocation, sigma: Mapping[str, float] | None) -> Floats:
    if method == "proportional":
        return np.ones(len(sizes))
    if method != "neyman" or sigma is None:
        raise ValueError("method must be 'proportional', or 'neyman' with a sigma for every stratum.")
    return np.array([sigma[label] for label in labels], dtype=np.float64)


def _largest_remainder(n: int, measure: Floats, floor: Floats, cap: Floats) -> list[int]:
    """Whole numbers nearest to shares of n by measure, within floor and cap."""
    share = _bounded_shares(float(n), measure, floor, cap)
    whole = np.floor(share + 1e-9)
    missing = n - int(whole.sum())
    remainder = np.where(whole < cap, share - whole, -np.inf)
    for i in np.argsort(-np.round(remainder, 9), kind="stable")[:missing]:
        whole[i] += 1
    return [int(count) for count in whole]


def _bounded_shares(n: float, measure: Floats, floor: Floats, cap: Floats) -> Floats:
    """``clip(t * measure, floor, cap)`` with the t that makes it sum to n, by bisection."""
    if not (measure > 0).all():
        measure = measure + 1e-12 * max(float(measure.max(initial=0.0)), 1.0)
    low, high = 0.0, float((cap / measure).max())
    for _ in range(200):
        middle = (low + high) / 2
        if float(np.clip(middle * measure, floor, cap).sum()) < n:
            low = middle
        else:
            high = middle
    return np.asarray(np.clip(high * measure, floor, cap), dtype=np.float64)

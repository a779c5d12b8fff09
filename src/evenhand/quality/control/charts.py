"""Series against their limits: exponentially weighted, one by one, and shares of yes and no."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Bools, Floats, finite, same_length

from .arl import EWMA_WEIGHT


@dataclass(frozen=True, slots=True)
class EwmaChart:
    """ewma: (n,) smoothed series. limit: (n,) how far from 0 it may be. out: (n,) where it is further."""

    ewma: Floats
    limit: Floats
    out: Bools


@dataclass(frozen=True, slots=True)
class PChart:
    """Shares on 0..1. center: of all together. share, lcl, ucl, out: (n,) by week."""

    center: float
    share: Floats
    lcl: Floats
    ucl: Floats
    out: Bools


def ewma_chart(z: npt.ArrayLike, limit: float, weight: float = EWMA_WEIGHT, *, fixed: bool = False) -> EwmaChart:
    """EWMA of (n,) standardised numbers from 0, in order, with limits ± L standard deviations.

    limit: L. The limits are exact for each week, narrow at first (Montgomery); ``fixed``
    ones are those of the long run, for which :func:`~evenhand.quality.control.ewma_arl`
    holds.
    """
    values = finite(z, "z")
    smooth, level = np.empty(len(values)), 0.0
    for i, value in enumerate(values.tolist()):
        level = (1 - weight) * level + weight * value
        smooth[i] = level
    grown = 1.0 if fixed else 1 - (1 - weight) ** (2 * np.arange(1, len(values) + 1))
    limits = np.broadcast_to(limit * np.sqrt(weight / (2 - weight) * grown), smooth.shape)
    return EwmaChart(smooth, limits, np.abs(smooth) > limits)


def shewhart_chart(z: npt.ArrayLike, limit: float = 3.0) -> Bools:
    """(n,) where a single standardised number passes ± limit."""
    return np.asarray(np.abs(finite(z, "z")) > limit)


def p_chart(fails: npt.ArrayLike, n: npt.ArrayLike, limit: float = 3.0) -> PChart:
    """Chart of (n,) shares with different numbers behind them (Montgomery).

    Limits are ``center ± limit sqrt(center (1 - center) / n)``, kept within 0..1. Raises
    ValueError where a week has nothing behind it, or more failures than cases.
    """
    x, size = finite(fails, "fails"), finite(n, "n")
    if same_length(fails=x, n=size) == 0 or not ((x >= 0) & (x <= size) & (size > 0)).all():
        raise ValueError("Each week needs one case or more, and no more failures than cases.")
    center, share = float(x.sum() / size.sum()), x / size
    half = limit * math.sqrt(center * (1 - center)) / np.sqrt(size)
    lcl, ucl = np.maximum(center - half, 0.0), np.minimum(center + half, 1.0)
    return PChart(center, share, lcl, ucl, (share < lcl) | (share > ucl))

"""A sample that falls into cells, its weighted mean and the variance of that mean.

A *cell* is a part of the frame inside which the sample is a simple random one. Every
design of the product is a case of this: one cell is a simple random sample, one cell a
stratum is a stratified one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.quality.arrays import Bools, Floats, Ints, sums

OWN_SHAPE_FROM = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """n sampled units in C cells.

    y: (n,) values. weight: (n,) share of the frame that each unit stands for; sums to 1.
    cell: (n,) index of the unit's cell. fraction: (C,) share of each cell that was
    sampled, 0 where the cell's size is unknown.
    """

    y: Floats
    weight: Floats
    cell: Ints
    fraction: Floats

    @property
    def n(self) -> int:
        return len(self.y)

    @property
    def counts(self) -> Ints:
        return np.bincount(self.cell, minlength=len(self.fraction)).astype(np.int64)

    @property
    def mean(self) -> float:
        return float(self.y @ self.weight)

    @property
    def effective_n(self) -> float:
        """Kish's effective size: n for equal weights, less for unequal ones."""
        return 1.0 / float(self.weight @ self.weight)

    def cell_means(self) -> Floats:
        """(C,) weighted mean of each cell."""
        size = len(self.fraction)
        total = sums(self.cell, self.weight, size)
        return sums(self.cell, self.weight * self.y, size) / np.where(total > 0, total, 1.0)


@dataclass(frozen=True, slots=True)
class Variance:
    """The variance of a sample's mean.

    value: the variance. df: Satterthwaite's degrees of freedom. unit: (C,) variance of
    one unit of each cell, 0 for cells that were sampled whole and add nothing.
    """

    value: float
    df: float
    unit: Floats


def variance(sample: Sample) -> Variance:
    """Variance of the weighted mean: ``Σ_c (1 - f_c) s²_c Σ_{i in c} w_i²``.

    With one cell this is ``(1 - f) s² / n``, with strata as cells the textbook
    stratified variance (Särndal, Swensson & Wretman 1992, 3.7). df after Satterthwaite
    1946: few where most of the variance comes from a cell of few units.
    """
    df = np.where(partial(sample), sample.counts - 1.0, 0.0)
    unit = over(squares(sample), df)
    part = unit * shares(sample)
    total = float(part.sum())
    spread = float(over(part**2, df).sum())
    return Variance(total, total**2 / spread if spread > 0 else float(df.sum()), unit)


def partial(sample: Sample) -> Bools:
    """(C,) which cells were sampled, and not whole."""
    return (sample.fraction < 1.0) & (sample.counts > 0)


def squares(sample: Sample) -> Floats:
    """(C,) sums of squares about the cells' means."""
    return sums(sample.cell, residuals(sample) ** 2, len(sample.fraction))


def residuals(sample: Sample) -> Floats:
    """(n,) values minus their cell's mean; exactly 0 where only rounding is left."""
    residual = sample.y - sample.cell_means()[sample.cell]
    noise = 1e-10 * (1.0 + float(np.abs(sample.y).max(initial=0.0)))
    return np.where(np.abs(residual) > noise, residual, 0.0)


def shape_groups(sample: Sample) -> Ints:
    """(C,) which cells lend each other the shape of their errors; -1 for whole cells.

    A handful of values says nothing about skewness, so cells with fewer than ten share
    group 0; larger ones have their own. Every cell keeps its own mean and variance.
    """
    wanted, large = partial(sample), sample.counts >= OWN_SHAPE_FROM
    own = np.cumsum(wanted & large)
    return np.where(wanted, np.where(large, own, 0), -1).astype(np.int64)


def shares(sample: Sample) -> Floats:
    """(C,) ``(1 - f_c) Σ_{i in c} w_i²``: what a unit variance of 1 adds to the mean's."""
    return (1.0 - sample.fraction) * sums(sample.cell, sample.weight**2, len(sample.fraction))


def all_in(y: Floats, lower: float, upper: float) -> bool:
    """Whether every value is one of the two ends of the scale: a yes or a no."""
    ends: Bools = (y == lower) | (y == upper)
    return bool(ends.all())


def over(a: Floats, b: Floats) -> Floats:
    """a / b, and 0 where b is not above 0."""
    out = np.zeros(len(a))
    np.divide(a, b, out=out, where=b > 0)
    return out

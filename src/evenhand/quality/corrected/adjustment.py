"""The regression estimator for a sample in cells: any draws, any number of machine scores.

The frame's mean is ``Σ_c W_c [ȳ_c + β'(X̄_c - x̄_c)]`` with one β for all cells: the
*combined* regression estimator (Cochran 1977, 7.10), where a cell counts for β as much as
it does for the variance. It is a weighted least-squares fit of cell intercepts and slopes, so
its errors have the residuals and leverages of one: with a single cell everything here is
:func:`~.greg.greg_mean`, HC3 and all.

    V = m/(m - 1) Σ_c (1 - f_c)(1 - 1/n_c) Σ_{i in c} (w_i g_i e_i / (1 - h_i))²

is the stratified delete-one jackknife, times m/(m - 1) for the m units of cells that were
not reviewed whole, which makes one cell equal HC3. Without the factor ``1 - 1/n_c`` cells
of two reviews would count double.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.quality.arrays import Floats, sums
from evenhand.quality.estimates.cells import Sample, over, partial

from .regression import LARGEST_LEVERAGE


@dataclass(frozen=True, slots=True)
class Adjustment:
    """value: corrected mean. variance, df: of it (Satterthwaite, one less a slope).

    slope: (p,) of each column, 0 where it does not vary within cells. rho: multiple
    correlation of y with the columns within cells, signed by the slope if there is one.
    rank: columns that count. leverage: the largest of a unit in a cell not reviewed whole.
    """

    value: float
    variance: float
    df: float
    slope: Floats
    rho: float
    rank: int
    leverage: float

    @property
    def stands(self) -> bool:
        """Whether there is a slope, and it hangs on more than one review."""
        return self.rank > 0 and self.leverage < LARGEST_LEVERAGE


def adjust(sample: Sample, x: Floats, x_frame: Floats) -> Adjustment:
    """Correct the mean of a sample by columns whose mean is known in every cell.

    x: (n, p) of the sampled units. x_frame: (C, p) means of the sample's cells in the frame.
    """
    cell, share = sample.cell, sums(sample.cell, sample.weight, len(sample.fraction))
    x_cell = _cell_means(sample, x, share)
    z = x - x_cell[cell]
    z[:, ~_varies(z, x)] = 0.0
    weight = sample.weight * _pull(sample, share)[cell]
    inverse, rank = _inverse((z * weight[:, None]).T @ z)
    away = share @ (x_frame - x_cell)
    dy = sample.y - sample.cell_means()[cell]
    slope = inverse @ (z.T @ (weight * dy))
    residual = dy - z @ slope
    final = sample.weight + weight * (z @ (inverse @ away))
    leverage = sample.weight / share[cell] + weight * np.einsum("ij,jk,ik->i", z, inverse, z)
    parts = _parts(sample, residual, final, leverage)
    variance = float(parts.sum())
    spread = float(over(parts**2, sample.counts.astype(np.float64) - 1).sum())
    open_ended = partial(sample)[cell]
    return Adjustment(
        value=sample.mean + float(slope @ away),
        variance=variance,
        df=max(variance**2 / spread - rank, 1.0) if spread > 0 else 1.0,
        slope=slope,
        rho=_correlation(weight, dy, residual, slope),
        rank=rank,
        leverage=float(leverage[open_ended].max(initial=0.0)),
    )


def _cell_means(sample: Sample, x: Floats, share: Floats) -> Floats:
    """(C, p) weighted means of the columns in each cell."""
    columns = [sums(sample.cell, sample.weight * column, len(share)) for column in x.T]
    return np.stack(columns, axis=1) / np.where(share > 0, share, 1.0)[:, None]


def _varies(z: Floats, x: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """(p,) which columns vary within cells by more than rounding."""
    noise = 1e-10 * np.abs(x).max(axis=0, initial=0.0)
    return np.asarray(np.abs(z).max(axis=0, initial=0.0) > noise)


def _pull(sample: Sample, share: Floats) -> Floats:
    """(C,) what a unit of weight in a cell counts for the slope: ``W_c (1 - f_c) / n_c``.

    With n_c - 1 the variance would be least; with n_c cells of two reviews pull less, and
    a cell split into equal parts stays what it was.
    """
    return np.where(partial(sample), share * (1 - sample.fraction) / np.maximum(sample.counts, 1.0), 0.0)


def _inverse(square: Floats) -> tuple[Floats, int]:
    """The generalised inverse of a cross-product matrix, and its rank; free of the columns' scales."""
    scale = np.sqrt(np.diag(square))
    unit = np.where(scale > 0, 1 / np.where(scale > 0, scale, 1.0), 0.0)
    values, vectors = np.linalg.eigh(square * np.outer(unit, unit))
    kept = values > 1e-10 * len(values)
    inverse = (vectors[:, kept] / values[kept]) @ vectors[:, kept].T
    return inverse * np.outer(unit, unit), int(kept.sum())


def _parts(sample: Sample, residual: Floats, final: Floats, leverage: Floats) -> Floats:
    """(C,) what each cell adds to the variance."""
    wanted, cell = partial(sample), sample.cell
    noise = 1e-10 * float(np.abs(sample.y).max(initial=0.0))
    clean = np.where(np.abs(residual) > noise, residual, 0.0)
    error = final * clean / (1 - np.minimum(leverage, LARGEST_LEVERAGE))
    squares = sums(cell, np.where(wanted[cell], error**2, 0.0), len(wanted))
    m = float(sample.counts[wanted].sum())
    scale = (1 - sample.fraction) * (1 - 1 / np.maximum(sample.counts, 1.0)) * m / max(m - 1, 1.0)
    return np.where(wanted, scale * squares, 0.0)


def _correlation(weight: Floats, dy: Floats, residual: Floats, slope: Floats) -> float:
    whole = float(weight @ dy**2)
    if whole <= 0:
        return 0.0
    rho = float(np.sqrt(max(0.0, 1 - float(weight @ residual**2) / whole)))
    return -rho if len(slope) == 1 and slope[0] < 0 else rho

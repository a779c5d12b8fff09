"""R² of every subset of drivers, for many correlation matrices at once.

Drivers are taken in or left out one after the other. Taking one in sweeps it out of the
covariance of those still to come (one step of a Cholesky decomposition), so subsets share
all the work of what they have in common: about ``6 · 2^p`` operations instead of
``2^p p³ / 3``.
"""

from __future__ import annotations

import numpy as np

from evenhand.quality.arrays import Floats

# Of a driver's variance, what must be left when others explain the rest; below, it is one of theirs.
_TOLERANCE = 1e-10


def r2_of_subsets(covariance: Floats) -> Floats:
    """(B, 2^p) R² of the last of p + 1 variables on each subset of the others.

    covariance: (B, p + 1, p + 1). Bit j of a subset's number says whether driver j is in.
    A driver without variance, or one that others determine, adds nothing.
    """
    scale = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    scale = np.where(scale > 0, scale, 1.0)
    # Samples come last in memory, so that each step is a few operations on long rows.
    left = np.ascontiguousarray((covariance / scale[:, :, None] / scale[:, None, :]).transpose(1, 2, 0))[:, :, None]
    total = left[-1, -1, 0]
    for _ in range(len(left) - 1):
        left = np.concatenate([left[1:, 1:], _swept(left)], axis=2)
    return np.asarray(np.where(total > 0, 1 - left[0, 0] / np.where(total > 0, total, 1), 0.0).T)


def _swept(left: Floats) -> Floats:
    """What the first variable leaves of the covariance of the others: its Schur complement."""
    pivot, column = left[0, 0], left[0, 1:]
    gain = np.where(pivot > _TOLERANCE, 1 / np.where(pivot > _TOLERANCE, pivot, 1), 0.0) * column
    return np.asarray(left[1:, 1:] - gain[:, None] * column)

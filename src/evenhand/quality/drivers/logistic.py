"""McFadden's R² of every subset of drivers, for answers of yes and no.

All subsets are fitted at once by Newton's method; a driver that is out has its row and
column of the information matrix replaced by those of the unit matrix.
"""

from __future__ import annotations

import numpy as np

from evenhand.quality.arrays import Bools, Floats

_STEPS = 25
_ENOUGH = 1e-9
_FURTHEST = 4.0
# Against drivers that tell the answers apart without error: their coefficients would have no end.
_RIDGE = 1e-6
_CELLS = 1_000_000


def mcfadden_r2(x: Floats, y: Floats, times: Floats, subsets: Bools) -> Floats:
    """(B, S) ``1 - log L / log L of the mean alone`` of logistic regressions on subsets of drivers.

    x: (n, p) drivers. y: (n,) 0 or 1. times: (B, n) how often each row counts. subsets:
    (S, p) which drivers are in. 0 where all answers are alike.
    """
    scale = x.std(axis=0)
    design = np.column_stack([np.ones(len(y)), (x - x.mean(axis=0)) / np.where(scale > 0, scale, 1.0)])
    inside = np.column_stack([np.ones(len(subsets), np.bool_), subsets])
    step = max(1, _CELLS // (len(y) * design.shape[1]))
    parts = [_fits(design, y, times, inside[i : i + step]) for i in range(0, len(inside), step)]
    mean = times @ y / times.sum(axis=1)
    mixed = (mean > 0) & (mean < 1)
    at = np.where(mixed, mean, 0.5)
    alone = times.sum(axis=1) * (at * np.log(at) + (1 - at) * np.log(1 - at))
    return np.asarray(np.where(mixed[:, None], 1 - np.concatenate(parts, axis=1) / alone[:, None], 0.0))


def _fits(x: Floats, y: Floats, times: Floats, inside: Bools) -> Floats:
    """(B, S) greatest log likelihoods; resampled rows begin at the coefficients of all rows."""
    start = _coefficients(x, y, np.ones(len(y)), inside, np.zeros(inside.shape))
    return np.array([_log_likelihood(x, y, row, _coefficients(x, y, row, inside, start)) for row in times])


def _coefficients(x: Floats, y: Floats, weight: Floats, inside: Bools, start: Floats) -> Floats:
    n, p = x.shape
    products = (x[:, :, None] * x[:, None, :]).reshape(n, p * p)
    both = inside[:, :, None] & inside[:, None, :]
    ridge = _RIDGE * float(weight.sum()) * np.eye(p)
    beta = start.copy()
    for _ in range(_STEPS):
        chance = _chance(beta, x)
        slope = np.where(inside, (weight * (y - chance)) @ x - beta @ ridge, 0.0)
        bend = ((weight * chance * (1 - chance)) @ products).reshape(-1, p, p) + ridge
        move = np.linalg.solve(np.where(both, bend, np.eye(p)), slope[..., None])[..., 0]
        beta += np.clip(move, -_FURTHEST, _FURTHEST)
        if float(np.abs(slope * move).max()) < _ENOUGH:
            break
    return beta


def _log_likelihood(x: Floats, y: Floats, weight: Floats, beta: Floats) -> Floats:
    chance = np.clip(_chance(beta, x), 1e-15, 1 - 1e-15)
    return np.asarray((y * np.log(chance) + (1 - y) * np.log(1 - chance)) @ weight)


def _chance(beta: Floats, x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(beta @ x.T, -35.0, 35.0))))

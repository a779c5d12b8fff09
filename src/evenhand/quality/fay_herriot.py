"""Many small areas with a covariate: agents, each with its own estimate and its own error.

Model (Fay & Herriot 1979): ``d_j = x_j'b + v_j + e_j`` with known error variances V_j and
one variance τ² between agents. Each estimate is drawn towards the line by
``1 - γ_j``, with ``γ_j = τ² / (τ² + V_j)``: an agent with few reviews leans on what the
machine says, one with many on the reviews.

τ² by restricted maximum likelihood (REML). Where that is 0, all differences could be
noise, but nobody knows that they are: the adjusted likelihood of Li & Lahiri (2010), REML's
times τ², is never 0 and is the one to base intervals on. Errors after Prasad & Rao (1990).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, finite, same_length

Method = Literal["reml", "adjusted"]


@dataclass(frozen=True, slots=True)
class FayHerriot:
    """beta: (p,) coefficients, intercept first. covariance: (p, p) of them, given τ². tau2:
    variance between agents. precision: sum of ``1 / (τ² + V)²``, on which the doubt about
    τ² rests.

    For each of m agents: fitted: value of the line. gamma: share of the estimate that is
    the agent's own. value: the estimate (EBLUP). se: its error with τ² known and the line
    estimated, as R's metafor gives it for ``blup``. mse: mean squared error with the doubt
    about τ² (``g1 + g2 + 2 g3``).
    """

    beta: Floats
    covariance: Floats
    tau2: float
    precision: float
    fitted: Floats
    gamma: Floats
    value: Floats
    se: Floats
    mse: Floats

    def line(self, x: npt.ArrayLike | None, m: int) -> tuple[Floats, Floats]:
        """(m,) the line at agents' covariates and its error variance; for agents without reviews too."""
        design = _with_intercept(x, m)
        return design @ self.beta, np.einsum("mi,ij,mj->m", design, self.covariance, design)

    def mse_of(self, variance: npt.ArrayLike, line: Floats) -> Floats:
        """(...) mean squared error of agents whose direct estimates would have these variances.

        line: error variance of the line there. The fit itself is left as it is.
        """
        v = np.asarray(variance, dtype=np.float64)
        spread = self.tau2 + v
        away = np.divide(v, spread, out=np.zeros_like(spread), where=spread > 0)
        doubt = np.divide(away**2, spread, out=np.zeros_like(spread), where=spread > 0) * 2 / self.precision
        return np.asarray(self.tau2 * away + away**2 * line + 2 * doubt, dtype=np.float64)


def fay_herriot(
    direct: npt.ArrayLike, variance: npt.ArrayLike, x: npt.ArrayLike | None = None, method: Method = "reml"
) -> FayHerriot:
    """Fit the model and predict every agent.

    direct: (m,) direct estimates. variance: (m,) their error variances, above 0. x: (m,)
    or (m, k) covariates without the intercept, None for the intercept alone. Columns
    that say nothing new are left out with a coefficient of 0. Raises ValueError for other
    shapes and for no more agents than coefficients.
    """
    d, v = finite(direct, "direct"), finite(variance, "variance")
    m = same_length(direct=d, variance=v)
    if not (v > 0).all():
        raise ValueError("Error variances must be above 0; leave agents out whose mean is known exactly.")
    design, kept = _design(x, m)
    if m <= design.shape[1]:
        raise ValueError(f"{m} agents cannot carry {design.shape[1]} coefficients and a variance.")
    scale = float(v.mean() + d.var())
    tau2 = scale * _largest(lambda ratio: _likelihood(ratio * scale, d, v, design, method), method)
    return _predict(d, v, design, kept, tau2)


def _with_intercept(x: npt.ArrayLike | None, m: int) -> Floats:
    ones = np.ones((m, 1))
    if x is None:
        return ones
    covariates = np.asarray(x, dtype=np.float64)
    covariates = covariates[:, None] if covariates.ndim == 1 else covariates
    if covariates.ndim != 2 or len(covariates) != m or not np.isfinite(covariates).all():
        raise ValueError(f"x must be ({m},) or ({m}, k) without missing numbers, not of shape {np.shape(x)}.")
    return np.concatenate([ones, covariates], axis=1)


def _design(x: npt.ArrayLike | None, m: int) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """(m, r) columns that count, and (p,) which of the intercept and the covariates these are."""
    full = _with_intercept(x, m)
    size = np.sqrt((full**2).sum(axis=0))
    found = np.abs(np.diag(np.linalg.qr(full / np.where(size > 0, size, 1.0), mode="r")))
    kept = np.zeros(full.shape[1], np.bool_)
    kept[: len(found)] = found > 1e-9
    return full[:, kept], kept


def _largest(criterion: Callable[[Floats], Floats], method: Method) -> float:
    """Where the likelihood is largest, by a grid that is drawn ever finer."""
    grid = np.concatenate([[0.0], np.geomspace(1e-8, 1e3, 177)])
    if method == "adjusted":
        grid = grid[1:]
    best = int(np.argmax(criterion(grid)))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    for _ in range(30):
        points = np.linspace(low, high, 9)
        at = int(np.argmax(criterion(points)))
        low, high = points[max(at - 1, 0)], points[min(at + 1, 8)]
    found = float(low + high) / 2
    if method == "reml":
        at_zero, at_found = criterion(np.array([0.0, found]))
        return 0.0 if at_zero >= at_found - 1e-9 else found
    return found


def _likelihood(tau2: Floats, d: Floats, v: Floats, x: Floats, method: Method) -> Floats:
    """(R,) restricted log-likelihood at each τ², up to a constant; times τ² if adjusted."""
    spread = tau2[:, None] + v
    weight = 1 / spread
    columns = x.shape[1]
    products = (x[:, :, None] * x[:, None, :]).reshape(len(x), -1)
    information = (weight @ products).reshape(-1, columns, columns)
    beta = np.linalg.solve(information, ((weight * d) @ x)[..., None])[..., 0]
    residual = d - beta @ x.T
    squares = (weight * residual**2).sum(axis=1)
    _, determinant = np.linalg.slogdet(information)
    value = -0.5 * (np.log(spread).sum(axis=1) + determinant + squares)
    return np.asarray(value + np.log(tau2) if method == "adjusted" else value, dtype=np.float64)


def _predict(d: Floats, v: Floats, x: Floats, kept: npt.NDArray[np.bool_], tau2: float) -> FayHerriot:
    spread = tau2 + v
    inner = np.linalg.inv((x / spread[:, None]).T @ x)
    beta, covariance = np.zeros(len(kept)), np.zeros((len(kept), len(kept)))
    beta[kept] = inner @ (x.T @ (d / spread))
    covariance[np.ix_(kept, kept)] = inner
    fitted, gamma = x @ beta[kept], tau2 / spread
    line = np.einsum("mi,ij,mj->m", x, inner, x)
    known = gamma * v + (1 - gamma) ** 2 * line
    precision = float((spread**-2.0).sum())
    doubt = v**2 / spread**3 * 2 / precision
    value = fitted + gamma * (d - fitted)
    return FayHerriot(
        beta, covariance, tau2, precision, fitted, gamma, value, np.sqrt(known), known + 2 * doubt
    )  # fmt: skip

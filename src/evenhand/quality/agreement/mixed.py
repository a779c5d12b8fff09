"""Crossed random effects by restricted maximum likelihood, fast where one factor is huge.

Conversations are many, and most are reviewed once; agents and reviewers are some dozens.
The conversations' effect makes a block of reviews that is inverted on paper:
``(I + γ 11')⁻¹ = I - γ / (1 + kγ) 11'`` for k reviews. What is left are tables of the
size of agents + reviewers, summed once for each k, so that a likelihood costs one
Cholesky decomposition of that size however many reviews there are.

Sources: Henderson 1975; Bates et al. 2015 (the likelihood profiled over μ and σ²).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.quality.arrays import Floats, Ints

_MOST = 1 - 1e-6
# A ratio of variances under which reviewers are as good as fixed.
_FREE = 1e5


@dataclass(frozen=True, slots=True)
class Layout:
    """Sums of products of the columns [agents, reviewers, 1, y].

    agents: how many columns are agents'. products: (P, P) over reviews. blocks: for each
    number k of reviews of a conversation, k, how many conversations have it, and the
    (P, P) sum of the outer products of their sums.
    """

    y: Floats
    reviewer: Ints
    agents: int
    products: Floats
    blocks: tuple[tuple[int, int, Floats], ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """criterion: minus twice the restricted log-likelihood, up to a constant. effects: (A + R,) predictions.

    error: (A + R, A + R) variances and covariances of their errors.
    """

    criterion: float
    mu: float
    mu_variance: float
    variances: dict[str, float]
    effects: Floats
    error: Floats


def layout(y: Floats, agent: Ints, reviewer: Ints, conversation: Ints) -> Layout:
    """Sum up a design. Indices count from 0; scores are centred for the sake of precision."""
    from scipy.sparse import csr_array

    n, agents = len(y), int(agent.max()) + 1
    size = agents + int(reviewer.max()) + 1
    columns = np.stack([agent, agents + reviewer, np.full(n, size), np.full(n, size + 1)], axis=1)
    entries = np.stack([np.ones(n), np.ones(n), np.ones(n), y - y.mean()], axis=1)
    rows = csr_array((entries.ravel(), columns.ravel(), np.arange(0, 4 * n + 1, 4)), shape=(n, size + 2))
    times = np.bincount(conversation)
    member = csr_array((np.ones(n), (conversation, np.arange(n))), shape=(len(times), n))
    sums = member @ rows
    blocks = tuple(
        (int(k), int((times == k).sum()), (sums[times == k].T @ sums[times == k]).toarray())
        for k in np.unique(times[times > 0])
    )
    return Layout(y, reviewer, agents, (rows.T @ rows).toarray(), blocks)


def fit_reml(design: Layout, reviewers: bool = True, starts: Sequence[float] = (0.5, 0.05)) -> Fit:
    """Fit the model, or the one in which no reviewer differs from another.

    The search is over shares ratio / (1 + ratio) of each variance to the residual one,
    from several starts: a likelihood of several variances can have more than one hill.
    """
    from scipy.optimize import minimize

    free = np.array([design.agents > 1, reviewers, any(k > 1 for k, _, _ in design.blocks)])
    best, value = np.zeros(3), _solve(design, np.zeros(3)).criterion

    def criterion(shares: Floats) -> float:
        return _solve(design, _ratios(shares, free)).criterion

    for start in starts:
        if not free.any():
            break
        found = minimize(
            criterion, np.full(int(free.sum()), start), method="L-BFGS-B", bounds=[(0.0, _MOST)] * int(free.sum()),
            options={"ftol": 1e-13, "gtol": 1e-8},
        )  # fmt: skip
        if found.fun < value - 1e-9:
            best, value = _ratios(found.x, free), float(found.fun)
    return _solve(design, best, whole=True)


def own_error(design: Layout, fit: Fit) -> Floats:
    """(R, R) error variances of reviewers' means against each other, had nothing been drawn towards the panel."""
    residual = fit.variances["residual"]
    ratios = np.array([fit.variances["agent"], _FREE * residual, fit.variances["conversation"]]) / residual
    apart = _solve(design, ratios, whole=True)
    error: Floats = apart.error[design.agents :, design.agents :]
    return error * (residual / apart.variances["residual"])


def _ratios(shares: Floats, free: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    ratios = np.zeros(3)
    ratios[free] = shares / (1 - shares)
    return ratios


def _solve(design: Layout, ratios: Floats, whole: bool = False) -> Fit:
    """Henderson's equations for given ratios of variances (agent, reviewer, conversation) to the residual one."""
    from scipy.linalg import cho_factor, cho_solve

    products, logs = _without_conversations(design, float(ratios[2]))
    size = len(products) - 2
    scale = np.full(size, math.sqrt(ratios[1]))
    scale[: design.agents] = math.sqrt(ratios[0])
    inner = scale[:, None] * products[:size, :size] * scale + np.eye(size)
    factor = cho_factor(inner, lower=True)
    right = scale[:, None] * products[:size, size:]
    solved = cho_solve(factor, right)
    (ones, cross), (_, squares) = products[size:, size:] - right.T @ solved
    mu, n = cross / ones, len(design.y)
    residual = max(float(squares - cross**2 / ones), 1e-12) / (n - 1)
    logs += 2 * float(np.log(np.diag(factor[0])).sum())
    criterion = logs + math.log(ones) + (n - 1) * math.log(residual)
    if not whole:
        return Fit(criterion, 0.0, 0.0, {}, np.zeros(0), np.zeros((0, 0)))
    lean = scale * solved[:, 0]
    error = scale[:, None] * cho_solve(factor, np.diag(scale)) + np.outer(lean, lean) / ones
    names = ("agent", "reviewer", "conversation")
    variances = {name: float(ratio * residual) for name, ratio in zip(names, ratios, strict=True)}
    return Fit(
        criterion, float(mu + design.y.mean()), residual / ones, variances | {"residual": residual},
        scale * (solved[:, 1] - solved[:, 0] * mu), error * residual,
    )  # fmt: skip


def _without_conversations(design: Layout, ratio: float) -> tuple[Floats, float]:
    """Products weighted by the inverse of the conversations' blocks, and the log of their determinant."""
    products, logs = design.products.copy(), 0.0
    for k, times, sums in design.blocks:
        products -= ratio / (1 + k * ratio) * sums
        logs += times * math.log1p(k * ratio)
    return products, logs

"""The arithmetic of scores beside the libraries that others would use for it.

One function a line of `LINES`; each makes its data from a fixed seed and calls `line` with ours and with a yardstick
that runs on the same arrays. The yardsticks are not dependencies: `pip install --group bench`. Without them our own
times are printed, and which yardstick is missing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import numpy as np

from bench.__main__ import Report
from evenhand.quality.agreement import krippendorff_alpha
from evenhand.quality.corrected import corrected_agents, corrected_draws_estimate, corrected_mean
from evenhand.quality.drivers import lmg_bootstrap

SEED = 20240
TEAM, REVIEWS = 1_000_000, 5_000
AGENTS, PAIRS, EACH = 2_000, 500, 10
CELLS = 60
DRIVERS, BOOTSTRAPS = 10, 2_000


def run(report: Report) -> None:
    for bench in LINES:
        bench(report)


def line(report: Report, what: str, ours: Callable[[], object], theirs: Callable[[], object] | None, name: str) -> None:
    """Our time, the yardstick's, and how many times faster we are; never slower is the budget."""
    mine = fastest(ours)
    report(what, 1000 * mine, "ms")
    if theirs is None:
        print(f"  yardstick {name} is not installed: pip install --group bench", flush=True)
        return
    other = fastest(theirs)
    report(f"yardstick: {name}", 1000 * other, "ms")
    report(f"times as fast as {name}", other / mine, "x", 1.0, least=True)


def fastest(call: Callable[[], object], seconds: float = 2.0) -> float:
    """The shortest of three runs or of as many as fit into the given seconds; a call that outlasts these runs once."""
    call()
    times: list[float] = []
    while len(times) < 3 or (sum(times) < seconds and len(times) < 50):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
        if len(times) == 1 and times[0] > seconds:
            break
    return min(times)


def optional(name: str) -> ModuleType | None:
    """A yardstick's module, None where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        return None


def corrected_team(report: Report) -> None:
    """One team: a million machine scores, 5,000 of them reviewed."""
    y, f, at = _team()
    rest = np.delete(f, at)
    ppi = optional("ppi_py")
    line(
        report, "corrected score of a team, 1,000,000 AutoQA scores, 5,000 reviews",
        lambda: corrected_mean(y[at], f[at], f.mean(), len(f)),
        ppi and (lambda: ppi.ppi_mean_ci(y[at], f[at], rest, alpha=0.05)), "ppi-python, ppi_mean_ci",
    )  # fmt: skip


def corrected_draws(report: Report) -> None:
    """The same from overlapping draws: 60 cells, whose means are taken anew each time."""
    y, f, at = _team()
    cell = np.random.default_rng(SEED).integers(0, CELLS, len(f))
    rest = np.delete(f, at)
    ppi = optional("ppi_py")

    def ours() -> object:
        size = np.bincount(cell, minlength=CELLS)
        means = np.bincount(cell, weights=f, minlength=CELLS) / size
        return corrected_draws_estimate(y[at], f[at], cell[at], size, means)

    line(
        report, f"the same from draws in {CELLS} cells", ours,
        ppi and (lambda: ppi.ppi_mean_ci(y[at], f[at], rest, alpha=0.05)), "ppi-python, which knows no cells",
    )  # fmt: skip


def corrected_by_agent(report: Report) -> None:
    """2,000 agents with 10 reviews each: corrected, and drawn towards each other."""
    y, f, agent, reviewed = _agents()
    names = np.arange(AGENTS)
    at = np.flatnonzero(reviewed)
    ppi = optional("ppi_py")

    def ours() -> object:
        size = np.bincount(agent, minlength=AGENTS)
        means = np.bincount(agent, weights=f, minlength=AGENTS) / size
        frame = dict(zip(names.tolist(), size.tolist(), strict=True))
        return corrected_agents(y[at], f[at], agent[at], frame, dict(zip(frame, means.tolist(), strict=True)))

    def theirs() -> object:
        scores, machine, mask = y.reshape(AGENTS, PAIRS), f.reshape(AGENTS, PAIRS), reviewed.reshape(AGENTS, PAIRS)
        return [
            ppi.ppi_mean_ci(scores[j, mask[j]], machine[j, mask[j]], machine[j, ~mask[j]], alpha=0.05)
            for j in range(AGENTS)
        ]

    line(
        report, "corrected scores of 2,000 agents, 20,000 reviews", ours,
        ppi and theirs, "ppi-python, agent by agent, without shrinkage",
    )  # fmt: skip


def agreement(report: Report) -> None:
    """500 conversations by 6 reviewers on 8 points: alpha with 2,000 bootstraps, one by one with the yardstick."""
    rng = np.random.default_rng(SEED)
    ratings = np.clip(rng.integers(1, 9, (500, 1)) + rng.integers(-1, 2, (500, 6)), 1, 8).astype(np.float64)
    ratings[rng.random(ratings.shape) < 0.2] = np.nan
    package = optional("krippendorff")
    points = list(range(1, 9))

    def theirs() -> object:
        drawn = np.random.default_rng(SEED).integers(0, len(ratings), (2000, len(ratings)))
        return np.quantile(
            [package.alpha(ratings[i].T, value_domain=points, level_of_measurement="ordinal") for i in drawn],
            [0.025, 0.975],
        )

    line(
        report, "alpha with 2,000 bootstraps, 500 conversations x 6 reviewers x 8 points",
        lambda: krippendorff_alpha(ratings, "ordinal", categories=points),
        package and theirs, "krippendorff, resample by resample",
    )  # fmt: skip


def _team() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(SEED)
    level = rng.normal(80, 18, TEAM)
    y, f = (np.clip(level + rng.normal(shift, 12, TEAM), 0, 100) for shift in (0, -8))
    return y, f, rng.choice(TEAM, REVIEWS, replace=False)


def _agents() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Scores, machine scores, agent, and which pairs were reviewed; an agent's pairs stand side by side."""
    rng = np.random.default_rng(SEED)
    agent = np.repeat(np.arange(AGENTS), PAIRS)
    level = rng.normal(80, 5, AGENTS)[agent] + rng.normal(0, 15, len(agent))
    y, f = (np.clip(level + rng.normal(shift, 10, len(agent)), 0, 100) for shift in (0, -6))
    order = rng.random((AGENTS, PAIRS)).argsort(axis=1)
    return y, f, agent, (order < EACH).ravel()


def drivers(report: Report) -> None:
    """Shares of R² of ten drivers in 500 rows, 2,000 times; the yardstick fits each subset by itself."""
    rng = np.random.default_rng(SEED)
    x = rng.normal(size=(500, DRIVERS)) + rng.normal(size=(500, 1))
    y = x @ rng.normal(size=DRIVERS) + 3 * rng.normal(size=500)
    mine = fastest(lambda: lmg_bootstrap(x, y, samples=BOOTSTRAPS))
    other = BOOTSTRAPS * fastest(lambda: _every_subset(x, y))
    report("importance of 10 drivers with 2,000 bootstraps", 1000 * mine, "ms")
    report("yardstick: least squares for each subset, from one sample", 1000 * other, "ms")
    report("times as fast as least squares for each subset", other / mine, "x", 1.0, least=True)


def _every_subset(x: np.ndarray, y: np.ndarray) -> list[float]:
    """Residual sums of squares of all 2^p regressions."""
    found = []
    for number in range(2 ** x.shape[1]):
        inside = (number >> np.arange(x.shape[1]) & 1).astype(bool)
        design = np.column_stack([np.ones(len(y)), x[:, inside]])
        found.append(float(((y - design @ np.linalg.lstsq(design, y, rcond=None)[0]) ** 2).sum()))
    return found


LINES = (
    corrected_team,
    corrected_draws,
    corrected_by_agent,
    agreement,
    drivers,
)

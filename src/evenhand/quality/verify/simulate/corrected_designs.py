"""How often corrected intervals hold the truth in the designs of the product.

Draws by agent, shares of yes and no, and agents' own scores. Every row promises at least
93 in 100. Beside it: how wide the intervals are against those of the reviews alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

import numpy as np

from evenhand.quality.arrays import Floats, Ints
from evenhand.quality.corrected import corrected_agents, corrected_draws_estimate
from evenhand.quality.estimates import Estimate

from .populations import SIZE, frame

SEED, REPLICATIONS, PROMISE = 20241, 2_000, 0.93
TEAM = 12
AGENTS, PAIRS = 20, 1_000

Rng = np.random.Generator
Outcome = tuple[Estimate, float, float | None]
Row = Callable[[Rng], list[Outcome]]


def run(replications: int | None, out: TextIO) -> bool:
    """Print the table; whether every row keeps its promise, allowing for chance in the simulation."""
    times = replications or REPLICATIONS
    out.write(f"Corrected by reviews, in the designs of the product: {times} intervals a row, seed {SEED}.\n")
    out.write(f"{'design':52s}  {'holds %':>7s}  {'half-width':>10s}  {'of reviews alone':>16s}\n")
    kept = [_print(name, row, times, out) for name, row in _rows().items()]
    out.write(f"{len(kept)} rows, {sum(kept)} keep {100 * PROMISE:.0f} %\n")
    return all(kept)


def _print(name: str, row: Row, times: int, out: TextIO) -> bool:
    found: list[Outcome] = []
    while len(found) < times:
        found += row(np.random.default_rng([SEED, *name.encode(), len(found)]))
    held = float(np.mean([estimate.contains(truth) for estimate, truth, _ in found]))
    half = float(np.mean([estimate.half_width or 0.0 for estimate, _, _ in found]))
    ratios = [ratio for _, _, ratio in found if ratio is not None]
    beside = f"{np.mean(ratios):16.2f}" if ratios else ""
    chance = 2 * np.sqrt(PROMISE * (1 - PROMISE) / len(found))
    kept = bool(held >= PROMISE - chance)
    out.write(f"{name:52s}  {100 * held:7.1f}  {half:10.1f}  {beside:16s}  {'pass' if kept else 'FAIL'}\n")
    out.flush()
    return kept


def _rows() -> dict[str, Row]:
    whole = frame("iqs", 0.7)
    agent = np.random.default_rng(3).integers(0, TEAM, SIZE)
    level = np.random.default_rng(4).normal(0, 6, TEAM)[agent]
    y, f = np.clip(whole.y + level, 0, 100), np.clip(whole.f + level, 0, 100)
    together = np.zeros(SIZE, np.int64)
    passed, fine = (np.where(whole.y >= least, 100.0, 0.0) for least in (80, 1))
    drawn = {
        f"{TEAM} agents, {total} drawn, at least {least} each": _draw(y, f, agent, total, least)
        for total, least in ((36, 2), (60, 4), (120, 4))
    }
    shares = {f"pass rate, {n} reviews": _draw(passed, whole.f, together, n, n) for n in (30, 50, 100, 200)}
    rare = {f"no critical failure (97 %), {n} reviews": _draw(fine, whole.f, together, n, n) for n in (30, 100)}
    own = {
        f"{AGENTS} agents' own scores, {n} reviews each, bias SD {bias}": _agents(n, bias)
        for bias, sizes in ((2, (4, 10, 20)), (6, (4, 10)))
        for n in sizes
    }
    return drawn | shares | rare | own


def _draw(y: Floats, f: Floats, cell: Ints, total: int, least: int) -> Row:
    """Draws in cells in proportion to their size, at least so many of each."""
    size = np.bincount(cell)
    counts = np.maximum(least, np.rint(total * size / size.sum()).astype(int))
    members = [np.flatnonzero(cell == c) for c in range(len(size))]
    means = np.bincount(cell, weights=f) / size
    truth = float(y.mean())

    def row(rng: Rng) -> list[Outcome]:
        at = np.concatenate([rng.choice(m, k, replace=False) for m, k in zip(members, counts, strict=True)])
        found = corrected_draws_estimate(y[at], f[at], cell[at], size, means)
        return [(found.estimate, truth, found.gain.width if found.gain else None)]

    return row


def _agents(n: int, bias: float) -> Row:
    """Twenty new agents each time, SD 4 between and 18 within them; ρ is 0.7, the machine's bias differs by agent."""

    def row(rng: Rng) -> list[Outcome]:
        level = rng.normal(0, 4, AGENTS)[:, None]
        within, noise = rng.normal(0, 1, (2, AGENTS, PAIRS))
        y = 81 + level + 18 * within
        f = 75 + level + rng.normal(0, bias, AGENTS)[:, None] + 12 * (0.7 * within + np.sqrt(1 - 0.49) * noise)
        at = rng.permuted(np.tile(np.arange(PAIRS), (AGENTS, 1)), axis=1)[:, :n]
        found = corrected_agents(
            np.take_along_axis(y, at, 1).ravel(), np.take_along_axis(f, at, 1).ravel(),
            np.repeat(np.arange(AGENTS), n), dict.fromkeys(range(AGENTS), PAIRS), dict(enumerate(f.mean(axis=1))),
            lower=-1000, upper=1000,
        )  # fmt: skip
        return [(g.estimate, float(t), None) for g, t in zip(found.groups, y.mean(axis=1), strict=True)]

    return row

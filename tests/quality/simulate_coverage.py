"""How often the intervals hold the truth: a simulation, run by hand.

    python tests/quality/simulate_coverage.py [replications]

Prints, for every design and size, the share of intervals that hold the frame's mean, the
shares that lie wholly below and wholly above it, and the mean half-width. All seeds are
fixed and printed. A 95 % interval should hold it at least 93 times in 100 from ten
pairs up, the envelope at least 95.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable

import numpy as np

from evenhand.quality.estimates import Estimate, draws_estimate, mean_interval
from evenhand.quality.sampling import allocate
from evenhand.quality.shrinkage import eb_shrinkage

Rng = np.random.Generator
SEED = 5
TEAM = [60, 80, 100, 120, 150, 200, 260, 300, 340, 400, 500, 600]


def review_scores(rng: Rng, ability: np.ndarray) -> np.ndarray:
    """Five categories on five points and one critical one; skewed, with zeros and hundreds."""
    weights = np.array([20, 20, 10, 10, 10])
    latent = 0.3 + 0.75 * ability[:, None] + rng.normal(0, 0.95, (len(ability), len(weights)))
    points = (latent[:, :, None] > np.array([-2.1, -1.6, -0.8, 0.0])).sum(axis=2)
    scores = points / 4 @ weights * (100 / weights.sum())
    failed = rng.random(len(scores)) < 0.025 * np.exp(-0.8 * ability)
    return np.where(failed, 0.0, scores)


def frame(seed: int, sizes: list[int], agent_sd: float = 0.5) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    agent = np.repeat(np.arange(len(sizes)), sizes)
    level = rng.normal(0, agent_sd, len(sizes))[agent]
    return review_scores(rng, level + rng.normal(0, np.sqrt(1 - agent_sd**2), len(agent))), agent


def category(seed: int, size: int) -> np.ndarray:
    """Ratings of one category that is nearly always perfect."""
    return np.random.default_rng(seed).choice([0.0, 25, 50, 75, 100], size, p=[0.01, 0.01, 0.02, 0.06, 0.9])


def report(name: str, draw: Callable[[Rng], Estimate], truth: float, replications: int) -> None:
    below = above = count = 0
    width = 0.0
    methods: Counter[str] = Counter()
    for r in range(replications):
        e = draw(np.random.default_rng([SEED, r]))
        methods[e.method] += 1
        count += 1
        below += e.high < truth - 1e-9
        above += e.low > truth + 1e-9
        width += e.high - e.low
    held, half = 100 * (1 - (below + above) / count), width / count / 2
    print(
        f"{name:46s} {held:5.1f} %  below {100 * below / count:4.1f}  above {100 * above / count:4.1f}"
        f"  ± {half:4.1f}  {methods.most_common(1)[0][0]}",
        flush=True,
    )


def simple(name: str, values: np.ndarray, n: int, replications: int) -> None:
    report(
        f"{name}, {n} of {len(values)}",
        lambda rng: mean_interval(rng.choice(values, n, replace=False), len(values)),
        float(values.mean()),
        replications,
    )


def stratified(
    name: str, sizes: list[int], n: int, minimum: int, replications: int, *,
    agent_sd: float = 0.5, reviewed: float = 1.0, seed: int = 31,
) -> None:  # fmt: skip
    y, agent = frame(seed, sizes, agent_sd)
    by_label = allocate(n, {f"{h:03d}": size for h, size in enumerate(sizes)}, min_n=minimum)
    wanted = [by_label[f"{h:03d}"] for h in range(len(sizes))]
    members = [np.flatnonzero(agent == h) for h in range(len(sizes))]
    chance = {h: wanted[h] / sizes[h] for h in range(len(sizes))}

    def draw(rng: Rng) -> Estimate:
        taken = np.concatenate([rng.choice(m, k, replace=False) for m, k in zip(members, wanted, strict=True)])
        taken = rng.permutation(taken)[: round(len(taken) * reviewed)]
        return draws_estimate(y[taken], agent[taken], sizes, chance)

    report(name, draw, float(y.mean()), replications)


def daily(name: str, days: int, a_day: int, drawn: int, drift: float, replications: int) -> None:
    """Every day a draw from all pairs so far, passing over those already drawn."""
    y, _ = frame(32, [days * a_day], 0.0)
    day = np.repeat(np.arange(days), a_day)
    y = np.clip(y - drift * day, 0, 100)

    def draw(rng: Rng) -> Estimate:
        taken = np.zeros(len(y), dtype=bool)
        missed = np.ones(days)
        for today in range(days):
            free = np.flatnonzero((day <= today) & ~taken)
            taken[rng.choice(free, drawn, replace=False)] = True
            missed[: today + 1] *= 1 - drawn / len(free)
        at = np.flatnonzero(taken)
        return draws_estimate(y[at], day[at], [a_day] * days, dict(enumerate(1 - missed)))

    report(name, draw, float(y.mean()), replications)


def one_by_one(name: str, sizes: list[int], clicks: int, replications: int) -> None:
    """A lead picks agents as they please, each time one of the agent's pairs at random."""
    y, agent = frame(33, sizes)
    members = [np.flatnonzero(agent == h) for h in range(len(sizes))]

    def draw(rng: Rng) -> Estimate:
        counts = np.bincount(rng.integers(0, len(sizes), clicks), minlength=len(sizes))
        taken = np.concatenate([rng.choice(m, k, replace=False) for m, k in zip(members, counts, strict=True)])
        return draws_estimate(y[taken], agent[taken], sizes, dict(enumerate(counts / np.array(sizes))))

    report(name, draw, float(y.mean()), replications)


def shrunken(agents: int, n: int, replications: int) -> None:
    """Intervals of agents' levels, each agent new in every replication."""
    held = count = 0
    width = 0.0
    rng = np.random.default_rng([SEED, agents, n])
    for _ in range(replications // 10):
        level = rng.normal(0, 0.35, agents)
        truth = np.array([review_scores(rng, a + rng.normal(0, 0.94, 4000)).mean() for a in level])
        y = np.concatenate([review_scores(rng, a + rng.normal(0, 0.94, n)) for a in level])
        for g in eb_shrinkage(y, np.repeat(np.arange(agents), n)).groups:
            held += g.estimate.contains(truth[g.group])
            width += g.estimate.half_width or 0.0
            count += 1
    name = f"{agents} agents with {n} reviews each, shrunken"
    print(f"{name:46s} {100 * held / count:5.1f} %{'':25s}± {width / count:4.1f}")


def main(replications: int) -> None:
    print(f"{replications} replications, seed {SEED}; frames 21, 22 and 31 to 33")
    scores, _ = frame(21, [4000], 0.0)
    rare = category(22, 4000)
    passed = np.where(scores >= 80, 100.0, 0.0)
    for n in (4, 9, 10, 15, 20, 30, 50, 100, 101, 200, 400):
        simple("scores", scores, n, replications)
    for n in (9, 10, 20, 50, 100, 101, 200):
        simple("near-perfect category", rare, n, replications)
    for n in (9, 20, 60, 150):
        simple("pass rate", passed, n, replications)
    for size, n in ((20, 10), (20, 15), (40, 30), (60, 55), (200, 100), (200, 180)):
        simple("small frame", frame(23, [size], 0.0)[0], n, replications)
    stratified("5 agents, 10 drawn, min 2", TEAM[:5], 10, 2, replications)
    stratified("5 agents, 20 drawn, min 2", TEAM[:5], 20, 2, replications)
    stratified("12 agents, 24 drawn, min 2", TEAM, 24, 2, replications)
    stratified("12 agents, 60 drawn, min 4", TEAM, 60, 4, replications)
    stratified("12 agents, 60 drawn, half reviewed", TEAM, 60, 4, replications, reviewed=0.5)
    stratified("12 agents, 60 drawn, a third reviewed", TEAM, 60, 4, replications, reviewed=1 / 3)
    stratified("12 very different agents, 60 drawn", TEAM, 60, 4, replications, agent_sd=0.9)
    stratified("12 agents, 142 drawn, min 4", TEAM, 142, 4, replications)
    stratified("30 agents, 120 drawn, min 4", [40 + 10 * i for i in range(30)], 120, 4, replications)
    stratified("one agent of 4000 and 11 of 20, 50 drawn", [4000] + [20] * 11, 50, 4, replications, agent_sd=0.9)
    stratified("20 agents of 8, 80 drawn", [8] * 20, 80, 4, replications)
    daily("2 a day for 20 days", 20, 100, 2, 0.0, replications)
    daily("2 a day for 20 days, scores falling", 20, 100, 2, 1.0, replications)
    daily("10 a week for 4 weeks, scores falling", 4, 500, 10, 4.0, replications)
    one_by_one("40 single draws over 12 agents", TEAM, 40, replications)
    for agents, n in ((12, 4), (12, 10), (12, 30), (30, 6)):
        shrunken(agents, n, replications)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)

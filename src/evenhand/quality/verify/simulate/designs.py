"""Rows of the coverage table: every design from which the product estimates a mean or a share."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from functools import partial

import numpy as np

from evenhand.quality.arrays import Floats
from evenhand.quality.change import difference
from evenhand.quality.estimates import draws_estimate, mean_interval, part_of_draws
from evenhand.quality.sampling import allocate, uncertainty_probabilities
from evenhand.quality.scores import decompose, passes

from .trials import Rng, Row, Tried, one, promise
from .worlds import TEAM, fixed_team, near_perfect, sample_by_agent, simple_sample

FRAME = 4000


def rows() -> Iterator[Row]:
    """All of them, in the order of the table."""
    scores = fixed_team(21, (FRAME,), 0.0).y
    for n in (4, 9, 10, 15, 20, 30, 50, 100, 101, 200, 400):
        yield simple("scores", scores, n)
    for n in (4, 9, 10, 20, 50, 100, 101, 200):
        yield simple("near-perfect category", near_perfect(22, FRAME), n)
    for n in (9, 20, 60, 150):
        yield simple("pass rate", np.where(passes(scores), 100.0, 0.0), n)
    for size, n in ((20, 6), (20, 10), (20, 15), (40, 30), (60, 55), (200, 100), (200, 180)):
        yield simple("small frame", fixed_team(23, (size,), 0.0).y, n)
    yield from stratified_rows()
    yield from overlapping_rows()
    yield from unequal_rows()
    yield from part_rows(scores)


def stratified_rows() -> Iterator[Row]:
    few, many = TEAM[:5], tuple(40 + 10 * i for i in range(30))
    yield stratified("5 agents, 8 drawn", few, 8, 1)
    yield stratified("5 agents, 10 drawn, at least 2 each", few, 10, 2)
    yield stratified("5 agents, 20 drawn, at least 2 each", few, 20, 2)
    yield stratified("12 agents, 24 drawn, at least 2 each", TEAM, 24, 2)
    yield stratified("12 agents, 60 drawn, at least 4 each", TEAM, 60, 4)
    yield stratified("the same, half of them reviewed", TEAM, 60, 4, reviewed=0.5)
    yield stratified("the same, a third of them reviewed", TEAM, 60, 4, reviewed=1 / 3)
    yield stratified("12 very different agents, 60 drawn", TEAM, 60, 4, agent_sd=0.9)
    yield stratified("12 agents, 142 drawn, at least 4 each", TEAM, 142, 4)
    yield stratified("30 agents, 120 drawn, at least 4 each", many, 120, 4)
    yield stratified("one agent of 4000 and 11 of 20, 50 drawn", (FRAME, *[20] * 11), 50, 4, agent_sd=0.9)
    yield stratified("20 agents of 8 pairs, 80 drawn", (8,) * 20, 80, 4)


def overlapping_rows() -> Iterator[Row]:
    yield daily("2 drawn a day for 20 days", 20, 100, 2, 0.0)
    yield daily("the same, scores falling", 20, 100, 2, 1.0)
    yield daily("10 drawn a week for 4 weeks, scores falling", 4, 500, 10, 4.0)
    yield one_by_one("40 single draws, agents picked at will", 40)


def unequal_rows() -> Iterator[Row]:
    for n in (20, 60, 200):
        yield unequal(f"{n} drawn, the unsure more likely (Hájek)", n)


def part_rows(scores: Floats) -> Iterator[Row]:
    """Differences of two samples, and the parts of a score."""
    for n in (10, 30, 101):
        yield Row(f"change between two samples of {n}", partial(_change, scores, n))
    for n in (24, 60):
        yield rated_in_part(f"category that applies to some, {n} drawn of 12 agents", n)
    for n in (20, 60, 150):
        yield Row(f"score of the reviews that did not fail, {n}", partial(_others, scores, n))


def simple(name: str, values: Floats, n: int) -> Row:
    truth = float(values.mean())

    def trial(rng: Rng) -> Sequence[Tried]:
        return one(mean_interval(values[simple_sample(rng, len(values), n)], len(values)), truth)

    return Row(f"{name}, {n} of {len(values)}", trial, promise(n, answers=len(np.unique(values)) == 2))


def stratified(
    name: str, sizes: tuple[int, ...], n: int, minimum: int, *, agent_sd: float = 0.5, reviewed: float = 1.0
) -> Row:
    frame = fixed_team(31, sizes, agent_sd)
    wanted, chance = _allocated(n, sizes, minimum)

    def trial(rng: Rng) -> Sequence[Tried]:
        taken = rng.permutation(sample_by_agent(rng, frame, wanted))
        taken = taken[: round(len(taken) * reviewed)]
        return one(draws_estimate(frame.y[taken], frame.agent[taken], sizes, chance), frame.truth)

    return Row(name, trial, promise(n * reviewed))


def _allocated(n: int, sizes: Sequence[int], minimum: int) -> tuple[list[int], dict[Hashable, float]]:
    """How many of each agent's pairs are drawn, and each pair's chance."""
    # Allocation goes by name, and names are sorted as text.
    shares = allocate(n, {f"{h:03d}": size for h, size in enumerate(sizes)}, min_n=minimum)
    wanted = [shares[f"{h:03d}"] for h in range(len(sizes))]
    return wanted, {h: k / size for h, (k, size) in enumerate(zip(wanted, sizes, strict=True))}


def daily(name: str, days: int, a_day: int, drawn: int, drift: float) -> Row:
    """Every day a draw from all pairs so far, passing over those that were drawn before."""
    day = np.repeat(np.arange(days), a_day)
    y = np.clip(fixed_team(32, (days * a_day,), 0.0).y - drift * day, 0, 100)

    def trial(rng: Rng) -> Sequence[Tried]:
        taken, missed = np.zeros(len(y), dtype=bool), np.ones(days)
        for today in range(days):
            free = np.flatnonzero((day <= today) & ~taken)
            taken[rng.choice(free, drawn, replace=False)] = True
            missed[: today + 1] *= 1 - drawn / len(free)
        at = np.flatnonzero(taken)
        chance: dict[Hashable, float] = dict(enumerate((1 - missed).tolist()))
        return one(draws_estimate(y[at], day[at], [a_day] * days, chance), float(y.mean()))

    return Row(name, trial)


def one_by_one(name: str, clicks: int) -> Row:
    """Somebody picks an agent as they please, and gets one of that agent's pairs at random."""
    frame = fixed_team(33, TEAM)

    def trial(rng: Rng) -> Sequence[Tried]:
        counts = np.bincount(rng.integers(0, len(TEAM), clicks), minlength=len(TEAM))
        taken = sample_by_agent(rng, frame, counts.tolist())
        chance: dict[Hashable, float] = dict(enumerate((counts / np.array(TEAM)).tolist()))
        return one(draws_estimate(frame.y[taken], frame.agent[taken], TEAM, chance), frame.truth)

    return Row(name, trial)


def unequal(name: str, n: int) -> Row:
    """Randomised systematic sampling with more chance where a machine is less sure; it is right in part."""
    y = fixed_team(34, (FRAME,), 0.0).y
    truth = float(y.mean())
    unsure = np.abs(y - truth) * 0.5 + np.random.default_rng(34).gamma(2.0, 10.0, FRAME)
    pi = uncertainty_probabilities(unsure, n)

    def trial(rng: Rng) -> Sequence[Tried]:
        order = rng.permutation(FRAME)
        ends = np.cumsum(pi[order])
        taken = order[np.searchsorted(ends, rng.random() + np.arange(n), side="right").clip(max=FRAME - 1)]
        return one(draws_estimate(y[taken], [0] * n, [FRAME], pi[taken]), truth)

    return Row(name, trial)


def rated_in_part(name: str, n: int) -> Row:
    """A category that applies more often to some agents' conversations than to others'."""
    frame = fixed_team(35, TEAM, 0.9)
    share = np.linspace(0.5, 1.0, len(TEAM))[frame.agent]
    applies = np.random.default_rng(35).random(len(frame.y)) < share
    wanted, chance = _allocated(n, TEAM, 2)

    def trial(rng: Rng) -> Sequence[Tried]:
        taken = sample_by_agent(rng, frame, wanted)
        rated = taken[applies[taken]]
        found = part_of_draws(frame.y[rated], frame.agent[rated], wanted, TEAM, chance)
        return one(found, float(frame.y[applies].mean()))

    return Row(name, trial)


def _change(scores: Floats, n: int, rng: Rng) -> Sequence[Tried]:
    """Two samples of one frame: nothing has changed."""
    before, after = (mean_interval(scores[simple_sample(rng, len(scores), n)], len(scores)) for _ in range(2))
    return one(difference(before, after), 0.0)


def _others(scores: Floats, n: int, rng: Rng) -> Sequence[Tried]:
    y = scores[simple_sample(rng, len(scores), n)]
    found = decompose(y, y, y == 0.0, partial(mean_interval, population=len(scores)))
    return one(found.others, float(scores[scores > 0].mean()))

"""Rows of the coverage table: estimates of agents, changes under a fixed mix, and customers' answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from evenhand.quality.estimates import proportion_interval
from evenhand.quality.mix import GroupedSample, standardised_change
from evenhand.quality.shrinkage import eb_shrinkage
from evenhand.quality.surveys import mean_rating, nps

from .trials import Rng, Row, Trial, Tried, one, promise
from .worlds import Team, sample_by_agent, team

AGENT_SD = 0.35


def rows() -> Iterator[Row]:
    """All of them, in the order of the table."""
    for agents, n, size in ((12, 4, 200), (12, 10, 200), (12, 30, 200), (30, 6, 200), (12, 20, 25), (5, 8, 200)):
        yield agents_row(f"{agents} agents, {n} of {size} pairs each: the agent", partial(_agents, agents, n, size))
    yield agents_row("12 agents, 4 to 40 pairs each: the agent", _uneven)
    yield agents_row("12 equal agents, 6 pairs each: the agent", partial(_agents, 12, 6, 200, agent_sd=0.0))
    for n in (4, 10, 30):
        yield Row(f"12 agents, {n} each in two periods: fixed mix", partial(_standardised, n))
    for n in (5, 10, 30, 100):
        yield Row(f"CSAT, {n} answers", partial(_share, n), promise(n, answers=True))
        yield Row(f"NPS, {n} answers", partial(_nps, n), promise(n, answers=True))
        yield Row(f"mean rating, {n} answers", partial(_rating, n), promise(n))


def agents_row(name: str, trial: Trial) -> Row:
    """A replication has an interval for each of several agents, and so a fifth of them tells as much."""
    return Row(name, trial, every=5)


def _agents(agents: int, n: int, size: int, rng: Rng, *, agent_sd: float = AGENT_SD) -> Sequence[Tried]:
    """Each agent's interval and the mean of their frame; the agents are new in every replication."""
    return _shrunken(rng, [size] * agents, [n] * agents, agent_sd)


def _uneven(rng: Rng) -> Sequence[Tried]:
    wanted = [4, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40]
    return _shrunken(rng, [10 * n for n in wanted], wanted, AGENT_SD)


def _shrunken(rng: Rng, sizes: Sequence[int], wanted: Sequence[int], agent_sd: float) -> Sequence[Tried]:
    frame = team(rng, sizes, agent_sd)
    taken = sample_by_agent(rng, frame, wanted)
    truth = frame.means.tolist()
    found = eb_shrinkage(frame.y[taken], frame.agent[taken], dict(enumerate(sizes)))
    return [tried for group, mean in zip(found.groups, truth, strict=True) for tried in one(group.estimate, mean)]


def _standardised(n: int, rng: Rng) -> Sequence[Tried]:
    """Agents keep their level while the work moves to others, and chance decides about the conversations."""
    sizes = [np.array([40, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240, 260])[::step].tolist() for step in (1, -1)]
    level = int(rng.integers(2**31))
    frames = [team(np.random.default_rng([level, 0]), size) for size in sizes]
    before, after = (_sample(rng, frame, n) for frame in frames)
    found = standardised_change(before, after)
    fixed = (np.array(sizes[0]) + np.array(sizes[1])) / (sum(sizes[0]) + sum(sizes[1]))
    truth = float(fixed @ (frames[1].means - frames[0].means))
    return one(found.groups, truth) if found else ()


def _sample(rng: Rng, frame: Team, n: int) -> GroupedSample:
    taken = sample_by_agent(rng, frame, [n] * len(frame.sizes))
    return GroupedSample(frame.y[taken], frame.agent[taken], dict(enumerate(frame.sizes.tolist())))


ANSWERS = np.array([0.06, 0.05, 0.09, 0.25, 0.55])


def _answers(n: int, rng: Rng) -> Sequence[int]:
    """How many of n customers gave each of five points."""
    return [int(count) for count in rng.multinomial(n, ANSWERS)]


def _share(n: int, rng: Rng) -> Sequence[Tried]:
    counts = _answers(n, rng)
    return one(proportion_interval(sum(counts[3:]), n), 100 * float(ANSWERS[3:].sum()))


def _nps(n: int, rng: Rng) -> Sequence[Tried]:
    counts = _answers(n, rng)
    truth = 100 * float(ANSWERS[4] - ANSWERS[:3].sum())
    return one(nps(sum(counts[:3]), counts[3], counts[4]), truth)


def _rating(n: int, rng: Rng) -> Sequence[Tried]:
    points = np.repeat(np.arange(1.0, 6.0), _answers(n, rng))
    return one(mean_rating(points, 1, 5), float(ANSWERS @ np.arange(1.0, 6.0)))

"""One period against another: the team, each agent, each category, and what the mix of agents did to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from evenhand.facts.cells import drawn_of
from evenhand.facts.filters import Filters
from evenhand.facts.load import Facts, run
from evenhand.facts.metrics.ratings import Rated, rated, rows_behind
from evenhand.facts.metrics.scores import IQS, behind, estimate
from evenhand.quality.change import Change, difference
from evenhand.quality.comparisons import group_changes, standing
from evenhand.quality.estimates import mean_interval
from evenhand.quality.mix import GroupedSample, MixChange, standardised_change

TEAM, AGENT, CATEGORY = "team", "agent", "category"


@dataclass(frozen=True)
class Compared:
    """The change of one thing. key: of the agent or the category's lineage; 0 for the team.

    broken: the two periods were rated on different scorecards or scales, and are not compared. stands: found even
    after allowing for how many comparisons were made.
    """

    kind: str
    key: int
    change: Change
    broken: bool = False
    stands: bool = False


@dataclass(frozen=True)
class Changes:
    """Everything that two periods say about each other. mix: None where it cannot be told apart."""

    team: Compared
    agents: tuple[Compared, ...]
    categories: tuple[Compared, ...]
    mix: MixChange | None

    @cached_property
    def every(self) -> tuple[Compared, ...]:
        return (self.team, *self.agents, *self.categories)

    @property
    def made(self) -> int:
        """How many comparisons there are."""
        return sum(one.change.has_number for one in self.every)

    @property
    def standing(self) -> int:
        return sum(one.stands for one in self.every)


def changes(facts: Facts, filters: Filters, earlier: Filters, name: str) -> Changes:
    """Later minus earlier under one name of the headline; the facts must hold both periods."""
    broken = scorecard_changed(facts, filters, earlier, name)
    before, after = (_sample(facts, one, name) for one in (earlier, filters))
    team = difference(estimate(facts, earlier, name), estimate(facts, filters, name))
    agents = group_changes(before, after)
    found = [
        Compared(TEAM, 0, _none(team) if broken else team, broken),
        *(Compared(AGENT, int(str(key)), _none(one) if broken else one, broken) for key, one in agents.items()),
        *_categories(rated(facts, earlier, name), rated(facts, filters, name)),
    ]
    verdicts = standing([one.change for one in found])
    marked = [replace(one, stands=verdict) for one, verdict in zip(found, verdicts, strict=True)]
    return Changes(
        marked[0],
        tuple(one for one in marked if one.kind == AGENT),
        tuple(one for one in marked if one.kind == CATEGORY),
        None if broken else standardised_change(before, after),
    )


def scorecard_changed(facts: Facts, filters: Filters, earlier: Filters, name: str) -> bool:
    """Whether a scorecard was used in other versions than before, or no scorecard in both periods."""
    before, after = (_versions(facts, one, name) for one in (earlier, filters))
    shared = set(before) & set(after)
    return bool(before and after) and (not shared or any(before[card] != after[card] for card in shared))


def _versions(facts: Facts, filters: Filters, name: str) -> dict[int, set[int]]:
    table = run(rows_behind(facts, filters, name).select("scorecard_id", "version_id").distinct())
    found: dict[int, set[int]] = {}
    for row in table.to_pylist():
        found.setdefault(row["scorecard_id"], set()).add(row["version_id"])
    return found


def _sample(facts: Facts, filters: Filters, name: str) -> GroupedSample:
    """Scores by agent, with the agents' frames where the scores were drawn from them."""
    if name == IQS:
        found = drawn_of(facts, filters)
        return GroupedSample(found.score, found.sampled_agents, dict(found.population()))
    rows = behind(facts, filters, name)
    return GroupedSample(rows.score, rows.agent)


def _categories(before: Rated, after: Rated) -> Iterable[Compared]:
    """A category goes on through new versions as long as its scale stays the same."""
    for key in np.union1d(before.lineage, after.lineage).tolist():
        one, two = (rows.where(rows.lineage == key) for rows in (before, after))
        change = difference(mean_interval(one.percent), mean_interval(two.percent))
        broken = bool(one.scales and two.scales and one.scales != two.scales)
        yield Compared(CATEGORY, key, _none(change) if broken else change, broken)


def _none(change: Change) -> Change:
    return Change(None, None, None, change.n_before, change.n_after, change.method, change.level)

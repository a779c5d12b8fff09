"""The headline by week, by agent and by category."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evenhand.facts.cells import drawn_of
from evenhand.facts.filters import Filters
from evenhand.facts.load import Facts, run
from evenhand.facts.metrics.scores import IQS, behind, estimate
from evenhand.facts.selections import causes, counted, drawn, ratings
from evenhand.quality import periods
from evenhand.quality.estimates import Estimate, mean_interval
from evenhand.quality.periods import Period
from evenhand.quality.scores import pair_means
from evenhand.quality.shrinkage import Shrinkage, eb_shrinkage


@dataclass(frozen=True)
class Step:
    period: Period
    estimate: Estimate


@dataclass(frozen=True)
class CategoryNumber:
    """A category's own mean, without the critical rule.

    `failed` counts ratings that failed a critical category, `ratings` all of them: the estimate counts pairs where
    it was drawn.
    """

    lineage_id: int
    estimate: Estimate
    critical: bool
    failed: int
    ratings: int


@dataclass(frozen=True)
class CauseCount:
    label: str
    kind: str
    count: int


def trend(facts: Facts, filters: Filters, name: str, by: periods.Step = "week") -> list[Step]:
    """The headline of every step of the period."""
    pieces = periods.split(filters.period, by, facts.workspace.week_start)
    return [Step(piece, estimate(facts, filters.within(piece), name)) for piece in pieces]


def agents(facts: Facts, filters: Filters, name: str) -> Shrinkage | None:
    """Every agent's number, drawn towards the team's where reviews are few; None without any review.

    Looking at one agent alone does not change their number: the team stays whole, and only the rows are fewer.
    """
    found = _shrunken(facts, replace(filters, agents=()), name)
    if found is None or not filters.agents:
        return found
    groups = tuple(group for group in found.groups if group.group in filters.agents)
    return replace(found, groups=groups) if groups else None


def _shrunken(facts: Facts, filters: Filters, name: str) -> Shrinkage | None:
    if name == IQS:
        found = drawn_of(facts, filters)
        return eb_shrinkage(found.score, found.sampled_agents, found.population()) if len(found.score) else None
    rows = behind(facts, filters, name)
    return eb_shrinkage(rows.score, rows.agent) if len(rows.score) else None


def categories(facts: Facts, filters: Filters, name: str) -> list[CategoryNumber]:
    """Means of the headline's reviews by category lineage, the lowest last.

    Under the IQS a rating weighs what its pair weighs there, and reviewers of one pair are averaged first.
    """
    of = _rows_behind(facts, filters, name)
    rows = ratings(facts, filters, of).inner_join(of.select("review_id", "pair_id"), "review_id")
    table = run(rows.filter(rows.percent.notnull()).select("lineage_id", "pair_id", "percent", "critical"))
    lineage, pair, percent = (table[column].to_numpy() for column in ("lineage_id", "pair_id", "percent"))
    critical = np.array([value != "" for value in table["critical"].to_pylist()], dtype=bool)
    found = drawn_of(facts, filters) if name == IQS else None
    numbers = []
    for key in np.unique(lineage):
        own = lineage == key
        mean = found.part(*pair_means(percent[own], pair[own])) if found else mean_interval(percent[own])
        failed = int(np.count_nonzero(critical[own] & (percent[own] < 50)))
        numbers.append(CategoryNumber(int(key), mean, bool(critical[own].any()), failed, int(own.sum())))
    return sorted(numbers, key=lambda c: -(c.estimate.value if c.estimate.value is not None else -1))


def root_causes(facts: Facts, filters: Filters, name: str, lineage: int | None = None) -> list[CauseCount]:
    """How many reviews named each cause (of one category, if asked), the most frequent first."""
    rows = causes(facts, filters, _rows_behind(facts, filters, name))
    if lineage is not None:
        rows = rows.filter(rows.lineage_id == lineage)
    counts = rows.group_by(["label", "kind"]).aggregate(n=rows.review_id.nunique())
    table = run(counts).to_pylist()
    found = [CauseCount(row["label"], row["kind"], row["n"]) for row in table]
    return sorted(found, key=lambda cause: (-cause.count, cause.label))


def _rows_behind(facts: Facts, filters: Filters, name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return drawn(facts, filters) if name == IQS else counted(facts, filters)

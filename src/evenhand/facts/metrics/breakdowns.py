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
from evenhand.quality.shrinkage import Shrinkage, eb_shrinkage


@dataclass(frozen=True)
class Step:
    period: Period
    estimate: Estimate


@dataclass(frozen=True)
class CategoryNumber:
    """A category's own mean, without the critical rule; `failed` counts ratings that failed a critical category."""

    lineage_id: int
    estimate: Estimate
    critical: bool
    failed: int


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
    """Means of the headline's reviews by category lineage, the lowest last."""
    rows = ratings(facts, filters, _rows_behind(facts, filters, name))
    table = run(rows.filter(rows.percent.notnull()).select("lineage_id", "percent", "critical"))
    lineage, percent = table["lineage_id"].to_numpy(), table["percent"].to_numpy()
    critical = np.array([value != "" for value in table["critical"].to_pylist()], dtype=bool)
    found = [_category(int(key), percent[lineage == key], critical[lineage == key]) for key in np.unique(lineage)]
    return sorted(found, key=lambda c: -(c.estimate.value if c.estimate.value is not None else -1))


def _category(lineage: int, percent: np.ndarray, critical: np.ndarray) -> CategoryNumber:  # type: ignore[type-arg]
    failed = int(np.count_nonzero(critical & (percent < 50)))
    return CategoryNumber(lineage, mean_interval(percent), bool(critical.any()), failed)


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

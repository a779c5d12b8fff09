"""Weekly series under watch: the team, each agent, each category, within one budget of false alarms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from evenhand.facts.cells import drawn_of
from evenhand.facts.filters import Filters
from evenhand.facts.load import Facts, load
from evenhand.facts.metrics.changes import AGENT, CATEGORY, TEAM
from evenhand.facts.metrics.ratings import Rated, rated
from evenhand.facts.metrics.scores import IQS, behind, name_of_headline
from evenhand.people.models import Workspace
from evenhand.quality.arrays import Floats, Ints
from evenhand.quality.control import BASELINE_LEAST, Points, Watch, join_weeks, wanted_arl0, watch
from evenhand.quality.periods import Period, start_of

HORIZON = 78  # weeks


@dataclass(frozen=True)
class Series:
    """One watched series. weeks: first day of each week of the horizon."""

    kind: str
    key: int
    watch: Watch
    weeks: tuple[date, ...]

    @property
    def name(self) -> str:
        """Its stable name: "team", "agent-12", "category-7"."""
        return f"{self.kind}-{self.key}" if self.key else self.kind

    def week(self, point: int) -> date:
        """The week in which a point was complete; -1 is the newest."""
        return self.weeks[int(self.watch.points.last[point])]

    @property
    def began(self) -> date | None:
        """The week of the first point outside, if the newest is outside."""
        return self.week(-self.watch.since) if self.watch.since else None


@dataclass(frozen=True)
class Watched:
    """All series; per_year: the budget. arl0: points that one series may take until a false alarm."""

    series: tuple[Series, ...]
    per_year: float
    arl0: float
    headline: str

    @property
    def active(self) -> tuple[Series, ...]:
        return tuple(one for one in self.series if not one.watch.missing)

    @property
    def alarms(self) -> tuple[Series, ...]:
        return tuple(one for one in self.series if one.watch.now)


def horizon(workspace: Workspace, today: date) -> Period:
    """The whole weeks before today that are looked at."""
    end = start_of("week", today, workspace.week_start)
    return Period(end - timedelta(weeks=HORIZON), end)


def watched(workspace: Workspace, today: date, per_year: float, since: date | None = None) -> Watched:
    """Every series up to the last whole week.

    since: the day on which the scorecard last changed. Scores before it are not those of today, and their series
    begin anew; a category's ratings go on as long as they are on the scale of its newest one.
    """
    period = horizon(workspace, today)
    facts = load(workspace, Filters(period))
    headline = name_of_headline(facts, Filters(period))
    weeks = tuple(period.start + timedelta(weeks=number) for number in range(HORIZON))
    found = [*_scores(facts, period, headline, since), *_categories(facts, period, headline)]
    budget = sum(len(points.n) > BASELINE_LEAST for _kind, _key, points in found)
    arl0 = wanted_arl0(per_year, max(1, budget))
    series = (Series(kind, key, watch(points, arl0), weeks) for kind, key, points in found)
    return Watched(tuple(series), per_year, arl0, headline)


def _scores(facts: Facts, period: Period, headline: str, since: date | None) -> Iterator[tuple[str, int, Points]]:
    week, agent, score, weight = _drawn(facts, period) if headline == IQS else _counted(facts, period)
    if since is not None:
        first = -(-(since - period.start).days // 7)
        kept = week >= first
        week, agent, score, weight = week[kept], agent[kept], score[kept], weight[kept]
    yield TEAM, 0, join_weeks(week, score, weight)
    for key in np.unique(agent).tolist():
        own = agent == key
        yield AGENT, key, join_weeks(week[own], score[own], weight[own])


def _drawn(facts: Facts, period: Period) -> tuple[Ints, Ints, Floats, Floats]:
    """Drawn pairs by week; each counts by one over its chance."""
    found = drawn_of(facts, Filters(period))
    place = found.place
    return (
        _weeks(found.frame.day[place], period),
        found.frame.agent[place],
        found.score,
        1 / found.chance[found.cell[place]],
    )


def _counted(facts: Facts, period: Period) -> tuple[Ints, Ints, Floats, Floats]:
    rows = behind(facts, Filters(period), "average")
    return _weeks(rows.day, period), rows.agent, rows.score, np.ones(len(rows.score))


def _categories(facts: Facts, period: Period, headline: str) -> Iterator[tuple[str, int, Points]]:
    rows = rated(facts, Filters(period), headline)
    for key in np.unique(rows.lineage).tolist():
        own = _on_newest_scale(rows.where(rows.lineage == key))
        yield CATEGORY, key, join_weeks(_weeks(own.day, period), own.percent)


def _on_newest_scale(rows: Rated) -> Rated:
    newest = int(np.argmax(rows.day))
    return rows.where((rows.lowest == rows.lowest[newest]) & (rows.highest == rows.highest[newest]))


def _weeks(day: Ints, period: Period) -> Ints:
    return (day - np.datetime64(period.start, "D").astype(np.int64)) // 7

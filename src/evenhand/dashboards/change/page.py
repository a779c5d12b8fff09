"""The contents of the page of changes: every number from `facts`, every name from its room."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from evenhand.conversations.models import Agent
from evenhand.dashboards import words as dashboard_words
from evenhand.dashboards.asked import Asked, ask
from evenhand.dashboards.change import charts, words
from evenhand.dashboards.charts import Chart
from evenhand.dashboards.watching import services
from evenhand.facts.filters import Filters
from evenhand.facts.load import Facts, load
from evenhand.facts.metrics import changes, scores
from evenhand.facts.metrics.changes import AGENT, CATEGORY, TEAM, Changes, Compared
from evenhand.facts.metrics.watching import Series, Watched
from evenhand.people.access import Seat
from evenhand.quality.periods import Period
from evenhand.scorecards.models import Lineage

AXES = (10, 20, 40, 60, 100)
_PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class Row:
    """One comparison with the name of what it is about."""

    name: str
    one: Compared

    @property
    def words(self) -> str:
        return words.row(self.one)

    @property
    def way(self) -> str:
        return words.way(self.one)

    @property
    def value(self) -> str:
        return words.value(self.one.change)


@dataclass(frozen=True)
class Rows:
    """compared: what stands first, the largest before, then by name. others: by name, each with the reason."""

    compared: list[Row]
    others: list[Row]


@dataclass(frozen=True)
class Watching:
    """One watched series with its name and where it stands."""

    name: str
    series: Series

    @property
    def state(self) -> str:
        return words.state(self.series)


def question(seat: Seat, params: QueryDict) -> Asked:
    """Read an address. Two fields of the form, from and to, are one parameter: ``against=first..last``."""
    asked = params.copy()
    first, last = (
        asked.pop(f"against_{end}")[-1].strip() if f"against_{end}" in asked else "" for end in ("from", "to")
    )
    if first or last:
        asked["against"] = f"{first}..{last}"
    asked.pop("watch", None)
    return ask(seat, asked)


@dataclass
class ChangePage:
    """Each part is computed when its template asks for it. `shown` names the watched series that is drawn."""

    asked: Asked
    now: datetime
    shown: str = ""

    @property
    def seat(self) -> Seat:
        return self.asked.seat

    @cached_property
    def chosen(self) -> tuple[Period | None, str]:
        """The earlier period that the address names, and what is wrong with it."""
        text = self.asked.own.get("against", "")
        if not text:
            return None, ""
        found = _PERIOD.fullmatch(text)
        try:
            period = Period.of_days(*map(date.fromisoformat, found.groups())) if found else None
        except ValueError:
            period = None
        if period is None:
            return None, _("“%(text)s” is no period. It takes a first and a last day.") % {"text": text}
        if period.end > self.asked.filters.period.start or not period.days:
            return None, _("The earlier period must end before the later one begins.")
        return period, ""

    @property
    def problem(self) -> str:
        return self.chosen[1]

    @cached_property
    def earlier(self) -> Filters:
        period, _problem = self.chosen
        return self.asked.filters.within(period) if period else self.asked.filters.before()

    @cached_property
    def facts(self) -> Facts:
        return load(self.seat.workspace, self.asked.filters, earlier=self.earlier)

    @cached_property
    def headline(self) -> str:
        return scores.name_of_headline(self.facts, self.asked.filters)

    @property
    def drawn(self) -> bool:
        return self.headline == scores.IQS

    @property
    def name(self) -> str:
        return str(dashboard_words.NAMES[self.headline]())

    @cached_property
    def changes(self) -> Changes:
        return changes.changes(self.facts, self.asked.filters, self.earlier, self.headline)

    @property
    def has_any(self) -> bool:
        return any(one.change.n_before or one.change.n_after for one in self.changes.every)

    @cached_property
    def team(self) -> Row:
        return Row(_("Team"), self.changes.team)

    @property
    def many_words(self) -> str:
        return words.many(self.changes)

    @property
    def why_many(self) -> str:
        return words.why_many(self.changes)

    @property
    def mix_words(self) -> list[str]:
        return words.mix(self.changes)

    @cached_property
    def agents(self) -> Rows:
        return self._rows(self.changes.agents, self.names(AGENT))

    @cached_property
    def categories(self) -> Rows:
        return self._rows(self.changes.categories, self.names(CATEGORY))

    @cached_property
    def axis(self) -> int:
        """How far the drawings reach either way: one figure for all, so that rows can be compared."""
        ends = [abs(end) for one in self.changes.every for end in (one.change.low, one.change.high) if end is not None]
        return next((axis for axis in AXES if axis >= max(ends, default=0)), AXES[-1])

    @property
    def axis_low(self) -> int:
        return -self.axis

    @cached_property
    def watched(self) -> Watched:
        return services.look(self.seat.workspace, self.now)

    @cached_property
    def series(self) -> list[Watching]:
        """The team first, then what is out of its limits, then by name; those not watched yet are last."""
        named = {TEAM: {0: _("Team")}, AGENT: self.names(AGENT), CATEGORY: self.names(CATEGORY)}
        rows = [Watching(named[one.kind][one.key], one) for one in self.watched.series if one.key in named[one.kind]]
        return sorted(
            rows, key=lambda r: (bool(r.series.watch.missing), r.series.kind != TEAM, not r.series.watch.now, r.name)
        )

    @property
    def active(self) -> list[Watching]:
        return [row for row in self.series if not row.series.watch.missing]

    @property
    def waiting(self) -> list[Watching]:
        return [row for row in self.series if row.series.watch.missing]

    @cached_property
    def drawn_series(self) -> Watching | None:
        """The one that was asked for, else the first that is out of its limits, else the first."""
        asked = [row for row in self.active if row.series.name == self.shown]
        return next(iter([*asked, *(row for row in self.active if row.series.watch.now), *self.active]), None)

    @property
    def chart(self) -> Chart | None:
        row = self.drawn_series
        return charts.watched(row.series, _("%(name)s, week by week") % {"name": row.name}) if row else None

    @property
    def usual_words(self) -> str:
        return words.usual(self.drawn_series.series) if self.drawn_series else ""

    @property
    def often_words(self) -> str:
        return words.often(self.drawn_series.series) if self.drawn_series else ""

    @property
    def per_year(self) -> int:
        return int(self.watched.per_year)

    @property
    def watching_words(self) -> str:
        return words.watching(self.watched)

    def names(self, kind: str) -> dict[int, str]:
        """Names of the agents or categories of the workspace that any part of the page speaks of."""
        keys = {one.key for one in (*self.changes.every, *self.watched.series) if one.kind == kind}
        return {key: name for key, name in self._all_names[kind].items() if key in keys}

    @cached_property
    def _all_names(self) -> dict[str, dict[int, str]]:
        agents = Agent.objects.filter(workspace=self.seat.workspace).values_list("pk", "name")
        lineages = Lineage.objects.filter(scorecard__workspace=self.seat.workspace).values_list("pk", "name")
        return {AGENT: dict(agents), CATEGORY: dict(lineages)}

    def _rows(self, found: tuple[Compared, ...], names: dict[int, str]) -> Rows:
        rows = sorted((Row(names[one.key], one) for one in found if one.key in names), key=lambda row: row.name)
        compared = [row for row in rows if row.one.change.has_number]
        compared.sort(key=lambda row: -abs(row.one.change.value or 0) if row.one.stands else 0)
        return Rows(compared, [row for row in rows if not row.one.change.has_number])

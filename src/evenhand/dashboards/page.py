"""The dashboard's contents: every number from `facts`, every name from its room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from evenhand.conversations.models import Agent, Group
from evenhand.dashboards import charts, words
from evenhand.dashboards.asked import Asked
from evenhand.dashboards.charts import Chart, Crossed
from evenhand.facts.load import Facts, load
from evenhand.facts.metrics import breakdowns, scores, work
from evenhand.people.models import AuditEntry
from evenhand.people.services.workspaces import NUMBER_SETTINGS
from evenhand.quality.change import Change
from evenhand.quality.estimates import Estimate
from evenhand.quality.periods import Period, start_of
from evenhand.quality.shrinkage import GroupEstimate
from evenhand.scorecards.models import Lineage, ScorecardVersion

TREND_DAYS = {"day": 28, "week": 84, "month": 365}


@dataclass(frozen=True)
class AgentRow:
    agent: Agent
    group: GroupEstimate

    @property
    def also(self) -> str:
        """The plain mean stands behind the button: in a column of its own it would be read as a rank."""
        if not self.group.estimate.has_number:
            return ""
        return _("The plain mean of these alone is %(mean).0f.") % {"mean": self.group.raw}


@dataclass(frozen=True)
class CategoryRow:
    lineage: Lineage
    number: breakdowns.CategoryNumber


@dataclass
class Page:
    """One dashboard; each part is computed when its template asks for it."""

    asked: Asked

    @cached_property
    def trend_period(self) -> Period:
        """Whole steps: a week that begins before the period is not cut in two."""
        period, grain = self.asked.filters.period, self.asked.grain
        earliest = min(period.start, period.end - timedelta(days=TREND_DAYS[grain]))
        return Period(start_of(grain, earliest, self.asked.seat.workspace.week_start), period.end)  # type: ignore[arg-type]

    @cached_property
    def facts(self) -> Facts:
        earlier = self.asked.filters.before()
        start = min(earlier.period.start, self.trend_period.start)
        return load(
            self.asked.seat.workspace,
            self.asked.filters,
            earlier=replace(earlier, period=Period(start, earlier.period.end)),
        )

    @cached_property
    def headline(self) -> scores.Headline:
        return scores.headline(self.facts, self.asked.filters)

    @property
    def name(self) -> str:
        return words.name_of(self.headline)

    @property
    def describes(self) -> str:
        return words.describes(self.headline)

    @property
    def drawn(self) -> bool:
        """Whether the headline, and all that rests on the same reviews, comes from random draws."""
        return self.headline.name == scores.IQS

    @cached_property
    def change(self) -> Change:
        return scores.change(self.facts, self.asked.filters, self.headline.name)

    @property
    def broken_words(self) -> str:
        compared = self.asked.filters.before().period
        broken = {what for day, what in self.breaks if compared.start < day < self.asked.filters.period.end}
        return words.broken(broken) if broken else ""

    @cached_property
    def pass_rate(self) -> Estimate:
        return work.pass_rate(self.facts, self.asked.filters, self.headline.name)

    @cached_property
    def csat(self) -> Estimate:
        return work.customer_satisfaction(self.facts, self.asked.filters)

    @cached_property
    def review_time(self) -> work.ReviewTime:
        return work.review_time(self.facts, self.asked.filters)

    @cached_property
    def unseen(self) -> Estimate:
        return work.unseen(self.facts, self.asked.filters)

    @cached_property
    def unseen_count(self) -> int:
        return round((self.unseen.value or 0) * self.unseen.n / 100)

    @cached_property
    def critical_rule(self) -> scores.CriticalRule:
        return scores.critical_rule(self.facts, self.asked.filters)

    @cached_property
    def trend(self) -> Chart:
        filters = self.asked.filters.within(self.trend_period)
        steps = breakdowns.trend(self.facts, filters, self.headline.name, self.asked.grain)  # type: ignore[arg-type]
        titles = {"day": _("By day"), "week": _("By week"), "month": _("By month")}
        return charts.trend(steps, titles[self.asked.grain], _("Score"), self.asked.filters.period.start, self.breaks)

    @cached_property
    def trend_is_empty(self) -> bool:
        """No step has a number, so that nothing is drawn but the frame."""
        return all(value == "–" for _first, value, *_rest in self.trend.rows)

    @cached_property
    def breaks(self) -> list[tuple[date, str]]:
        """New versions of a scorecard, and settings that change what a number says."""
        seat = self.asked.seat
        first = min(self.trend_period.start, self.asked.filters.before().period.start)
        versions = ScorecardVersion.objects.filter(
            scorecard__workspace=seat.workspace, number__gt=1, published_at__date__gte=first
        ).values_list("published_at", flat=True)
        settings = AuditEntry.objects.filter(
            workspace=seat.workspace, action="workspace.setting", at__date__gte=first,
            data__setting__in=NUMBER_SETTINGS,
        ).values_list("at", flat=True)  # fmt: skip
        marks = [(moment, _("scorecard changed")) for moment in versions] + [
            (at, _("setting changed")) for at in settings
        ]
        return [(moment.astimezone(seat.zone).date(), told) for moment, told in marks]

    @cached_property
    def shrinkage(self) -> Any:
        return breakdowns.agents(self.facts, self.asked.filters, self.headline.name)

    @property
    def reliability(self) -> float:
        """Of the number that can be relied on least: what decides whether agents may be ranked."""
        shown = [group.reliability for group in self.shrinkage.groups if group.estimate.has_number]
        return float(min(shown, default=self.shrinkage.reliability))

    @cached_property
    def agents(self) -> list[AgentRow]:
        """By estimate, without ranks; those with too few reviews last, by name."""
        groups = self.shrinkage.groups if self.shrinkage else ()
        found = Agent.objects.in_bulk([group.group for group in groups])
        rows = [AgentRow(found[group.group], group) for group in groups if group.group in found]
        return sorted(
            rows, key=lambda r: (not r.group.estimate.has_number, -(r.group.estimate.value or 0), r.agent.name)
        )

    @cached_property
    def agents_axis(self) -> int:
        lows = [row.group.estimate.low for row in self.agents if row.group.estimate.low is not None]
        return int(max(0, min([60, *(low // 20 * 20 for low in lows)])))

    @property
    def agents_words(self) -> str:
        return words.against_team(self.shrinkage, self.headline.estimate.value) if self.shrinkage else ""

    @cached_property
    def categories(self) -> list[CategoryRow]:
        found = breakdowns.categories(self.facts, self.asked.filters, self.headline.name)
        lineages = Lineage.objects.in_bulk([number.lineage_id for number in found])
        return [CategoryRow(lineages[number.lineage_id], number) for number in found]

    @cached_property
    def causes(self) -> list[breakdowns.CauseCount]:
        """The most frequent; of fewer than four reviews none, as their score is not shown either."""
        if not self.headline.estimate.has_number:
            return []
        return breakdowns.root_causes(self.facts, self.asked.filters, self.headline.name)[:8]

    @cached_property
    def lowest_words(self) -> str:
        shown = [row for row in self.categories if row.number.estimate.has_number]
        if len(shown) < 2:
            return ""
        low = shown[-1]
        named = breakdowns.root_causes(self.facts, self.asked.filters, self.headline.name, low.lineage.pk)
        first = named[0] if named else None
        return words.lowest(low.lineage.name, low.number.estimate, first)

    @cached_property
    def crossed(self) -> list[Crossed]:
        """Groups with both a score and a CSAT."""
        groups = Group.objects.filter(workspace=self.asked.seat.workspace, deleted_at=None).order_by("name")
        keys = [group.pk for group in groups]
        score = scores.by_group(self.facts, self.asked.filters, keys, self.headline.name)
        csat = work.satisfaction_by_group(self.facts, self.asked.filters, keys)
        dots = (Crossed(group.name, score[group.pk], csat[group.pk]) for group in groups)
        return [dot for dot in dots if dot.score.has_number and dot.csat.has_number]

    @cached_property
    def quadrant(self) -> Chart | None:
        """Fewer than two groups are not worth a drawing."""
        team = (self.headline.estimate.value, self.csat.value)
        if len(self.crossed) < 2 or None in team:
            return None
        return charts.quadrant(self.crossed, _("Score and CSAT by group"), _("Score"), team)  # type: ignore[arg-type]

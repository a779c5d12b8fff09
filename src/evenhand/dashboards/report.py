"""The dashboard's numbers as plain text: what `evenhand report` prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.conversations.models import Agent
from evenhand.dashboards import words
from evenhand.facts.filters import Filters
from evenhand.facts.load import Facts, load
from evenhand.facts.metrics import breakdowns, scores, work
from evenhand.facts.words import meaning, sentence, wanting
from evenhand.people.models import Workspace
from evenhand.quality.change import Change
from evenhand.quality.estimates import Estimate
from evenhand.quality.periods import Period
from evenhand.scorecards.models import Lineage


@dataclass(frozen=True)
class Line:
    """One row of a table: `needed` more reviews would bring it within ± 10, where that is known."""

    name: str
    estimate: Estimate
    unit: str = ""
    needed: int = 0


@dataclass(frozen=True)
class Report:
    workspace: str
    period: Period
    headline: scores.Headline
    change: Change
    numbers: list[Line]
    by: str = ""
    rows: list[Line] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Full values, for machines."""
        return {
            "workspace": self.workspace,
            "from": self.period.start,
            "to": self.period.last,
            "headline": {
                "name": self.headline.name, "reviews": self.headline.reviews, "left_out": self.headline.left_out,
                "frame": self.headline.frame, **self.headline.estimate.as_dict(),
            },
            "change": asdict(self.change),
            "numbers": [{"name": line.name, **line.estimate.as_dict()} for line in self.numbers],
            **({"by": self.by, "rows": [_row(line) for line in self.rows]} if self.by else {}),
        }  # fmt: skip


def today(workspace: Workspace) -> date:
    return timezone.now().astimezone(ZoneInfo(workspace.time_zone)).date()


def build(workspace: Workspace, period: Period, by: str | None = None) -> Report:
    filters = Filters(period)
    facts = load(workspace, filters, earlier=filters.before())
    headline = scores.headline(facts, filters)
    return Report(
        workspace=workspace.name, period=period, headline=headline,
        change=scores.change(facts, filters, headline.name), numbers=list(_numbers(facts, filters, headline)),
        by=by or "", rows=list(_breakdown(facts, filters, headline.name, by)) if by else [],
    )  # fmt: skip


def _numbers(facts: Facts, filters: Filters, headline: scores.Headline) -> Iterator[Line]:
    if headline.name != scores.AVERAGE:
        yield Line(_("Review average, all reviews"), headline.average)
    yield Line(_("Without critical failures"), scores.critical_rule(facts, filters).parts.without_rule)
    yield Line(_("Pass rate"), work.pass_rate(facts, filters, headline.name), unit=" %")
    yield Line(_("CSAT"), work.customer_satisfaction(facts, filters), unit=" %")


def _breakdown(facts: Facts, filters: Filters, name: str, by: str) -> Iterator[Line]:
    if by == "week":
        for step in breakdowns.trend(facts, filters, name):
            yield Line(step.period.start.isoformat(), step.estimate)
    elif by == "category":
        found = breakdowns.categories(facts, filters, name)
        names = dict(Lineage.objects.filter(pk__in=[c.lineage_id for c in found]).values_list("pk", "name"))
        for category in found:
            yield Line(names[category.lineage_id], category.estimate)
    else:
        shrinkage = breakdowns.agents(facts, filters, name)
        groups = shrinkage.groups if shrinkage else ()
        names = dict(Agent.objects.filter(pk__in=[g.group for g in groups]).values_list("pk", "name"))
        for group in sorted(groups, key=lambda g: (g.estimate.value is None, -(g.estimate.value or 0))):
            yield Line(names[group.group], group.estimate, needed=group.needed)


def text(report: Report) -> str:
    """A table for people: whole points, "between 80 and 88", n; then what the headline says and cannot say."""
    lines = [f"{report.workspace}, {report.period.start} to {report.period.last}", ""]
    lines += _table([Line(words.name_of(report.headline), report.headline.estimate), *report.numbers])
    if report.headline.average.n:
        lines += [
            "",
            _("Against the period before: %(told)s") % {"told": sentence(report.change)},
            "",
            *_meaning(report),
        ]
    else:
        lines += ["", _("No reviews in this period. A number takes four.")]
    if report.by:
        lines += ["", *(_table(report.rows) if report.rows else [_("No reviews in this period.")])]
    return "\n".join(lines)


def _meaning(report: Report) -> list[str]:
    headline = report.headline
    said = meaning(headline.estimate, headline.name, headline.name == scores.IQS)
    return [
        said.describes,
        said.limits,
        *([said.note] if said.note else []),
        _("Method: %(name)s.") % {"name": said.method},
    ]


def _table(lines: list[Line]) -> list[str]:
    width = max(len(line.name) for line in lines)
    return [f"{line.name:<{width}}  {_value(line)}" for line in lines]


def _value(line: Line) -> str:
    estimate = line.estimate
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return f"{'–':>5}  {wanting(estimate.n, line.needed)}, n {estimate.n}"
    digits = estimate.decimals
    between = _("between %(low)s and %(high)s") % {
        "low": f"{estimate.low:.{digits}f}", "high": f"{estimate.high:.{digits}f}",
    }  # fmt: skip
    return f"{estimate.value:>5.{digits}f}{line.unit}  {between}, n {estimate.n}"


def _row(line: Line) -> dict[str, Any]:
    return {"name": line.name, "needed": line.needed, **line.estimate.as_dict()}

"""Every chart's numbers as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from evenhand.dashboards.page import Page
from evenhand.facts.metrics import breakdowns
from evenhand.people.spreadsheet import line
from evenhand.quality.estimates import Estimate

Row = Sequence[Any]


def answer(page: Page, of: str) -> HttpResponse:
    if of not in TABLES:
        raise Http404(_("There is no table of this name."))
    period = page.asked.filters.period
    response = HttpResponse(text(TABLES[of](page)), content_type="text/csv; charset=utf-8")
    name = f"{page.asked.seat.workspace.slug}-{of}-{period.start}-{period.last}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def text(rows: Iterable[Row]) -> str:
    return "".join(line(row) for row in rows)


def _estimate(estimate: Estimate) -> list[Any]:
    return [estimate.value, estimate.low, estimate.high, estimate.n, estimate.method]


HEAD = ["value", "low", "high", "n", "method"]


def numbers(page: Page) -> Iterable[Row]:
    yield ["number", *HEAD]
    yield [page.headline.name, *_estimate(page.headline.estimate)]
    yield ["review_average", *_estimate(page.headline.average)]
    parts = page.critical_rule.parts
    yield ["without_critical", *_estimate(parts.without_rule)]
    yield ["cost_of_critical", *_estimate(parts.cost)]
    yield ["critical_failures", *_estimate(parts.failed)]
    yield ["not_failed", *_estimate(parts.others)]
    yield ["pass_rate", *_estimate(page.pass_rate)]
    yield ["csat", *_estimate(page.csat)]
    yield ["unseen", *_estimate(page.unseen)]


def trend(page: Page) -> Iterable[Row]:
    yield ["from", "to", *HEAD]
    filters = page.asked.filters.within(page.trend_period)
    for step in breakdowns.trend(page.facts, filters, page.headline.name, page.asked.grain):  # type: ignore[arg-type]
        yield [step.period.start, step.period.last, *_estimate(step.estimate)]


def agents(page: Page) -> Iterable[Row]:
    yield ["agent", *HEAD, "plain_mean", "reliability", "below_team", "needed"]
    for row in page.agents:
        group = row.group
        plain = group.raw if group.estimate.has_number else None  # one review is no mean
        yield [row.agent.name, *_estimate(group.estimate), plain, group.reliability, group.below, group.needed]


def categories(page: Page) -> Iterable[Row]:
    yield ["category", *HEAD, "critical", "failed"]
    for row in page.categories:
        failed = row.number.failed if row.number.estimate.has_number else None
        yield [row.lineage.name, *_estimate(row.number.estimate), row.number.critical, failed]


def causes(page: Page) -> Iterable[Row]:
    yield ["cause", "kind", "reviews"]
    found = breakdowns.root_causes(page.facts, page.asked.filters, page.headline.name)
    for cause in found if page.headline.estimate.has_number else ():
        yield [cause.label, cause.kind, cause.count]


def quadrant(page: Page) -> Iterable[Row]:
    score, csat = ([f"{name}_{column}" for column in HEAD] for name in ("score", "csat"))
    yield ["group", *score, *csat]
    for dot in page.crossed:
        yield [dot.name, *_estimate(dot.score), *_estimate(dot.csat)]


TABLES = {
    "numbers": numbers, "trend": trend, "agents": agents, "categories": categories, "causes": causes,
    "quadrant": quadrant,
}  # fmt: skip

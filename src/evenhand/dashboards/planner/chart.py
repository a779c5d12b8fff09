"""The margin of the team's score by number of reviews, as a drawing and as a table."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from evenhand.dashboards.charts import Chart, Spec
from evenhand.dashboards.planner.plan import Plan
from evenhand.reviews.outlooks import margin

MOST = 30.0


def margins(plan: Plan) -> Chart:
    title = _("Margin of the team’s score by number of reviews, with and without AutoQA")
    headers = [_("Reviews"), _("Team"), _("Team, with AutoQA"), _("Each agent"), _("Time")]
    rows = [
        [n, margin(alone.team), margin(corrected.team), _own(alone.agent.margin), plan.time(n)]
        for n, alone, corrected in plan.ladder
    ]
    return Chart(title, headers, rows, _spec(plan, title))


def _own(points: float | None) -> str:
    return "–" if points is None else margin(points)


def _spec(plan: Plan, title: str) -> Spec:
    points = [{"n": n, "alone": alone.team, "corrected": corrected.team} for n, alone, corrected in plan.curve]
    here = {"values": [{"n": plan.n, "alone": plan.alone.team, "corrected": plan.corrected.team}]}
    top = min(MOST, max(point["alone"] for point in points))
    x = {
        "field": "n", "type": "quantitative", "title": _("reviews in four weeks"),
        "axis": {"tickCount": 5, "format": "d"}, "scale": {"domain": [plan.lowest, plan.highest], "nice": False},
    }  # fmt: skip
    y = {
        "type": "quantitative", "title": None, "scale": {"domain": [0, top], "clamp": True},
        "axis": {"tickCount": 6, "labelExpr": "'± ' + datum.label"},
    }  # fmt: skip
    layers: list[Spec] = [
        {"mark": {"type": "rule", "color": "--chart-text"}, "encoding": {"x": x}, "data": here},
        {"mark": "line", "encoding": {"x": x, "y": {**y, "field": "alone"}}},
        {"mark": {"type": "line", "strokeDash": [5, 4]}, "encoding": {"x": x, "y": {**y, "field": "corrected"}}},
        {"mark": _dot("--chart-line"), "encoding": {"x": x, "y": {**y, "field": "alone"}}, "data": here},
        {"mark": _dot("--paper"), "encoding": {"x": x, "y": {**y, "field": "corrected"}}, "data": here},
    ]
    return {"data": {"values": points}, "height": 260, "description": title, "layer": layers}


def _dot(fill: str) -> dict[str, Any]:
    return {
        "type": "point",
        "filled": True,
        "fill": fill,
        "stroke": "--chart-line",
        "strokeWidth": 2,
        "size": 110,
        "opacity": 1,
    }

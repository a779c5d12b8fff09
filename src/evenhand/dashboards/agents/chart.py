"""Agents' estimates as dots on lines, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from evenhand.dashboards.agents.page import Row
from evenhand.dashboards.charts import Chart, Spec, between, value

ROW, LEAST = 28, 90


def intervals(rows: Sequence[Row], team: float | None) -> Chart:
    """The agents with a number, in the order of the table; the upright line is the team's number."""
    title = _("Agents’ estimated scores with their 95 % intervals")
    shown = [row for row in rows if row.estimate.has_number]
    headers = [_("Agent"), _("Score"), _("95 % interval"), _("Reviewed"), _("Reliability")]
    table = [
        [r.agent.name, value(r.estimate), between(r.estimate), r.estimate.n, f"{r.group.reliability:.2f}"]
        for r in shown
    ]
    return Chart(title, headers, table, _spec(shown, team, title))


def _spec(rows: Sequence[Row], team: float | None, title: str) -> Spec:
    data = [
        {"name": r.agent.name, "value": r.estimate.value, "low": r.estimate.low, "high": r.estimate.high,
         "n": r.estimate.n, "between": between(r.estimate)}
        for r in rows
    ]  # fmt: skip
    start = int(max(0, min([60, *(row["low"] // 10 * 10 for row in data if row["low"] is not None)])))
    x = {"type": "quantitative", "title": None, "scale": {"domain": [start, 100]}, "axis": {"tickCount": 5}}
    y = {"field": "name", "type": "ordinal", "title": None, "sort": None, "axis": {"labelLimit": 130, "grid": False}}
    tooltip = [
        {"field": "name", "title": _("Agent")}, {"field": "value", "format": ".0f", "title": _("Score")},
        {"field": "between", "title": _("between")}, {"field": "n", "title": "n"},
    ]  # fmt: skip
    layers: list[Spec] = [
        {"mark": {"type": "rule", "color": "--chart-line", "strokeWidth": 2},
         "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y}},
        {"mark": {"type": "point", "filled": True, "fill": "--chart-line", "size": 70, "opacity": 1},
         "encoding": {"x": {**x, "field": "value"}, "y": y, "tooltip": tooltip}},
    ]  # fmt: skip
    if team is not None:
        layers.insert(0, _team(x, team))
    return {"data": {"values": data}, "height": max(LEAST, ROW * len(data)), "description": title, "layer": layers}


def _team(x: Spec, team: float) -> Spec:
    return {
        "data": {"values": [{"team": team}]},
        "mark": {"type": "rule", "color": "--chart-text", "strokeDash": [4, 3]},
        "encoding": {"x": {**x, "field": "team"}},
    }

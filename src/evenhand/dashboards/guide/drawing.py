"""The guide's two kinds of drawings, each with its table: intervals under one another, and a band along an axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from evenhand.dashboards.charts import Chart, Spec, between, value
from evenhand.quality.estimates import Estimate


@dataclass(frozen=True, slots=True)
class Picture:
    """What a page shows: its drawings, and the figures that its sentences name."""

    charts: tuple[Chart, ...]
    told: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One interval of a drawing; `name` is empty where the lines are only counted."""

    name: str
    estimate: Estimate


def intervals(
    title: str, lines: Sequence[Line], truth: float | None, truth_name: str = "", *,
    start: float = 0, end: float = 100, n_name: str = "", digits: int = 0,
) -> Chart:  # fmt: skip
    """Intervals under one another. With a truth there is a line through it, and what misses it is hollow and dashed."""
    data = [_mark(i, line, truth) for i, line in enumerate(lines)]
    named = any(line.name for line in lines)
    x = {"field": "value", "type": "quantitative", "title": None, "scale": {"domain": [start, end]},
         "axis": {"tickCount": 5, "grid": True}}  # fmt: skip
    y = {"field": "line", "type": "ordinal", "sort": None, "title": None,
         "axis": {"labelLimit": 220, "domain": False, "ticks": False} if named else None}  # fmt: skip
    span = {"condition": {"test": "datum.holds", "value": []}, "value": [3, 3]}
    fill = {"condition": {"test": "datum.holds", "value": "--chart-line"}, "value": "--paper"}
    dot = {"type": "point", "filled": True, "stroke": "--chart-line", "strokeWidth": 2, "opacity": 1}
    layers: list[Spec] = [
        {"mark": {"type": "rule", "color": "--ink", "strokeWidth": 1.5}, "encoding": {"x": {**x, "field": "at"}},
         "data": {"values": [] if truth is None else [{"at": truth}]}},
        {"mark": {"type": "rule", "color": "--chart-line", "strokeWidth": 2},
         "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "strokeDash": span}},
        {"mark": dot, "encoding": {"x": x, "y": y, "fill": fill, "size": {"value": 60 if named else 36}}},
    ]  # fmt: skip
    height = 30 + (30 if named else 11) * len(lines)
    spec = {"data": {"values": data}, "height": height, "description": title, "layer": layers}
    headers = [_("Line"), _("Reads"), _("Between"), n_name or _("Reviews"), *([truth_name] if truth_name else [])]
    rows = [_row(i, line, truth, digits) for i, line in enumerate(lines, 1)]
    return Chart(title, headers, rows, spec)


def _mark(i: int, line: Line, truth: float | None) -> dict[str, Any]:
    found = line.estimate
    return {
        "line": line.name or str(i + 1), "value": found.value, "low": found.low, "high": found.high,
        "holds": truth is None or found.contains(truth),
    }  # fmt: skip


def _row(i: int, line: Line, truth: float | None, digits: int) -> list[Any]:
    found = line.estimate
    told = [value(found), between(found)]
    if digits:
        reach = {"low": f"{found.low:.{digits}f}", "high": f"{found.high:.{digits}f}"}
        told = [f"{found.value:.{digits}f}", _("%(low)s to %(high)s") % reach]
    held = [] if truth is None else [_("inside") if found.contains(truth) else _("outside")]
    return [line.name or str(i), *told, found.n, *held]


def band(
    title: str, points: Sequence[tuple[float, Estimate]], across: str, *,
    truth: float | None = None, start: float = 0, end: float = 100, log: bool = False,
) -> Chart:  # fmt: skip
    """A line with its band along an axis, and the truth as a line across."""
    data = [{"at": at, "value": e.value, "low": e.low, "high": e.high} for at, e in points]
    scale = {"type": "log" if log else "linear", "domain": [points[0][0], points[-1][0]], "nice": False}
    axis = {"tickCount": 6, "format": "d"}
    x = {"field": "at", "type": "quantitative", "title": across, "axis": axis, "scale": scale}
    y = {"type": "quantitative", "title": None, "scale": {"domain": [start, end]}, "axis": {"tickCount": 5}}
    layers: list[Spec] = [
        {"mark": "area", "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}},
        {"mark": "line", "encoding": {"x": x, "y": {**y, "field": "value"}}},
        {"mark": "point", "encoding": {"x": x, "y": {**y, "field": "value"}}},
    ]
    if truth is not None:
        rule = {"mark": {"type": "rule", "color": "--ink", "strokeWidth": 1.5}}
        layers.append({**rule, "encoding": {"y": {**y, "field": "truth"}}, "data": {"values": [{"truth": truth}]}})
    rows = [[f"{at:g}", value(e), between(e), e.n] for at, e in points]
    headers = [across, _("Reads"), _("Between"), _("Reviews")]
    return Chart(title, headers, rows, {"data": {"values": data}, "height": 240, "description": title, "layer": layers})

"""A watched series with its limits."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from evenhand.dashboards.change.words import signed
from evenhand.dashboards.charts import Chart, day_label
from evenhand.facts.metrics.watching import Series


def watched(series: Series, title: str) -> Chart | None:
    """How far the smoothed series is from usual, in standard errors; None where it is not watched yet."""
    watch = series.watch
    if watch.ewma is None or watch.limit is None or watch.out is None:
        return None
    first = len(watch.points.n) - watch.watched
    states = {1: _("above the limit"), -1: _("below the limit"), 0: _("within")}
    points = [
        {
            "at": day_label(series.week(first + i)), "value": round(float(level), 3), "out": bool(side),
            "mean": f"{watch.points.mean[first + i]:.0f}", "n": int(watch.points.n[first + i]),
            "state": states[int(side)],
        }
        for i, (level, side) in enumerate(zip(watch.ewma, watch.out, strict=True))
    ]  # fmt: skip
    rows = [[p["at"], p["mean"], p["n"], signed(p["value"], 2), f"±{watch.limit:.2f}", p["state"]] for p in points]
    headers = [
        _("Week of"), _("Mean of the week"), _("Reviewed"), _("Smoothed, from usual"), _("Limit"), _("State"),
    ]  # fmt: skip
    return Chart(title, headers, rows, _spec(points, watch.limit, title))


def _spec(points: list[dict[str, Any]], limit: float, title: str) -> dict[str, Any]:
    order = [point["at"] for point in points]
    reach = max(1.3 * limit, *(abs(point["value"]) for point in points))
    x = {
        "field": "at", "type": "ordinal", "sort": order, "title": None, "scale": {"domain": order},
        "axis": {"labelAngle": 0, "labelOverlap": True, "labelPadding": 8},
    }  # fmt: skip
    middle = f"datum.value == 0 ? {json.dumps(_('as usual'))} : datum.label"
    y = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [-reach, reach]},
        "axis": {"tickCount": 5, "labelExpr": middle},
    }
    lines = [
        {"v": limit, "words": _("upper limit"), "at": "bottom", "dy": -4},
        {"v": -limit, "words": _("lower limit"), "at": "top", "dy": 5},
    ]  # fmt: skip
    tooltip = [
        {"field": "at", "title": _("Week of")}, {"field": "mean", "title": _("Mean of the week")},
        {"field": "n", "title": "n"}, {"field": "state", "title": _("State")},
    ]  # fmt: skip
    shape = {"condition": {"test": "datum.out", "value": "diamond"}, "value": "circle"}
    size = {"condition": {"test": "datum.out", "value": 140}, "value": 50}
    layers: list[dict[str, Any]] = [
        {"data": {"values": lines}, "mark": {"type": "rule", "strokeDash": [5, 4], "color": "--chart-text"},
         "encoding": {"y": {**y, "field": "v"}}},
        {"data": {"values": [{"v": 0}]}, "mark": "rule", "encoding": {"y": {**y, "field": "v"}}},
        *(
            {"data": {"values": [line]},
             "mark": {"type": "text", "align": "right", "baseline": line["at"], "dy": line["dy"]},
             "encoding": {"y": {**y, "field": "v"}, "x": {"value": "width"}, "text": {"field": "words"}}}
            for line in lines
        ),
        {"mark": "line", "encoding": {"x": x, "y": {**y, "field": "value"}}},
        {"mark": "point", "encoding": {"x": x, "y": {**y, "field": "value"}, "shape": shape, "size": size,
                                       "tooltip": tooltip}},
    ]  # fmt: skip
    return {"data": {"values": points}, "height": 220, "description": title, "layer": layers}

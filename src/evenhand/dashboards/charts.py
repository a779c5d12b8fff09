"""Vega-Lite specs as plain dicts. A value such as "--chart-line" is a colour of the theme, resolved in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evenhand.dashboards import benchmarks
from evenhand.facts.metrics.breakdowns import Step
from evenhand.quality.estimates import Estimate

Spec = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """A spec and the table behind it: the same numbers, for people who do not see drawings, and as CSV."""

    title: str
    headers: list[str]
    rows: list[list[Any]]
    spec: Spec = field(default_factory=dict)


def day_label(day: date) -> str:
    return date_format(day, pgettext("date format", "j M"))


def between(estimate: Estimate) -> str:
    """ "80 to 88", in the digits that the interval allows."""
    if estimate.low is None or estimate.high is None:
        return ""
    digits = estimate.decimals
    return _("%(low)s to %(high)s") % {"low": f"{estimate.low:.{digits}f}", "high": f"{estimate.high:.{digits}f}"}


def value(estimate: Estimate) -> str:
    return "–" if estimate.value is None else f"{estimate.value:.{estimate.decimals}f}"


def trend(steps: Sequence[Step], title: str, name: str, now: date, breaks: Sequence[tuple[date, str]]) -> Chart:
    """Line and band by week, month or day, with n under each; gaps where there are too few reviews."""
    points = [_point(step) for step in steps]
    lows = [p["low"] for p in points if p["low"] is not None]
    start = 0 if not lows else int(max(0, min(60, min(lows) // 10 * 10)))
    rows = [
        [day_label(step.period.start), value(step.estimate), between(step.estimate), step.estimate.n] for step in steps
    ]
    headers = [_("From"), name, _("95 % interval"), _("Reviewed")]
    return Chart(title, headers, rows, _trend_spec(points, start, title, _marks(steps, now, breaks)))


def _point(step: Step) -> dict[str, Any]:
    estimate = step.estimate
    return {
        "at": f"{day_label(step.period.start)}|n {estimate.n}", "value": estimate.value, "low": estimate.low,
        "high": estimate.high, "n": estimate.n, "between": between(estimate),
    }  # fmt: skip


def _marks(steps: Sequence[Step], now: date, breaks: Sequence[tuple[date, str]]) -> list[dict[str, Any]]:
    """Where the asked period begins, and where the scorecard or a setting changed: at the step that holds the day."""
    wanted = [(now, _("this period")), *breaks] if steps and now > steps[0].period.start else list(breaks)
    found: dict[str, list[str]] = {}
    for day, words in wanted:
        for step in steps:
            if day in step.period:
                at = f"{day_label(step.period.start)}|n {step.estimate.n}"
                found.setdefault(at, []).append(words)
    late = {f"{day_label(step.period.start)}|n {step.estimate.n}" for step in steps[len(steps) // 2 :]}
    return [
        {"at": at, "words": ", ".join(dict.fromkeys(words)), "side": "right" if at in late else "left"}
        for at, words in found.items()
    ]


def _trend_spec(points: list[dict[str, Any]], start: int, title: str, marks: list[dict[str, Any]]) -> Spec:
    order = [point["at"] for point in points]
    x = {
        "field": "at", "type": "ordinal", "sort": order, "title": None, "scale": {"domain": order},
        "axis": {"labelAngle": 0, "labelExpr": "split(datum.value, '|')", "labelOverlap": True, "labelPadding": 8},
    }  # fmt: skip
    y = {"type": "quantitative", "title": None, "scale": {"domain": [start, 100]}, "axis": {"tickCount": 5}}
    tooltip = [
        {"field": "value", "format": ".0f", "title": title}, {"field": "between", "title": _("between")},
        {"field": "n", "title": "n"},
    ]  # fmt: skip
    layers: list[Spec] = [
        {
            "mark": {"type": "area"},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
        },
        *_references(y),
        *_rules(marks, x),
        {"mark": "line", "encoding": {"x": x, "y": {**y, "field": "value"}}},
        {"mark": "point", "encoding": {"x": x, "y": {**y, "field": "value"}, "tooltip": tooltip}},
    ]
    return {"data": {"values": points}, "height": 240, "description": title, "layer": layers}


def _references(y: Spec) -> list[Spec]:
    """Each published average is named at its own line: the lower one below it, so that the words keep apart."""
    layers: list[Spec] = []
    for mark, baseline, dy in zip(benchmarks.IQS, ("top", "bottom"), (3, -3), strict=True):
        data = {"values": [{"v": mark.value, "words": str(mark.label)}]}
        at = {"y": {**y, "field": "v"}}
        text = {"type": "text", "align": "right", "baseline": baseline, "dy": dy}
        layers.append(_layer({"type": "rule", "strokeDash": [2, 4]}, at, data))
        layers.append(_layer(text, {**at, "x": {"value": "width"}, "text": {"field": "words"}}, data))
    return layers


def _rules(marks: list[dict[str, Any]], x: Spec) -> list[Spec]:
    if not marks:
        return []
    layers = [_layer({"type": "rule", "color": "--chart-text"}, {"x": x}, {"values": marks})]
    # At the foot, away from the published averages; those on the right speak to the left, or they would be cut off.
    for side, dx in (("left", 6), ("right", -6)):
        if beside := [mark for mark in marks if mark["side"] == side]:
            label = {"type": "text", "align": side, "baseline": "bottom", "dx": dx, "dy": -4}
            at = {"x": x, "y": {"value": "height"}, "text": {"field": "words"}}
            layers.append(_layer(label, at, {"values": beside}))
    return layers


@dataclass(frozen=True)
class Crossed:
    """One dot of the quadrant: a group with both numbers."""

    name: str
    score: Estimate
    csat: Estimate


def quadrant(dots: Sequence[Crossed], title: str, score_name: str, middle: tuple[float, float]) -> Chart:
    """Score against CSAT, each with its interval; the lines through the middle are the team's own numbers."""
    data = [
        {"name": d.name, "s": d.score.value, "s1": d.score.low, "s2": d.score.high, "c": d.csat.value,
         "c1": d.csat.low, "c2": d.csat.high}
        for d in dots
    ]  # fmt: skip
    # Every other name stands below its dot: neighbours in height would write over one another.
    for index, row in enumerate(sorted(data, key=lambda row: row["c"])):
        row["below"] = index % 2 == 0
    x = {"field": "s", "type": "quantitative", "title": score_name, "scale": {"domain": [_start(data, "s1"), 100]},
         "axis": {"tickCount": 5}}  # fmt: skip
    y = {"field": "c", "type": "quantitative", "title": "CSAT, %", "scale": {"domain": [_start(data, "c1"), 100]}}
    line, text = {"type": "rule", "color": "--chart-text"}, {"fontWeight": "bold", "color": "--ink"}
    whisker = {"type": "rule", "color": "--chart-line"}
    published = {"values": [{"m": benchmarks.CSAT.value, "words": str(benchmarks.CSAT.label)}]}
    named = {"type": "text", "align": "right", "baseline": "bottom", "dy": -3}
    layers: list[Spec] = [
        _layer(line, {"x": {**x, "field": "m"}}, {"values": [{"m": middle[0]}]}),
        _layer(line, {"y": {**y, "field": "m"}}, {"values": [{"m": middle[1]}]}),
        _layer({"type": "rule", "strokeDash": [2, 4]}, {"y": {**y, "field": "m"}}, published),
        _layer(named, {"y": {**y, "field": "m"}, "x": {"value": "width"}, "text": {"field": "words"}}, published),
        _layer(whisker, {"x": {**x, "field": "s1"}, "x2": {"field": "s2"}, "y": y}),
        _layer(whisker, {"y": {**y, "field": "c1"}, "y2": {"field": "c2"}, "x": x}),
        _layer({"type": "point"}, {"x": x, "y": y}),
    ]
    for below, dy in ((False, -9), (True, 11)):
        here = {"values": [row for row in data if row["below"] == below]}
        mark = {"type": "text", "align": "left", "dx": 9, "dy": dy, **text}
        layers.append(_layer(mark, {"x": x, "y": y, "text": {"field": "name"}}, here))
    rows = [
        [d.name, value(d.score), between(d.score), d.score.n, value(d.csat), between(d.csat), d.csat.n] for d in dots
    ]
    headers = [_("Group"), score_name, _("between"), _("reviewed"), _("CSAT, %"), _("between"), _("answers")]
    return Chart(title, headers, rows, {"data": {"values": data}, "height": 320, "description": title, "layer": layers})


def _layer(mark: Spec, encoding: Spec, data: Spec | None = None) -> Spec:
    return {"mark": mark, "encoding": encoding, **({"data": data} if data else {})}


def _start(data: list[dict[str, Any]], name: str) -> int:
    return int(max(0, min([60, *(row[name] // 10 * 10 for row in data)])))


def dots(points: Sequence[dict[str, Any]]) -> Chart:
    """Single reviews in their order; those not seen yet are hollow."""
    x = {"field": "i", "type": "quantitative", "axis": None, "scale": {"domain": [0, len(points) + 1]}}
    y = {"field": "score", "type": "quantitative", "title": None, "scale": {"domain": [0, 100]},
         "axis": {"values": [0, 50, 100]}}  # fmt: skip
    fill = {"condition": {"test": "datum.seen", "value": "--chart-line"}, "value": "--paper"}
    mark = {"type": "point", "filled": True, "stroke": "--chart-line", "strokeWidth": 2, "size": 70}
    tooltip = [
        {"field": "day", "title": _("Conversation of")},
        {"field": "score", "format": ".0f", "title": _("Score")},
    ]
    spec = {
        "data": {"values": list(points)}, "height": 150, "description": _("Each review, oldest first"), "mark": mark,
        "encoding": {"x": x, "y": y, "fill": fill, "tooltip": tooltip},
    }  # fmt: skip
    rows = [[p["day"], f"{p['score']:.0f}", _("seen") if p["seen"] else _("not seen yet")] for p in points]
    return Chart(_("Each review, oldest first"), [_("Conversation of"), _("Score"), _("State")], rows, spec)

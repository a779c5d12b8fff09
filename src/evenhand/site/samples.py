"""What the pattern page shows in its components: an invented team's words and figures."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from evenhand.quality.change import Change
from evenhand.quality.estimates import Estimate, no_number

VIEW = _("Warranty, November")

NAV = [
    {"name": "review", "label": _("Review"), "url": "#buttons", "key": "r", "current": False},
    {"name": "conversations", "label": _("Conversations"), "url": "#transcript", "key": "c", "current": False},
    {"name": "dashboard", "label": _("Dashboard"), "url": "#chart", "key": "d", "current": False},
    {"name": "patterns", "label": _("Patterns"), "url": "#main", "key": "p", "current": True},
]

COLOURS = [
    "paper", "surface", "sunken", "line", "line-strong", "ink", "ink-2", "ink-3", "accent", "accent-soft",
    "accent-line", "good", "good-soft", "bad", "bad-soft", "warn", "warn-soft", "found", "chart-band",
]  # fmt: skip

NAME = _("Internal Quality Score, from random draws")
ESTIMATE = Estimate(84.0, 80.0, 88.0, 142, 3912, method="t-skew", design="stratified")
PRECISE = Estimate(84.31, 83.62, 85.04, 3108, 39120, method="t-skew", design="simple")
WANTING = no_number(3)
BY_HAND = Estimate(79.0, 71.0, 85.0, 23, method="bootstrap-t", design="simple")
AGENTS = [
    (_("Tomasz Wrona"), Estimate(90.0, 81.0, 98.0, 19, 340, method="shrunken", design="shrunken"), 0),
    (_("Priya Raman"), no_number(3, 310), 7),
]
FIGURES = [
    (_("Pass rate, 80 and over"), "pass_rate", Estimate(71.0, 63.0, 78.0, 142, method="wilson")),
    (_("CSAT"), "csat", Estimate(82.0, 80.0, 84.0, 1106, method="wilson")),
    (_("NPS"), "nps", no_number(0)),
    (_("Disputed"), "counted", Estimate(4.2, 4.2, 4.2, 142, method="census")),
]
CHANGES = [
    Change(6.0, 2.0, 10.0, 33, 38, "mover"), Change(-5.0, -9.0, -1.0, 33, 38, "mover"),
    Change(2.0, -3.0, 8.0, 33, 38, "mover"), Change(None, None, None, 2, 38, "mover"),
]  # fmt: skip


def category(name: Any, weight: int, words: list[Any], chosen: int | None = None, **more: Any) -> dict[str, Any]:
    points = [{"value": i, "word": word, "chosen": i == chosen} for i, word in enumerate(words, 1)]
    return {"name": name, "weight": weight, "points": points, "na": True, **more}


CATEGORIES = [
    category(_("Correct process"), 10, [_("No"), _("Yes")], 2, critical=True, outcome=_("Yes"), score=100, na=False),
    category(_("Empathy"), 15, [_("Cold"), _("Polite"), _("Warm")], 3, outcome=_("Warm"), score=100),
    category(
        _("Product knowledge"), 20, [_("Wrong"), _("Gaps"), _("Sound"), _("Expert")], 2,
        outcome=_("Gaps"), score=33, low=True,
        causes=[(_("Warranty rules"), True), (_("Macro out of date"), True), (_("Wrong product"), False)],
    ),
    category(_("Tone"), 10, [_("Rude"), _("Stiff"), _("Fitting"), _("Ours")], outcome=_("not applicable"), is_na=True),
    category(
        _("Solution"), 30, [_("Wrong"), _("Weak"), _("Partial"), _("Good"), _("Complete")],
        current=True, guide=_("Is the customer’s problem gone, or on a sure way to be?"),
    ),
]  # fmt: skip

STEPS = [
    {
        "label": _("Import a file"),
        "note": _("JSONL, plain or compressed, or an export of another QA tool"),
        "action": _("Import"),
        "url": "#states",
    },
    {
        "label": _("Look around first"),
        "note": _("A demo team, removed with one click"),
        "action": _("Open the demo"),
        "url": "#states",
    },
]

WEEKS = [("1 Sep", 79, 69, 88, 29), ("8 Sep", 81, 72, 90, 33), ("15 Sep", 77, 67, 87, 27), ("22 Sep", 82, 73, 90, 34)]


def chart() -> dict[str, Any]:
    """A trend with its interval, as a Vega-Lite spec and as the table behind it."""
    values = [{"week": week, "score": score, "low": low, "high": high} for week, score, low, high, _n in WEEKS]
    x = {"field": "week", "type": "ordinal", "sort": None, "title": None, "axis": {"labelAngle": 0}}
    y = {
        "type": "quantitative",
        "scale": {"domain": [60, 100]},
        "title": None,
        "axis": {"values": [60, 70, 80, 90, 100]},
    }
    return {
        "title": _("Score by week"),
        "headers": [_("Week of"), _("Score"), _("Between"), _("Reviews")],
        "rows": [[week, score, f"{low} – {high}", n] for week, score, low, high, n in WEEKS],
        "spec": {
            "data": {"values": values},
            "height": 200,
            "description": _("Between 77 and 82 over four weeks; every interval overlaps its neighbours."),
            "encoding": {"x": x},
            "layer": [
                {"mark": "area", "encoding": {"y": {**y, "field": "low"}, "y2": {"field": "high"}}},
                {"mark": {"type": "line", "point": True}, "encoding": {"y": {**y, "field": "score"}}},
            ],
        },
    }

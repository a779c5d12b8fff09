"""The tags and filters of every page: `{% load evenhand %}`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from evenhand.facts.words import figures, sentence, short
from evenhand.quality.change import Change, Verdict, plain_change
from evenhand.quality.estimates import Estimate
from evenhand.site import display, drawings, keymap
from evenhand.site.fields import choices, control, kind_of

register = template.Library()

register.filter("points", figures.points)
register.filter("signed", figures.signed)
register.filter("coefficient", figures.coefficient)
register.filter("percent", figures.percent)
register.filter("count", figures.count)
register.filter("duration", display.duration)
register.filter("lasting", display.lasting)
register.filter("day", display.day)
register.filter("clock", display.clock)
register.filter("stamp", display.stamp)
register.filter("control", control)
register.filter("control_kind", kind_of)
register.filter("choices", choices)
for drawing in (
    drawings.icon,
    drawings.whisker,
    drawings.until,
    drawings.queue,
    drawings.confidence,
    drawings.axis_row,
    drawings.dot_row,
    drawings.bar_row,
):
    register.simple_tag(drawing)


@register.inclusion_tag("site/_score.html")
def score(
    estimate: Estimate | None,
    size: str = "row",
    url: str = "",
    axis_min: float | None = None,
    kind: str = "",
    drawn: bool | None = None,
    lead: int = 0,
    **words: Any,
) -> dict[str, Any]:
    """The one component for a number: value, interval, n, and behind a button what it says and cannot say.

        {% score page.estimate %}                                  a line of text
        {% score page.estimate "figure" name=title url=rows_url %} the headline, with its whisker
        {% score row.estimate "cells" kind="agent" missing=n %}    three cells of a table: score, between, n
        {% score page.csat "figures" kind="csat" name="CSAT" %}    the two <dd> of an entry in `dl.figures`

    `estimate` is a `quality` Estimate, with a number or without. `kind` is a key of `facts.words.KINDS` (iqs, average,
    pass_rate, csat, agent, agreement...); without it the estimate's own design decides. `drawn=False` where the reviews
    were not drawn at random. `url` leads from n to the rows behind it. `name`, `n`, `describes`, `missing` and `also`
    say what the estimate does not know (`site.display.told`). The axis of a headline goes from `axis_min`, or from a
    round number below the interval, to 100. Where a row has no number, its words also take the `lead` cells before.
    """
    told = display.told(estimate, kind, drawn, **words)
    start = display.axis_start(told["raw"]["low"]) if axis_min is None else axis_min
    return {**told, "size": size, "url": url, "axis_min": start, "axis_max": 100, "span": 2 + lead}


@register.inclusion_tag("site/_difference.html")
def difference(change: Change, size: str = "row", name: str = "", **words: Any) -> dict[str, Any]:
    """The one component for a difference: words, how far it may reach, n on both sides, and its button.

    {% difference page.change %} is a line: "no clear change, between 3 lower and 8 higher"; with "said" it is the
    sentence of a headline. `change` is a `quality` Change; `kind`, `drawn` and `also` as for `{% score %}`.
    """
    verdict = plain_change(change)
    return {
        "size": size,
        "change": change,
        "sentence": sentence(change),
        "short": short(change),
        "way": {Verdict.UP: "up", Verdict.DOWN: "down"}.get(verdict, "unclear") if verdict else "",
        **display.about(change, name=name, **words),
    }


@register.inclusion_tag("site/_about.html")
def about(
    number: Estimate | Change, kind: str = "", drawn: bool | None = None, name: str = "", also: str = ""
) -> dict[str, Any]:
    """The button alone, for a drawing or a table whose numbers stand elsewhere."""
    return display.about(number, kind, drawn, name, also)


@register.simple_tag(takes_context=True)
def key(context: Context, name: str) -> SafeString:
    """The key cap of an action, as this person has it; nothing where they switched it off."""
    caps = keymap.shown(keymap.key_of(name, shortcuts_of(context)))
    return format_html_join(" ", "<kbd>{}</kbd>", ((cap,) for cap in caps))


@register.inclusion_tag("site/_keys_dialog.html", takes_context=True)
def keys_dialog(context: Context) -> dict[str, Any]:
    shortcuts = shortcuts_of(context)
    return {
        "sections": keymap.sections(shortcuts),
        "nav": [item for item in context.get("nav") or [] if item.get("key")],
        "off": bool(shortcuts.get("off")),
        "signed_in": getattr(context.get("user"), "is_authenticated", False),
    }


@register.simple_tag(takes_context=True)
def keys_state(context: Context) -> SafeString:
    """On <html>: hides the key caps from whoever switched single keys off."""
    if not shortcuts_of(context).get("off"):
        return mark_safe("")
    return mark_safe(' data-shortcuts="off"')


@register.simple_tag(takes_context=True)
def keys_data(context: Context) -> SafeString:
    """What keys.js reads: each action's first key, and this person's own choices."""
    return format_html("{}{}", data(keymap.DEFAULTS, "keymap"), data(shortcuts_of(context), "shortcuts"))


def shortcuts_of(context: Context) -> Mapping[str, Any]:
    chosen = context.get("shortcuts") or json.loads(context.get("shortcuts_json") or "{}")
    return chosen if isinstance(chosen, Mapping) else {}


@register.filter
def data(value: Any, element_id: str = "") -> SafeString:
    """Data for a script, as the content security policy allows it: `{{ spec|data:"trend" }}`."""
    name = format_html(' id="{}"', element_id) if element_id else ""
    return format_html('<script type="application/json"{}>{}</script>', name, _json(value))


@register.filter
def chart_spec(value: Any) -> SafeString:
    """A Vega-Lite spec where chart.js looks for it: no script, since htmx drops those from the parts that it swaps."""
    return format_html('<template class="chart-spec">{}</template>', _json(value))


def _json(value: Any) -> SafeString:
    # A closing tag or a comment inside a string must not end the element.
    text = json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
    return mark_safe(text.translate({ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}))  # noqa: S308

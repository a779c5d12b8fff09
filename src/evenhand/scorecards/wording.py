"""Scales, weights and conditions in words: for the editor, the diff and whoever reads a version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from evenhand.conversations import naming
from evenhand.scorecards.conditions import Condition
from evenhand.scorecards.models import Category
from evenhand.scorecards.tree import CategoryView

CSAT = {
    "positive": gettext_lazy("positive"),
    "negative": gettext_lazy("negative"),
    "none": gettext_lazy("not answered"),
}
CRITICAL = {"review": gettext_lazy("fails the review"), "group": gettext_lazy("fails its group")}
Names = Mapping[str, str]


def plain(points: Decimal) -> str:
    """1 and not 1.00; 2.5 and not 2.50."""
    return f"{points.normalize():f}"


def scale(category: CategoryView) -> str:
    """The labels from the lowest answer up: Cold, Polite, Warm."""
    return ", ".join(point.label for point in category.scale)


def quoted(text: str) -> str:
    return pgettext("quotation", "“%s”") % text


def ask_causes(value: str) -> str:
    return str(Category.AskCauses(value).label)


def value(field: str, value: str, names: Names) -> str:
    """One value of a condition; `names` gives connections theirs by public id."""
    if field == "channel":
        return naming.channel(value)
    if field == "language":
        return naming.language(value)
    if field == "csat":
        return str(CSAT.get(value, value))
    return names.get(value, _("a connection that is gone")) if field == "connection" else value


def condition(condition: Condition, names: Names) -> str:
    """the channel is Voice or Chat"""
    said = _or(value(condition.field, each, names) for each in condition.values)
    sentences = {
        ("channel", False): _("the channel is %(values)s"),
        ("channel", True): _("the channel is not %(values)s"),
        ("connection", False): _("it came in over %(values)s"),
        ("connection", True): _("it did not come in over %(values)s"),
        ("tag", False): _("it has the tag %(values)s"),
        ("tag", True): _("it does not have the tag %(values)s"),
        ("csat", False): _("the customer's answer is %(values)s"),
        ("csat", True): _("the customer's answer is anything but %(values)s"),
        ("language", False): _("the language is %(values)s"),
        ("language", True): _("the language is not %(values)s"),
    }
    return sentences[condition.field, condition.negated] % {"values": said}


def conditions(items: Iterable[Condition], names: Names) -> str:
    """All of them in one phrase: fields joined by and, several conditions on one field by or."""
    by_field: dict[str, list[str]] = {}
    for item in items:
        by_field.setdefault(item.field, []).append(condition(item, names))
    return _(", and ").join(_(" or ").join(said) for said in by_field.values())


def _or(values: Iterable[str]) -> str:
    listed = list(values)
    return _(" or ").join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 2 else listed) or "…"


def summary(category: CategoryView, names: Names) -> str:
    """A category in a line, for one that is new: No, Yes; weight 5; fails its group; only if …"""
    said = [scale(category), _("weight %(weight)s") % {"weight": category.weight}]
    if category.critical:
        said.append(str(CRITICAL[category.critical]))
    if category.conditions:
        said.append(_("only if %(conditions)s") % {"conditions": conditions(category.conditions, names)})
    return "; ".join(said)


def answers(count: int) -> str:
    return ngettext("%(n)s answer", "%(n)s answers", count) % {"n": count}

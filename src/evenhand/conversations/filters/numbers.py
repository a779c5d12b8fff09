"""Filters on figures: `2..` is 2 or more, `..5` up to 5, `2..5` between them, `3` exactly 3."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.conversations.filters.base import BadValue, Choice, Filter, Option, either
from evenhand.people.access import Seat


@dataclass(frozen=True)
class Range:
    low: float | None
    high: float | None

    def __str__(self) -> str:
        low, high = (number_format(_short(end)) if end is not None else "" for end in (self.low, self.high))
        if self.low == self.high:
            return low
        if self.high is None:
            return _("%(low)s or more") % {"low": low}
        if self.low is None:
            return _("up to %(high)s") % {"high": high}
        return _("%(low)s to %(high)s") % {"low": low, "high": high}

    def on(self, column: str) -> Q:
        if self.low == self.high:
            return Q(**{column: self.low})
        ends = {f"{column}__gte": self.low, f"{column}__lte": self.high}
        return Q(**{lookup: end for lookup, end in ends.items() if end is not None})


def range_of(value: str) -> Range:
    first, dots, last = value.partition("..")
    low, high = _figure(first), _figure(last)
    if not dots:
        high = low
    if low is None and high is None:
        raise BadValue(_("Write a number, or two: 2.. for 2 or more, 2..5 for 2 to 5."))
    if low is not None and high is not None and high < low:
        raise BadValue(_("The first number is larger than the second. Swap them."))
    return Range(low, high)


def _figure(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        figure = float(text)
    except ValueError:
        figure = math.nan
    if not math.isfinite(figure) or abs(figure) > 1e9:
        raise BadValue(_("“%(value)s” is no number.") % {"value": text})
    return figure


def _short(figure: float) -> float | int:
    return int(figure) if figure == int(figure) else figure


class NumberFilter(Filter):
    kind = "number"
    can_exclude = False
    has_many = False

    def __init__(self, name: str, label: Any, column: str, order: int) -> None:
        self.name, self.label, self.column, self.order = name, label, column, order

    def clean(self, choice: Choice, seat: Seat) -> Range:
        return range_of(choice.values[0])

    def title(self, choice: Choice) -> str:
        return str(self.label)

    def words(self, choice: Choice, seat: Seat) -> str:
        return str(range_of(choice.values[0]))

    def condition(self, value: Range, seat: Seat) -> Q:
        return value.on(self.column)


class SatisfactionFilter(Filter):
    """What the customer answered last: `positive`, `negative`, `none`, or a range of the score."""

    name = "csat"
    label = gettext_lazy("Customer’s score")
    order = 70
    WORDS = {
        "positive": gettext_lazy("positive"),
        "negative": gettext_lazy("not positive"),
        "none": gettext_lazy("none"),
    }
    hint = gettext_lazy("Or a score: 4, 1..2")

    def options(self, seat: Seat, part: str = "") -> Sequence[Option]:
        return [Option(value, str(label)) for value, label in self.WORDS.items()]

    def clean(self, choice: Choice, seat: Seat) -> list[str | Range]:
        return [value if value in self.WORDS else range_of(value) for value in choice.values]

    def words(self, choice: Choice, seat: Seat) -> str:
        return either([str(self.WORDS.get(str(value), value)) for value in self.clean(choice, seat)])

    def condition(self, value: list[str | Range], seat: Seat) -> Q:
        found = Q()
        for one in value:
            found |= one.on("csat_score") if isinstance(one, Range) else self._named(one)
        return found

    def _named(self, word: str) -> Q:
        return Q(csat_score__isnull=True) if word == "none" else Q(csat_positive=word == "positive")


NUMBERS = [
    NumberFilter("replies", gettext_lazy("Agent replies"), "agent_reply_count", 100),
    NumberFilter("messages", gettext_lazy("Messages"), "message_count", 110),
]

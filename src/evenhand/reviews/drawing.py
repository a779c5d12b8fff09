"""From an address to what a draw or the coverage table is about: a period and the list's other filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy

from evenhand.conversations.filters import Chosen, Selection, select
from evenhand.conversations.filters.dates import spoken
from evenhand.conversations.filters.selection import written
from evenhand.conversations.models import Conversation
from evenhand.people.access import Seat
from evenhand.quality.periods import Period, relative_period
from evenhand.reviews.services.draws import Plan

DEFAULT = "this_month"
PERIODS = (
    ("this_month", gettext_lazy("This month")),
    ("last_month", gettext_lazy("Last month")),
    ("last_28_days", gettext_lazy("4 weeks")),
    ("last_90_days", gettext_lazy("Quarter")),
)
# Filters of the list that say which agent's pair is meant, as conditions on pairs.
PAIRS: dict[str, Callable[[Any], Q]] = {"agent": lambda keys: Q(agent__in=keys), "group": lambda condition: condition}
# What a form posts beside the filters.
_FORM = ("csrfmiddlewaretoken", "name", "design", "size", "min_per_agent", "blind", "twice", "period", "preview")


@dataclass(frozen=True)
class Scope:
    """`query` is the address bar's, `conversations` the list's other filters (None: none)."""

    seat: Seat
    selection: Selection
    period: Period
    value: str
    conversations: QuerySet[Conversation] | None
    # Agent and group choose pairs, not conversations: a colleague who answered too is not meant.
    pairs: Q

    @property
    def query(self) -> str:
        return self.selection.query

    @property
    def problems(self) -> list[str]:
        """Filters that cannot be read; nothing is drawn while there are any, since they would let too much in."""
        return [f"{one.filter.title(one.choice)}: {one.problem}" for one in self.selection.chosen if one.problem]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The address as hidden fields of a form."""
        return [one.written for one in self.selection.chosen]

    @property
    def chips(self) -> list[dict[str, Any]]:
        chosen = [one for one in self.selection.chosen if one.key != "date" or one.problem]
        return [
            {"title": one.filter.title(one.choice), "problem": one.problem, "without": self.selection.without(one),
             "words": ", ".join(one.choice.values) if one.problem else one.filter.words(one.choice, self.seat)}
            for one in chosen
        ]  # fmt: skip

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The periods on offer, each with its address."""
        rest = written(one for one in self.selection.chosen if one.key != "date")
        return [
            {"label": label, "query": f"date={name}" + (f"&{rest}" if rest else ""), "current": name == self.value}
            for name, label in PERIODS
        ]

    @property
    def period_words(self) -> str:
        return spoken(self.period, "")

    def plan(self, **values: Any) -> Plan:
        return Plan(
            since=self.period.start, until=self.period.end, filters=self.query[:2000], pairs=self.pairs,
            conversations=self.conversations, **{"size": 1, **values},
        )  # fmt: skip


def scope(seat: Seat, params: QueryDict) -> Scope:
    kept = params.copy()
    for name in _FORM:
        kept.pop(name, None)
    selection = select(seat, kept)
    chosen = next((one for one in selection.good if one.key == "date"), None)
    value = chosen.choice.values[0] if chosen else DEFAULT
    today = timezone.localdate(timezone=seat.zone)
    period = chosen.value if chosen else relative_period(DEFAULT, today, seat.workspace.week_start)
    of_pairs = [one for one in selection.good if one.key in PAIRS]
    others = [one for one in selection.good if one is not chosen and one not in of_pairs]
    rows = Conversation.objects.filter(workspace=seat.workspace, deleted_at=None)
    narrowed = selection.apply(rows, skip=[one for one in selection.good if one not in others]) if others else None
    return Scope(seat, selection, period, value, narrowed, _pairs(of_pairs))


def _pairs(chosen: Iterable[Chosen]) -> Q:
    wanted = Q()
    for one in chosen:
        condition = PAIRS[one.key](one.value)
        wanted &= ~condition if one.choice.excluded else condition
    return wanted

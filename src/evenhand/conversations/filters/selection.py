"""The filters that an address names, read for one seat: good ones with their value, bad ones with what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from evenhand.conversations.filters import address
from evenhand.conversations.filters.base import BadValue, Choice, Filter
from evenhand.conversations.models import Conversation
from evenhand.conversations.registry import registry
from evenhand.conversations.search import Search
from evenhand.people.access import Seat

# Parameters that say how the list is shown, not what is in it.
PAGING = ("sort", "after", "before", "found", "queue", "c")
MOST = 30
PLAIN = ",.@:\\"  # signs of a value that a query string can bear


@dataclass(frozen=True)
class Chosen:
    """One parameter: its filter, what was chosen, and either the value behind it or what is wrong with it."""

    key: str
    filter: Filter
    choice: Choice
    value: Any = None
    problem: str = ""

    @property
    def written(self) -> tuple[str, str]:
        return self.key, address.written(self.choice)


@dataclass(frozen=True)
class Selection:
    seat: Seat
    chosen: tuple[Chosen, ...]
    memory: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def good(self) -> list[Chosen]:
        return [one for one in self.chosen if not one.problem]

    @property
    def chips(self) -> list[Chosen]:
        """Everything but the searched text, which has a field of its own."""
        return [one for one in self.chosen if one.key != "q"]

    @cached_property
    def search(self) -> Search | None:
        return next((one.value for one in self.good if one.key == "q"), None)

    @property
    def text(self) -> str:
        return next((one.choice.values[0] for one in self.chosen if one.key == "q"), "")

    @cached_property
    def query(self) -> str:
        """The filters as they stand in the address bar, always in the same order: a saved view is this."""
        return written(self.chosen)

    def without(self, dropped: Chosen) -> str:
        return written(one for one in self.chosen if one is not dropped)

    def apply(self, conversations: QuerySet[Conversation], skip: Iterable[Chosen] = ()) -> QuerySet[Conversation]:
        """The conversations that every good filter lets through."""
        skipped = list(skip)
        for one in self.good:
            if one not in skipped:
                condition = one.filter.condition(one.value, self.seat)
                excluded = one.choice.excluded
                conversations = conversations.exclude(condition) if excluded else conversations.filter(condition)
        return conversations


def select(seat: Seat, params: QueryDict | str) -> Selection:
    """Read the filters of an address; what cannot be read is kept, with its problem, and filters nothing."""
    params = QueryDict(params) if isinstance(params, str) else params
    pairs = [(key, raw) for key in params for raw in params.getlist(key) if key not in PAGING and raw.strip()]
    return Selection(seat, tuple(_read(seat, key, raw) for key, raw in sorted(pairs)[:MOST]))


def _read(seat: Seat, key: str, raw: str) -> Chosen:
    name, _dot, part = key.partition(".")
    found = registry.filters.get(name)
    if found is None or not found.allowed(seat):
        return Chosen(key, Unknown(key), address.read(raw), problem=_("There is no filter of this name."))
    # The searched text is one value, whatever signs are in it.
    choice = Choice((raw.strip(),)) if name == "q" else address.read(raw, part)
    try:
        return Chosen(key, found, choice, _clean(found, choice, seat))
    except BadValue as error:
        return Chosen(key, found, choice, problem=str(error))


def _clean(found: Filter, choice: Choice, seat: Seat) -> Any:
    if not choice.values:
        raise BadValue(_("Choose at least one value."))
    if len(choice.values) > 1 and not found.has_many:
        raise BadValue(_("Only one value fits here."))
    if choice.excluded and not found.can_exclude:
        raise BadValue(_("This filter cannot be turned round."))
    return found.clean(choice, seat)


class Unknown(Filter):
    def __init__(self, name: str) -> None:
        self.name = self.label = name


def written(chosen: Iterable[Chosen]) -> str:
    """A readable query string: what may stand in one stays as it is."""
    return "&".join(_pair(*one.written) for one in chosen)


def written_pair(key: str, choice: Choice) -> str:
    return _pair(key, address.written(choice))


def _pair(key: str, raw: str) -> str:
    return f"{quote(key, safe='.')}={quote(raw, safe=PLAIN)}"

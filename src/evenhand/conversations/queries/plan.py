"""How a selection is turned into SQL that stays quick at a million conversations.

Two ways lead to a page. *Walk* along the index that is in the list's order and test each row: quick while a fair share
of the rows passes. *Start from the few*: some filters (a rare tag, a rare word, a customer) can name their
conversations straight from an index of their own; if they are few, all of them are fetched and sorted here. A filter
that names at most FEW is started from, and several are intersected first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from evenhand.conversations import access
from evenhand.conversations.filters.selection import Chosen, Selection
from evenhand.conversations.models import Conversation

FEW = 5_000
"""Up to so many keys are cheaper to fetch one by one (4 µs each) than to look for on the way along the index."""


class Place(NamedTuple):
    """Where a conversation stands in the list."""

    happened_at: datetime
    id: int


@dataclass(frozen=True)
class Plan:
    conversations: QuerySet[Conversation]
    """Every condition applied, in no order."""
    is_few: bool
    """At most FEW can come out, so that all may be fetched."""
    memory: dict[str, Any] = field(default_factory=dict)

    def unordered(self) -> QuerySet[Conversation, Any]:
        return self.conversations.order_by().values_list("happened_at", "id")

    def ordered(self, newest_first: bool = True) -> QuerySet[Conversation, Any]:
        order = ("-happened_at", "-id") if newest_first else ("happened_at", "id")
        return self.conversations.order_by(*order).values_list("happened_at", "id")


def plan(selection: Selection) -> Plan:
    """The same one for the same selection, which is read once in a request."""
    if "plan" not in selection.memory:
        started, keys = start(selection)
        conversations = access.visible(selection.seat, keys)
        selection.memory["plan"] = Plan(selection.apply(conversations, skip=started), keys is not None)
    return selection.memory["plan"]


def start(selection: Selection) -> tuple[list[Chosen], set[int] | None]:
    """The filters that name few conversations, and the keys that all of them name."""
    started: list[Chosen] = []
    keys: set[int] | None = None
    for one in selection.good:
        few = None if one.choice.excluded else one.filter.few(one.value, selection.seat)
        if few is None:
            continue
        # Counting is a fifth of the cost of fetching, and most filters name many.
        if few[: FEW + 1].count() > FEW:
            continue
        started.append(one)
        named = set(few)
        keys = named if keys is None else keys & named
    return started, keys

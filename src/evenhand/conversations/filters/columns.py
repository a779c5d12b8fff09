"""Filters on one column of a conversation: channel, status, language, connection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.conversations import access, naming
from evenhand.conversations.filters.base import BadValue, Choice, Filter, Option, either
from evenhand.conversations.filters.conditions import one_of
from evenhand.conversations.models import Connection, Conversation
from evenhand.conversations.queries.facets import distinct_values
from evenhand.people.access import Seat

NOTHING = "none"
"""In the address bar: the column is empty."""


class ColumnFilter(Filter):
    """The values that the workspace's conversations have in one short, indexed column."""

    def __init__(self, name: str, label: Any, spoken: Callable[[str], str], order: int) -> None:
        self.name, self.label, self.spoken, self.order = name, label, spoken, order

    def options(self, seat: Seat, part: str = "") -> Sequence[Option]:
        if seat.is_agent_only:
            values = list(access.visible(seat).order_by().values_list(self.name, flat=True).distinct())
        else:
            values = distinct_values(seat.workspace.pk, self.name)
        return sorted((Option(value or NOTHING, self.spoken(value)) for value in values), key=lambda o: o.label)

    def words(self, choice: Choice, seat: Seat) -> str:
        return either([self.spoken("" if value == NOTHING else value) for value in choice.values])

    def clean(self, choice: Choice, seat: Seat) -> Any:
        return ["" if value == NOTHING else value for value in choice.values]

    def condition(self, value: Any, seat: Seat) -> Q:
        return one_of(self.name, value)

    def few(self, value: Any, seat: Seat) -> QuerySet[Conversation, int]:
        # Nothing but what the column's own index holds, or SQLite would walk along the list's instead.
        found = Conversation.objects.filter(workspace_id=seat.workspace.pk, **{f"{self.name}__in": value})
        return found.values_list("pk", flat=True)


class ConnectionFilter(Filter):
    name = "connection"
    label = gettext_lazy("Connection")
    order = 90

    def allowed(self, seat: Seat) -> bool:
        return not seat.is_agent_only

    def options(self, seat: Seat, part: str = "") -> Sequence[Option]:
        found = Connection.objects.filter(workspace_id=seat.workspace.pk, deleted_at__isnull=True).order_by("name")
        return [Option(str(connection.public_id), connection.name) for connection in found[:200]]

    def clean(self, choice: Choice, seat: Seat) -> list[int]:
        keys = keys_of(choice, Connection.objects.filter(workspace_id=seat.workspace.pk))
        if len(keys) < len(choice.values):
            raise BadValue(_("This connection is not there any more."))
        return keys

    def condition(self, value: Any, seat: Seat) -> Q:
        return one_of("connection_id", value)


def keys_of(choice: Choice, among: QuerySet[Any]) -> list[int]:
    """The integer keys behind the public ids of a choice; what is no id, or not among these, is left out."""
    ids = []
    for value in choice.values:
        try:
            ids.append(UUID(value))
        except ValueError:
            continue
    return list(among.filter(public_id__in=ids).values_list("pk", flat=True))


class PickedFilter(Filter):
    """Conversations that somebody selected one by one, in a list: the queue of "Review selected"."""

    name = "only"
    label = gettext_lazy("Selected conversations")
    kind = "text"
    order = 300
    in_menu = False

    def title(self, choice: Choice) -> str:
        return str(self.label)

    def words(self, choice: Choice, seat: Seat) -> str:
        return str(len(choice.values))

    def clean(self, choice: Choice, seat: Seat) -> list[int]:
        return keys_of(choice, Conversation.objects.filter(workspace_id=seat.workspace.pk))

    def condition(self, value: list[int], seat: Seat) -> Q:
        return Q(pk__in=value)

    def few(self, value: list[int], seat: Seat) -> QuerySet[Conversation, int]:
        return Conversation.objects.filter(pk__in=value).values_list("pk", flat=True)


COLUMNS = [
    ColumnFilter("channel", gettext_lazy("Channel"), naming.channel, 20),
    ColumnFilter("status", gettext_lazy("Status"), naming.status, 30),
    ColumnFilter("language", gettext_lazy("Language"), naming.language, 40),
]

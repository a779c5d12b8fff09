"""Custom fields of the source: `field.plan=pro,team`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.conversations import access
from evenhand.conversations.filters.base import BadValue, Choice, Few, Filter, Option, either
from evenhand.conversations.filters.conditions import Condition, Keys
from evenhand.conversations.models import Conversation
from evenhand.people.access import Seat

TABLE = "conversations_fieldvalue"
OF_VALUE = "f.workspace_id = %s AND f.name = %s AND f.value IN (?)"
LOOKED_AT = 500
LONGEST = 200  # what the index keeps of a value


class FieldFilter(Filter):
    name = "field"
    label = gettext_lazy("Field of the source")
    order = 200

    def options(self, seat: Seat, part: str = "") -> Sequence[Option]:
        """Names of fields, or the values of one: those of the newest conversations, the most frequent first."""
        if not part:
            return [Option(name, name) for name in sorted(set(self._pairs(seat, lambda pair: pair[0])))]
        values = Counter(value for name, value in self._pairs(seat) if name == part)
        return [Option(value, value) for value, _n in values.most_common(100)]

    def _pairs(self, seat: Seat, of: Any = lambda pair: pair) -> Iterator[Any]:
        newest = access.visible(seat)
        for fields in newest.order_by("-happened_at", "-id").values_list("fields", flat=True)[:LOOKED_AT]:
            yield from (of(pair) for pair in flat(fields))

    def clean(self, choice: Choice, seat: Seat) -> tuple[str, list[str]]:
        if not choice.part:
            raise BadValue(_("Say which field: field.plan=pro."))
        return choice.part, [value[:LONGEST] for value in choice.values]

    def title(self, choice: Choice) -> str:
        return (_("%(filter)s is not") if choice.excluded else _("%(filter)s is")) % {"filter": choice.part}

    def words(self, choice: Choice, seat: Seat) -> str:
        return either(choice.values)

    def condition(self, value: tuple[str, list[str]], seat: Seat) -> Q:
        name, values = value
        if connection.vendor == "postgresql":
            return contained(name, values)
        marks = ", ".join(["%s"] * len(values))
        held = f"EXISTS (SELECT 1 FROM {TABLE} f WHERE {OF_VALUE} AND f.conversation_id = {{id}})"  # noqa: S608
        return Q(Condition(held.replace("(?)", f"({marks})"), [seat.workspace.pk, name, *values]))

    def few(self, value: tuple[str, list[str]], seat: Seat) -> Few:
        name, values = value
        if connection.vendor == "postgresql":
            found = Conversation.objects.filter(workspace_id=seat.workspace.pk)
            return found.filter(contained(name, values)).values_list("pk", flat=True)
        marks = ", ".join(["%s"] * len(values))
        sql = f"SELECT f.conversation_id FROM {TABLE} f WHERE {OF_VALUE}"  # noqa: S608
        return Keys(sql.replace("(?)", f"({marks})"), [seat.workspace.pk, name, *values])


def flat(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The names and values that can be compared with: no objects, of a list each entry."""
    for name, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, bool):
                yield name, "true" if one else "false"
            elif isinstance(one, str | int | float):
                yield name, str(one)[:LONGEST]


def contained(name: str, values: Sequence[str]) -> Q:
    """On PostgreSQL: the field holds one of the values, written as text, number or truth, alone or in a list."""
    found = Q()
    for text in values:
        for value in (text, *_otherwise(text)):
            found |= Q(fields__contains={name: value}) | Q(fields__contains={name: [value]})
    return found


def _otherwise(text: str) -> list[Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return []
    return [value] if isinstance(value, bool | int | float) and value == value and abs(value) < 1e300 else []

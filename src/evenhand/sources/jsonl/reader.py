"""Evenhand JSONL to records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from evenhand.sources import clock, fields
from evenhand.sources.errors import RowError
from evenhand.sources.jsonl.messages import messages
from evenhand.sources.jsonl.responses import responses
from evenhand.sources.limits import LIMITS, Limits
from evenhand.sources.records import BadRow, ConversationRecord, PersonRef
from evenhand.sources.rows import rows
from evenhand.sources.stream import ByteStream

KNOWN = frozenset(
    (
        *("id", "channel", "subject", "status", "language", "brand", "url", "tags", "fields"),
        *("customer", "assignee", "created_at", "updated_at", "closed_at", "messages", "responses"),
    )
)


def read(stream: BinaryIO, *, start: int = 0, limits: Limits = LIMITS) -> Iterator[ConversationRecord | BadRow]:
    """One row for every line that is not blank, beginning with number `start` (counted from 0).

    Holds one line at a time. Raises SourceError where the file must not be read on.
    """
    return rows(ByteStream(stream, limits).lines(), conversation, start, limits)


def conversation(data: dict[str, object], limits: Limits = LIMITS) -> ConversationRecord:
    """One line's object as a record. Raises RowError."""
    get = data.get
    customer = fields.person(get("customer"), "customer") or PersonRef()
    return ConversationRecord(
        external_id=_id(data),
        channel=fields.channel(get("channel"), "channel"),
        subject=fields.text(get("subject"), "subject"),
        status=fields.slug(get("status"), "status"),
        language=fields.language(get("language"), "language"),
        customer_name=customer.name,
        customer_email=customer.email,
        customer_external_id=customer.external_id,
        assignee=fields.person(get("assignee"), "assignee"),
        created_at=clock.moment(get("created_at"), "created_at"),
        updated_at=clock.moment(get("updated_at"), "updated_at"),
        closed_at=clock.moment(get("closed_at"), "closed_at"),
        tags=fields.tags(get("tags"), "tags"),
        url=fields.url(get("url"), "url"),
        brand=fields.text(get("brand"), "brand", fields.SHORT),
        fields=_custom(data),
        messages=messages(data, limits),
        responses=responses(get("responses")),
    )


def _id(data: dict[str, object]) -> str:
    if found := fields.identifier(data.get("id"), "id"):
        return found
    raise RowError("id", "missing; every conversation needs an id that stays the same")


def _custom(data: dict[str, object]) -> dict[str, object]:
    """The object `fields`, and beside it unknown keys that hold a plain value or a list of them."""
    custom = fields.mapping(data.get("fields"), "fields")
    if data.keys() <= KNOWN:
        return custom
    return {name: value for name, value in data.items() if name not in KNOWN and _plain(value)} | custom


def _plain(value: object) -> bool:
    if isinstance(value, list):
        return not any(isinstance(part, dict | list) for part in value)
    return value is not None and not isinstance(value, dict)

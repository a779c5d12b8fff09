"""Records to Evenhand JSONL: what `reader` reads back as an equal record."""

from __future__ import annotations

from dataclasses import fields as columns

import orjson

from evenhand.sources.records import (
    ConversationRecord,
    MessageRecord,
    PersonRef,
    ResponseRecord,
)

_RENAMED = {"external_id": "id", "sent_at": "at", "responded_at": "at"}


def line(record: ConversationRecord) -> bytes:
    """One line, with its newline. Empty values are left out."""
    data = _filled(record)
    for name in ("raw", "customer_name", "customer_email", "customer_external_id"):
        data.pop(name, None)
    customer = PersonRef(record.customer_external_id, record.customer_email, record.customer_name)
    if person := _filled(customer):
        data["customer"] = person
    data["messages"] = [_message(*pair) for pair in enumerate(record.messages, 1)]
    return orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z)


def _message(position: int, message: MessageRecord) -> dict[str, object]:
    data = _filled(message)
    if message.external_id == f"#{position}":
        del data["id"]
    return data | {"public": message.public}


def _filled(
    value: ConversationRecord | MessageRecord | PersonRef | ResponseRecord,
) -> dict[str, object]:
    data: dict[str, object] = {}
    for column in columns(value):
        part = getattr(value, column.name)
        if part is None or part == "" or part == [] or part == {}:
            continue
        data[_RENAMED.get(column.name, column.name)] = _plain(part)
    return data


def _plain(part: object) -> object:
    if isinstance(part, PersonRef | ResponseRecord):
        return _filled(part)
    return [_plain(item) for item in part] if isinstance(part, list) else part

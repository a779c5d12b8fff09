"""The messages of one conversation."""

from __future__ import annotations

from evenhand.sources import clock, fields
from evenhand.sources.errors import RowError, expected
from evenhand.sources.limits import Limits
from evenhand.sources.records import (
    MESSAGE_KINDS,
    ROLES,
    AttachmentRecord,
    MessageRecord,
    PersonRef,
)
from evenhand.sources.rows import refuse_doubles


def messages(data: dict[str, object], limits: Limits) -> list[MessageRecord]:
    """All messages in their order, each with an id that is unique among them."""
    if "messages" not in data:
        raise RowError("messages", "missing; expected a list, which may be empty")
    found = fields.items(data["messages"], "messages", limits.messages)
    authors: dict[str, PersonRef | None] = {}
    result = [_message(value, index, authors, limits) for index, value in enumerate(found)]
    refuse_doubles(result, "messages")
    return result


def _message(data: object, index: int, authors: dict[str, PersonRef | None], limits: Limits) -> MessageRecord:
    path = f"messages[{index}]"
    if not isinstance(data, dict):
        raise expected(path, "an object in braces", data)
    get = data.get
    role = fields.choice(get("role"), f"{path}.role", ROLES)
    kind = _kind(get("kind"), role, get("public"), path)
    return MessageRecord(
        fields.identifier(get("id"), f"{path}.id") or f"#{index + 1}",
        role,
        _author(get("author"), path, authors),
        fields.body(get("text"), f"{path}.text", limits.text_chars),
        fields.body(get("html"), f"{path}.html", limits.text_chars),
        clock.moment(get("at"), f"{path}.at"),
        fields.flag(get("public"), f"{path}.public", kind in ("message", "call")),
        kind,
        _attachments(get("attachments"), path),
        fields.language(get("language", get("lang")), f"{path}.language"),
        fields.whole(get("offset_ms"), f"{path}.offset_ms"),
        fields.whole(get("duration_ms"), f"{path}.duration_ms"),
    )


def _author(value: object, path: str, authors: dict[str, PersonRef | None]) -> PersonRef | None:
    if not isinstance(value, str):
        return fields.person(value, f"{path}.author")
    if value not in authors:  # the same few people write all messages
        authors[value] = fields.person(value, f"{path}.author")
    return authors[value]


def _kind(value: object, role: str, public: object, path: str) -> str:
    """The kind named, or what the role and `public` suggest. Unknown words are messages."""
    if value is None:
        return "event" if role == "system" else "note" if public is False else "message"
    if not isinstance(value, str):
        raise expected(f"{path}.kind", f"one of {', '.join(MESSAGE_KINDS)}", value)
    return value if value in MESSAGE_KINDS else "message"


def _attachments(value: object, path: str) -> list[AttachmentRecord]:
    if not value:
        return []
    return [
        _attachment(part, f"{path}.attachments[{index}]")
        for index, part in enumerate(fields.items(value, f"{path}.attachments", 1_000))
    ]


def _attachment(value: object, path: str) -> AttachmentRecord:
    get = fields.mapping(value, path).get
    return AttachmentRecord(
        fields.text(get("name"), f"{path}.name"),
        fields.url(get("url"), f"{path}.url"),
        fields.text(get("media_type"), f"{path}.media_type", fields.SHORT),
        fields.whole(get("size"), f"{path}.size"),
    )

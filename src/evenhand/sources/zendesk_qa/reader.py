"""Zendesk QA import payload to records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from evenhand.sources import clock, fields
from evenhand.sources.cutter import Cutter
from evenhand.sources.errors import RowError, expected
from evenhand.sources.limits import LIMITS, Limits
from evenhand.sources.records import BadRow, ConversationRecord, PersonRef, ResponseRecord
from evenhand.sources.rows import rows
from evenhand.sources.stream import ByteStream
from evenhand.sources.zendesk_qa.comments import messages, person

_NO_ANSWER = ("", "offered", "unoffered", "not offered")
_WORDS = {"bad": 0.0, "good": 1.0}


def read(stream: BinaryIO, *, start: int = 0, limits: Limits = LIMITS) -> Iterator[ConversationRecord | BadRow]:
    """One row for every ticket, beginning with number `start` (counted from 0).

    Holds one ticket at a time. Raises SourceError where the document has no list of tickets or
    must not be read on.
    """
    return rows(Cutter(ByteStream(stream, limits)).records("data"), ticket, start, limits)


def ticket(data: dict[str, object], limits: Limits = LIMITS) -> ConversationRecord:
    """One ticket as a record. Raises RowError."""
    get = data.get
    customer = person(get("customerEmail"), get("customerName"), "customer") or PersonRef()
    assignee = person(get("assigneeEmail"), get("assigneeName"), "assignee")
    return ConversationRecord(
        external_id=_id(data),
        channel=fields.channel(get("channel"), "channel"),
        subject=fields.text(get("subject"), "subject"),
        status=fields.slug(get("status"), "status"),
        customer_name=customer.name,
        customer_email=customer.email,
        customer_external_id=customer.external_id,
        assignee=assignee,
        created_at=clock.moment(get("created"), "created"),
        updated_at=clock.moment(get("updated"), "updated"),
        closed_at=clock.moment(get("closed"), "closed"),
        tags=fields.tags(get("tags"), "tags"),
        url=fields.url(get("url"), "url"),
        fields=_custom(data),
        messages=messages(data, customer, assignee, limits),
        responses=_responses(data),
    )


def _id(data: dict[str, object]) -> str:
    if found := fields.identifier(data.get("id"), "id"):
        return found
    raise RowError("id", "missing; every ticket needs an id that stays the same")


def _custom(data: dict[str, object]) -> dict[str, object]:
    """`type`, and each ticket field by its label (else its id): one value, or the list of them."""
    kind = fields.text(data.get("type"), "type", fields.SHORT)
    custom: dict[str, object] = {"type": kind} if kind else {}
    for index, value in enumerate(fields.items(data.get("ticketFields"), "ticketFields", 1_000)):
        path = f"ticketFields[{index}]"
        field = fields.mapping(value, path)
        name = fields.text(field.get("label"), f"{path}.label", fields.SHORT)
        name = name or fields.identifier(field.get("id"), f"{path}.id")
        if values := _values(field.get("values"), f"{path}.values"):
            custom[name or f"field-{index + 1}"] = values[0] if len(values) == 1 else values
    return custom


def _values(values: object, path: str) -> list[str]:
    found = []
    for index, part in enumerate(fields.items(values, path, 1_000)):
        value = part.get("label") or part.get("value") if isinstance(part, dict) else part
        found.append(fields.text(value, f"{path}[{index}]"))
    return [text for text in found if text]


def _responses(data: dict[str, object]) -> list[ResponseRecord]:
    """The satisfaction score: a number from 1 to 5, or good or bad."""
    value = data.get("satisfactionScore")
    word = value.strip().lower() if isinstance(value, str) else value
    if word is None or word in _NO_ANSWER:
        return []
    scale = (0.0, 1.0) if isinstance(word, str) and word in _WORDS else (1.0, 5.0)
    score = _WORDS[word] if isinstance(word, str) and word in _WORDS else _score(value)
    comment = fields.text(data.get("satisfactionComment"), "satisfactionComment", 20_000)
    return [ResponseRecord("csat", score, *scale, comment, external_id="satisfaction")]


def _score(value: object) -> float:
    field = "satisfactionScore"
    try:
        score = fields.number(value, field)
    except RowError:
        score = None
    if score is None or not 1 <= score <= 5:
        raise expected(field, "a number from 1 to 5, good, bad, or nothing", value)
    return score

"""What every reader gives: conversations as plain values, and the rows that could not be taken.

Records compare by value. Times are UTC, aware. `raw` holds the bytes that a record came from and
takes no part in comparison or in `content_hash`.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from datetime import datetime

import orjson

ROLES = ("customer", "agent", "bot", "system")
MESSAGE_KINDS = ("message", "note", "event", "call")
RESPONSE_KINDS = ("csat", "ces", "nps")


@dataclass(frozen=True, slots=True)
class PersonRef:
    """Somebody as the source names them. At least one of the three is not empty."""

    external_id: str = ""
    email: str = ""  # lower case
    name: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentRecord:
    """A file that a message points at. Never fetched by an import."""

    name: str = ""
    url: str = ""  # http or https, or empty
    media_type: str = ""
    size: int | None = None  # bytes


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One turn. `text` is empty where the source gave HTML alone: derive it from `html` then.

    `external_id` is unique within the conversation; where the source has none it is the position,
    `#1`, `#2`, ...
    """

    external_id: str
    role: str  # one of ROLES
    author: PersonRef | None = None
    text: str = ""
    html: str = ""
    sent_at: datetime | None = None
    public: bool = True
    kind: str = "message"  # one of MESSAGE_KINDS
    attachments: list[AttachmentRecord] = dataclasses.field(default_factory=list)
    language: str = ""  # BCP 47, where it differs from the conversation's
    offset_ms: int | None = None  # of a call: from its beginning
    duration_ms: int | None = None


@dataclass(frozen=True, slots=True)
class ResponseRecord:
    """A customer's answer to a survey, on its own scale: minimum <= score <= maximum."""

    kind: str  # one of RESPONSE_KINDS
    score: float
    minimum: float
    maximum: float
    comment: str = ""
    responded_at: datetime | None = None
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    """One ticket, chat, thread or call with its messages in the order of the source."""

    external_id: str
    channel: str = "other"  # lower-case slug
    subject: str = ""
    status: str = ""  # lower-case slug
    language: str = ""  # BCP 47
    customer_name: str = ""
    customer_email: str = ""  # lower case
    customer_external_id: str = ""
    assignee: PersonRef | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    closed_at: datetime | None = None
    tags: list[str] = dataclasses.field(default_factory=list)
    url: str = ""  # http or https, or empty
    brand: str = ""
    fields: dict[str, object] = dataclasses.field(default_factory=dict)  # JSON values
    messages: list[MessageRecord] = dataclasses.field(default_factory=list)
    responses: list[ResponseRecord] = dataclasses.field(default_factory=list)
    raw: bytes = dataclasses.field(default=b"", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class BadRow:
    """One record that was not taken, with all that is needed to mend it.

    `line` counts from 1 and is where the record begins. `raw` is the record as it stood in the
    file, or its beginning where `cut` says so.
    """

    line: int
    field: str  # "messages[3].role", or empty where the record could not be read at all
    reason: str
    value: str = ""
    raw: bytes = dataclasses.field(default=b"", repr=False)
    cut: bool = False

    def __str__(self) -> str:
        return f"line {self.line}: {self.field + ': ' if self.field else ''}{self.reason}"


def canonical(record: ConversationRecord) -> bytes:
    """The record as JSON with sorted keys and without `raw`: equal records give equal bytes."""
    return orjson.dumps(
        {name: getattr(record, name) for name in _HASHED},
        option=orjson.OPT_SORT_KEYS,
    )


def content_hash(record: ConversationRecord) -> str:
    """SHA-256 of `canonical`, in hex: tells "unchanged" from "updated" without reading a row."""
    return hashlib.sha256(canonical(record)).hexdigest()


_HASHED = tuple(name for name in ConversationRecord.__dataclass_fields__ if name != "raw")

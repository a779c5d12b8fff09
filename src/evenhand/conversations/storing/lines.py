"""The messages of a conversation on their way into rows, and what is counted over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from evenhand.conversations import text
from evenhand.sources.records import MessageRecord, PersonRef

PREVIEW = 200
WRITES = ("agent", "bot")


@dataclass(slots=True)
class Line:
    """One message as it will stand. `was` holds (version, text, html) that a new text supersedes."""

    external_id: str
    role: str
    agent_id: int | None
    author_name: str
    is_public: bool
    sent_at: datetime | None
    text: str
    html: str = ""
    attachments: list[dict[str, Any]] = field(default_factory=list)
    id: int = 0
    position: int = -1
    version: int = 1
    was: tuple[int, str, str] | None = None
    changed: bool = False

    @property
    def is_reply(self) -> bool:
        return self.is_public and self.role in WRITES


@dataclass(slots=True)
class Replies:
    """One agent's public replies in one conversation."""

    count: int = 0
    first: datetime | None = None
    last: datetime | None = None
    position: int = 0

    def add(self, sent: datetime | None, at: int) -> None:
        self.count += 1
        self.position = at
        if sent is None:
            return
        if self.first is None or sent < self.first:
            self.first = sent
        if self.last is None or sent > self.last:
            self.last = sent


@dataclass(slots=True)
class Figures:
    """What the conversation's row says of its messages."""

    messages: int = 0
    from_customer: int = 0
    replies: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    preview: str = ""
    by_agent: dict[int, Replies] = field(default_factory=dict)


Who = Callable[[PersonRef | None, str], int | None]


def line(message: MessageRecord, index: int, who: Who) -> Line:
    """A message of a record; ids that only say the position are left out."""
    author = message.author
    return Line(
        "" if message.external_id == f"#{index + 1}" else message.external_id,
        message.role,
        who(author, message.role) if message.role in WRITES else None,
        (author.name or author.email or author.external_id)[:200] if author else "",
        message.public,
        message.sent_at,
        message.text or (text.html_to_text(message.html) if message.html else ""),
        text.sanitise(message.html) if message.html else "",
        [{"name": a.name, "url": a.url, "media_type": a.media_type, "size": a.size} for a in message.attachments],
    )


def figures(lines: Iterable[Line]) -> Figures:
    found = Figures()
    for at, one in enumerate(lines):
        sent = one.sent_at
        if sent is not None:
            if found.first_at is None or sent < found.first_at:
                found.first_at = sent
            if found.last_at is None or sent > found.last_at:
                found.last_at = sent
        if one.role == "system":
            continue
        found.messages += 1
        if one.is_reply:
            found.replies += 1
            if one.agent_id is not None:
                found.by_agent.setdefault(one.agent_id, Replies()).add(sent, at)
        elif one.role == "customer" and one.is_public:
            found.from_customer += 1
            if found.from_customer == 1:
                found.preview = shortened(one.text)
    return found


def shortened(value: str) -> str:
    return " ".join(value[: PREVIEW * 3].split())[:PREVIEW]


def preview(lines: Sequence[Line], found: Figures) -> str:
    """What the customer wrote first; where there is no customer, the first public words."""
    if found.preview:
        return found.preview
    return next((shortened(one.text) for one in lines if one.is_public and one.role != "system" and one.text), "")


def terms(names: Iterable[str], lines: Iterable[Line]) -> str:
    """What full-text search finds: what the conversation is called by (its subject, its number, its customer), and
    everything that people and bots wrote, private notes too."""
    return text.search_terms("\n".join([*names, *(one.text for one in lines if one.role != "system")]))

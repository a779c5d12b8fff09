"""A conversation as raters read it: plain objects over one row of a batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

import pyarrow as pa

Role = Literal["customer", "agent", "bot", "system"]
NOBODY = ""
"""The agent of a reply whose author is unknown."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn. agent: key of the agent or bot who wrote it, None for other roles. at: UTC, None if unknown."""

    id: str
    role: Role
    agent: str | None
    public: bool
    at: datetime | None
    text: str
    text_version: int

    @property
    def is_reply(self) -> bool:
        """What the customer got to read from an agent or a bot."""
        return self.public and self.role in ("agent", "bot")

    @property
    def is_request(self) -> bool:
        return self.public and self.role == "customer"


@dataclass(frozen=True)
class Conversation:
    """One conversation; messages in the order in which they were written."""

    id: str
    channel: str
    language: str
    status: str
    messages: tuple[Message, ...]

    @cached_property
    def agents(self) -> tuple[str, ...]:
        """Who answered in public, agents and bots alike, by their first reply."""
        return tuple(dict.fromkeys(message.agent or NOBODY for message in self.messages if message.is_reply))

    @cached_property
    def people(self) -> tuple[str, ...]:
        """The agents of flesh and blood among them."""
        return tuple(agent for agent in self.agents if any(m.role == "agent" for m in self.replies(agent)))

    @cached_property
    def requests(self) -> tuple[Message, ...]:
        """What the customer wrote."""
        return tuple(message for message in self.messages if message.is_request)

    def replies(self, agent: str | None = None) -> tuple[Message, ...]:
        """What the customer got to read from one agent, or from all."""
        return tuple(m for m in self.messages if m.is_reply and (agent is None or (m.agent or NOBODY) == agent))


def read(batch: pa.RecordBatch) -> list[Conversation | Exception]:
    """The rows of a batch by `contract.CONVERSATIONS`; a row that cannot be read is the error that says why.

    Raises ValueError where a column is missing: then no row can be read.
    """
    for name in ("id", "messages"):
        if name not in batch.schema.names:
            raise ValueError(f"The batch has no column {name!r}; it has {', '.join(batch.schema.names) or 'none'}.")
    return [_row(row) for row in batch.to_pylist()]


def _row(row: dict[str, Any]) -> Conversation | Exception:
    try:
        return Conversation(
            id=row["id"],
            channel=row.get("channel") or "",
            language=row.get("language") or "",
            status=row.get("status") or "",
            messages=tuple(_messages(row["messages"] or [])),
        )
    except (KeyError, TypeError, ValueError) as error:
        return error


def _messages(rows: list[dict[str, Any]]) -> Iterator[Message]:
    for position, row in enumerate(rows):
        role = row["role"]
        if role not in ("customer", "agent", "bot", "system"):
            raise ValueError(f"Message {position} has the role {role!r}: customer, agent, bot or system are known.")
        public = row.get("public")
        yield Message(
            id=row.get("id") or str(position),
            role=role,
            agent=(row.get("agent") or NOBODY) if role in ("agent", "bot") else None,
            public=True if public is None else public,
            at=row.get("at"),
            text=row.get("text") or "",
            text_version=row.get("text_version") or 1,
        )

"""Short ways to make records for the tests of imports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from evenhand.sources.records import ConversationRecord, MessageRecord, PersonRef, ResponseRecord

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NADIA = PersonRef("7", "nadia@help.example", "Nadia")
OWEN = PersonRef("8", "owen@help.example", "Owen")


def message(number: int, role: str = "customer", text: str = "", author: PersonRef | None = None, **values: Any):
    if author is None and role != "system":
        author = PersonRef(name="Cara") if role == "customer" else NADIA
    values.setdefault("sent_at", T0 + timedelta(minutes=number))
    return MessageRecord(values.pop("external_id", f"m{number}"), role, author, text or f"words {number}", **values)


def conversation(external_id: str = "c1", *messages: MessageRecord, **values: Any) -> ConversationRecord:
    """Customer, Nadia, customer, Nadia, unless messages are given."""
    turns = list(messages) or [message(n, "agent" if n % 2 else "customer") for n in range(4)]
    return ConversationRecord(external_id, messages=turns, raw=b"{}", **values)


def csat(score: float, **values: Any) -> ResponseRecord:
    return ResponseRecord("csat", score, 1, 5, **values)

"""Short ways to conversations and batches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa

from evenhand.raters import CONVERSATIONS

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def conversation(*turns, name="c1", channel="chat", language="en", status="solved"):
    """Turns are ``"customer: text"``, ``"agent: text"``, ``"agent ana: text"``, ``"bot: text"``, ``"note ana: text"``.

    A minute passes between two turns. A note is an agent's private message.
    """
    messages = [_message(turn, at) for at, turn in enumerate(turns)]
    return {"id": name, "channel": channel, "language": language, "status": status, "messages": messages}


def _message(turn, at):
    who, _, text = turn.partition(":")
    role, _, name = who.partition(" ")
    known = {"customer": "customer", "agent": "agent", "note": "agent", "bot": "bot", "system": "system"}[role]
    return {
        "id": f"m{at}",
        "role": known,
        "agent": (name or role) if known in ("agent", "bot") else None,
        "public": role != "note",
        "at": BEGIN + timedelta(minutes=at),
        "text": text.removeprefix(" "),
        "text_version": 1,
    }


def batch(*conversations):
    return pa.RecordBatch.from_pylist(list(conversations), schema=CONVERSATIONS)

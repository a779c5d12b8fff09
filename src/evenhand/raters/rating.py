"""What a rater says of one agent in one conversation, and how it is packed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from .contract import RATINGS
from .conversation import Message


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a message: code points start..end of this version of its text. note: a code of the rater."""

    message: str
    text_version: int
    start: int
    end: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """One answer. agent: None where it is about the conversation as a whole.

    Exactly one of these holds: there is a value; `na_reason` says why the question does
    not arise; `abstained`, since the rater cannot tell. Use :func:`rated`,
    :func:`not_applicable` and :func:`abstain`.
    """

    agent: str | None
    value: float | None
    na_reason: str = ""
    abstained: bool = False
    confidence: float | None = None
    evidence: tuple[Evidence, ...] = ()


def rated(agent: str | None, value: float, confidence: float, *evidence: Evidence) -> Rating:
    """A value on the rater's scale; confidence 0..1 is the chance that a person would agree."""
    return Rating(agent, float(value), confidence=confidence, evidence=evidence)


def not_applicable(agent: str | None, reason: str) -> Rating:
    return Rating(agent, None, na_reason=reason)


def abstain(agent: str | None, confidence: float | None = None) -> Rating:
    """The question arises, and the rater does not know: a person has to look."""
    return Rating(agent, None, abstained=True, confidence=confidence)


def passage(message: Message, start: int, end: int, note: str = "") -> Evidence:
    return Evidence(message.id, message.text_version, start, end, note)


@dataclass(frozen=True, slots=True)
class Row:
    """A rating, or the error that took its place, with where it belongs."""

    conversation: str
    rater: str
    version: int
    config: str
    rating: Rating
    error: str = ""


def pack(rows: Iterable[Row]) -> pa.RecordBatch:
    """Rows as a batch by `contract.RATINGS`."""
    return pa.RecordBatch.from_pylist([_row(row) for row in rows], schema=RATINGS)


def _row(row: Row) -> dict[str, object]:
    rating = row.rating
    return {
        "conversation_id": row.conversation,
        "agent": rating.agent,
        "rater": row.rater,
        "version": row.version,
        "config": row.config,
        "value": rating.value,
        "na_reason": rating.na_reason or None,
        "abstained": rating.abstained,
        "confidence": rating.confidence,
        "evidence": [
            {"message": e.message, "text_version": e.text_version, "start": e.start, "end": e.end, "note": e.note}
            for e in rating.evidence
        ],
        "error": row.error or None,
    }

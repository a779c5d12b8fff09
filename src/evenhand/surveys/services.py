"""What customers answered, kept up to date by the imports of the conversations that it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models.functions import Now

from evenhand.conversations.models import Agent
from evenhand.conversations.registry import StoredChunk, StoredRecord
from evenhand.conversations.storing import rows
from evenhand.sources.records import ResponseRecord
from evenhand.surveys.models import SurveyResponse

VALUES = ("agent_id", "kind", "score", "minimum", "maximum", "comment", "responded_at", "dated_at")


def keep_responses(chunk: StoredChunk) -> None:
    """Upsert the answers of a chunk of stored conversations, inside its transaction.

    Answers that a source no longer sends are kept; an answer is its conversation's main agent's.
    """
    told: dict[tuple[int, str], tuple[Any, ...]] = {
        (stored.conversation_id, name): _values(stored, response)
        for stored in chunk.records
        for name, response in _named(stored.record.responses)
    }
    known = _known({stored.conversation_id for stored in chunk.records if not stored.is_new})
    _insert(chunk, [(at, values) for at, values in told.items() if at not in known])
    _update([(known[at], values) for at, values in told.items() if at in known])


def agent_merged(agent: Agent, into: Agent) -> None:
    SurveyResponse.objects.filter(agent=agent).update(agent=into, updated_at=Now())


def erase(conversations: Collection[int]) -> int:
    """The words go, the scores stay."""
    said = SurveyResponse.objects.filter(conversation__in=conversations).exclude(comment="")
    return said.update(comment="", updated_at=Now())


def _named(responses: list[ResponseRecord]) -> Iterator[tuple[str, ResponseRecord]]:
    """Answers without an id are told apart by their kind and their place among its answers."""
    places: dict[str, int] = defaultdict(int)
    for response in responses:
        if response.external_id:
            yield response.external_id, response
            continue
        places[response.kind] += 1
        yield f"{response.kind}#{places[response.kind]}", response


def _values(stored: StoredRecord, response: ResponseRecord) -> tuple[Any, ...]:
    at = response.responded_at
    scale = (response.score, response.minimum, response.maximum)
    return (stored.main_agent_id, response.kind, *scale, response.comment, at, at or stored.happened_at)


def _known(conversations: Collection[int]) -> dict[tuple[int, str], SurveyResponse]:
    if not conversations:
        return {}
    found = SurveyResponse.objects.filter(conversation__in=conversations)
    return {(row.conversation_id, row.external_id): row for row in found}


def _insert(chunk: StoredChunk, new: list[tuple[tuple[int, str], tuple[Any, ...]]]) -> None:
    codec = rows.codec()
    names = ("public_id", "workspace", "conversation", "external_id", *(name.removesuffix("_id") for name in VALUES))
    told = (
        (codec.public_id(), chunk.workspace.pk, *at, *values[:-2], *map(codec.moment, values[-2:]))
        for at, values in new
    )
    if new:
        rows.insert(SurveyResponse, names, told)


def _update(pairs: list[tuple[SurveyResponse, tuple[Any, ...]]]) -> None:
    changed = []
    for row, values in pairs:
        if tuple(getattr(row, name) for name in VALUES) != values:
            for name, value in zip(VALUES, values, strict=True):
                setattr(row, name, value)
            row.updated_at = Now()  # type: ignore[assignment]
            changed.append(row)
    if changed:
        fields = [name.removesuffix("_id") for name in VALUES]
        SurveyResponse.objects.bulk_update(changed, [*fields, "updated_at"], batch_size=100)

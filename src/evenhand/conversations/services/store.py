"""Conversations into the database: new ones, newer versions of known ones, never an older one, none twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from evenhand.conversations.models import Connection
from evenhand.conversations.services import frame
from evenhand.conversations.storing import stored
from evenhand.conversations.storing.keys import Keys
from evenhand.conversations.storing.plan import Plan, cut_tags
from evenhand.conversations.storing.resolve import Memory, resolve
from evenhand.conversations.storing.stored import Known
from evenhand.conversations.storing.write import Moved, write
from evenhand.people.writes import Turns
from evenhand.sources.records import BadRow, ConversationRecord, PersonRef, canonical

TRIES = 4
DEADLOCKS = ("40P01", "40001")
CHUNK_BYTES = 4 * 1024 * 1024
WROTE = ("agent", "bot")
Row = TypeVar("Row", ConversationRecord, ConversationRecord | BadRow)


@dataclass(frozen=True, slots=True)
class Counts:
    new: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.new + other.new, self.updated + other.updated, self.unchanged + other.unchanged)


class Store:
    """One connection's way in. Keep it for as long as records come: it holds keys that it took ahead."""

    def __init__(
        self, connection: Connection, kind: str = "", now: datetime | None = None, turns: Turns | None = None
    ) -> None:
        self.connection = connection
        self.kind = kind or connection.kind
        self.now = now or timezone.now()
        self.turns = turns
        self.keys = Keys()
        self.memory = Memory()

    def chunk(self, records: Sequence[ConversationRecord], within: Callable[[Counts], None] | None = None) -> Counts:
        """Write one chunk, in which no conversation comes twice, in one transaction.

        `within` runs inside it, after everything else: there an import moves its position.
        """
        digests = [hashlib.blake2b(canonical(record), digest_size=16).digest() for record in records]
        for left in reversed(range(TRIES)):
            plan, counts = self._plan(records, digests)
            try:
                with self._transaction():
                    write(plan)
                    if within:
                        within(counts)
            except (Moved, IntegrityError, OperationalError) as error:
                self.memory.forget()
                if not left or not is_clash(error):
                    raise
            else:
                self.memory.learn(plan.people, plan.tag_ids)
                return counts
        raise AssertionError("unreachable")

    def _transaction(self) -> AbstractContextManager[None]:
        return self.turns.turn() if self.turns else transaction.atomic()

    def _plan(self, records: Sequence[ConversationRecord], digests: list[bytes]) -> tuple[Plan, Counts]:
        known = stored.known(self.connection, (record.external_id for record in records))
        todo = [
            (record, digest, known.get(record.external_id))
            for record, digest in zip(records, digests, strict=True)
            if is_news(record, digest, known.get(record.external_id))
        ]
        changed = [old.id for _record, _digest, old in todo if old]
        rows = stored.rows_of(changed)
        named = (ref for record, *_ in todo for ref in people_of(record))
        people = resolve(self.connection, named, self.keys, self.memory)
        _note_bots(people.bots, rows)
        names = {name for record, *_ in todo for name in cut_tags(record.tags)}
        plan = Plan(
            connection=self.connection,
            people=people,
            keys=self.keys,
            rule=frame.plain(frame.newest(self.connection.workspace)),
            kind=self.kind,
            now=self.now,
            tag_ids=stored.tags(self.connection.workspace_id, names, self.memory.tags),
        )
        for record, digest, old in todo:
            plan.add(record, digest, old, rows)
        return plan, Counts(len(todo) - len(changed), len(changed), len(records) - len(todo))


def is_clash(error: Exception) -> bool:
    """Whether another writer was in the way, so that a second try may do; PostgreSQL also says so by ending one."""
    sqlstate = getattr(error.__cause__, "sqlstate", None)
    return not isinstance(error, OperationalError) or sqlstate in DEADLOCKS


def store(connection: Connection, records: Iterable[ConversationRecord], kind: str = "") -> Counts:
    """All of `records`, chunk by chunk, stepping back for other writers in between."""
    turns = turns_for_messages()
    writer, counts = Store(connection, kind, turns=turns), Counts()
    for chunk in chunks(iter(records), turns):
        counts += writer.chunk(chunk)
    return counts


def turns_for_messages() -> Turns:
    """Turns whose size is counted in `weight`, so that long conversations do not hold the lock for longer."""
    return Turns(size=100, largest=5_000, smallest=50)


def chunks(rows: Iterator[Row], turns: Turns) -> Iterator[list[Row]]:
    """As many as one turn takes, by weight and by bytes; a conversation that comes again begins the next one."""
    chunk: list[Row] = []
    seen: set[str] = set()
    heavy = size = 0
    for row in rows:
        name = row.external_id if isinstance(row, ConversationRecord) else ""
        if chunk and (heavy >= turns.size or size >= CHUNK_BYTES or name in seen):
            yield chunk
            chunk, seen, heavy, size = [], set(), 0, 0
        chunk.append(row)
        if name:
            seen.add(name)
        heavy += weight(row)
        size += len(row.raw)
    if chunk:
        yield chunk


def weight(row: ConversationRecord | BadRow) -> int:
    """Roughly how many rows it becomes: its messages, and those that every conversation has."""
    return 3 + len(row.messages) if isinstance(row, ConversationRecord) else 1


def is_news(record: ConversationRecord, digest: bytes, old: Known | None) -> bool:
    """Whether a record says more than is known. What was erased does not come back; older versions change nothing."""
    if old is None:
        return True
    if old.erased or old.content_hash == digest:
        return False
    if record.updated_at and old.source_updated_at:
        return record.updated_at >= old.source_updated_at
    last = max((message.sent_at for message in record.messages if message.sent_at), default=None)
    return not (last and old.last_message_at and last < old.last_message_at)


def people_of(record: ConversationRecord) -> Iterator[tuple[PersonRef, bool]]:
    for message in record.messages:
        if message.author is not None and message.role in WROTE:
            yield message.author, message.role == "bot"
    if record.assignee is not None:
        yield record.assignee, False


def _note_bots(bots: set[int], rows: stored.Stored) -> None:
    """Pairs of agents whom the chunk itself does not name keep what they are."""
    at = stored.PAIR_VALUES.index("is_bot")
    for pairs in rows.pairs.values():
        bots.update(pair.agent_id for pair in pairs.values() if pair.values[at])

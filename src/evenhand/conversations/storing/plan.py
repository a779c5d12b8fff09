"""A chunk's rows, finished before the write lock is asked for."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from evenhand.conversations.models import (
    Connection,
    Conversation,
    ConversationTag,
    Message,
    MessageVersion,
    Participation,
    Tag,
)
from evenhand.conversations.registry import StoredRecord
from evenhand.conversations.services.frame import Rule
from evenhand.conversations.storing import rows
from evenhand.conversations.storing.keys import Keys
from evenhand.conversations.storing.lines import Figures, Line, Replies, figures, line, preview, terms
from evenhand.conversations.storing.match import match
from evenhand.conversations.storing.resolve import People
from evenhand.conversations.storing.stored import Known, Pair, Stored
from evenhand.sources.records import ConversationRecord, ResponseRecord

Rows = list[tuple[Any, ...]]


@dataclass
class Plan:
    """Rows by what is done with them. Each list is in the order of the columns that `write` names."""

    connection: Connection
    people: People
    keys: Keys
    rule: Rule
    kind: str
    now: datetime
    tag_ids: dict[str, int]
    new_tags: list[Tag] = field(default_factory=list)
    conversations: Rows = field(default_factory=list)
    conversation_changes: Rows = field(default_factory=list)
    messages: Rows = field(default_factory=list)
    message_changes: Rows = field(default_factory=list)
    moves: Rows = field(default_factory=list)
    versions: Rows = field(default_factory=list)
    pairs: Rows = field(default_factory=list)
    pair_changes: Rows = field(default_factory=list)
    tags: Rows = field(default_factory=list)
    tags_gone: list[tuple[int, int]] = field(default_factory=list)
    terms: Rows = field(default_factory=list)
    term_changes: Rows = field(default_factory=list)
    raw: Rows = field(default_factory=list)
    raw_changes: Rows = field(default_factory=list)
    stored: list[StoredRecord] = field(default_factory=list)
    guards: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.codec = rows.codec()

    def add(self, record: ConversationRecord, digest: bytes, old: Known | None, stored: Stored) -> None:
        """One conversation, new or changed."""
        key = old.id if old else self.keys.take(Conversation, 1)[0]
        incoming = [line(message, index, self.people.who) for index, message in enumerate(record.messages)]
        before = stored.lines.get(key, [])
        lines = match(before, incoming) if before else incoming
        found = figures(lines)
        happened, has_times = _when(record, found, old, self.now)
        self._messages(key, lines)
        main = main_agent(found.by_agent, self.people.bots)
        updated = record.updated_at or (old.source_updated_at if old else None)
        values = self._conversation(record, digest, lines, found, main, (happened, updated), has_times)
        self._conversation_rows(key, record, values, old, lines)
        self._pairs(key, record, found, happened, has_times, stored.pairs.get(key, {}))
        self._tags(key, record.tags, stored.tags.get(key, set()))
        self.stored.append(StoredRecord(record, key, old is None, main, happened))
        if old:
            self.guards[key] = old.content_hash

    def _conversation_rows(
        self, key: int, record: ConversationRecord, values: tuple[Any, ...], old: Known | None, lines: list[Line]
    ) -> None:
        name, email, _ = _customer(record)
        words = terms([record.subject, record.external_id, name, email], lines)
        packed = zlib.compress(record.raw, 1)
        if old:
            self.conversation_changes.append((*values, key))
            self.term_changes.append((words, key))
            self.raw_changes.append((self.kind, packed, key))
            return
        at = self.connection
        self.conversations.append(
            (key, self.codec.public_id(), at.workspace_id, at.pk, record.external_id,
             self.codec.moment(self.now), *values)
        )  # fmt: skip
        self.terms.append((key, words))
        self.raw.append((key, self.kind, packed))

    def _conversation(
        self,
        record: ConversationRecord,
        digest: bytes,
        lines: Sequence[Line],
        found: Figures,
        main: int | None,
        at: tuple[datetime, datetime | None],
        has_times: bool,
    ) -> tuple[Any, ...]:
        moment, score = self.codec.moment, newest_csat(record.responses)
        name, email, external_id = _customer(record)
        return (
            record.channel[:40], cut_language(record.language), record.status[:40], record.subject[:500],
            preview(lines, found), name[:200], email[:254], external_id[:200],
            self.people.who(record.assignee, "agent"), main, record.brand[:120],
            record.url if len(record.url) <= 1000 else "", rows.json(record.fields),
            moment(record.created_at or found.first_at), moment(record.closed_at), moment(found.last_at),
            moment(at[0]), moment(at[1]), has_times, digest,
            found.messages, found.from_customer, found.replies,
            score and score.score, score and score.maximum, score and is_positive(score),
        )  # fmt: skip

    def _messages(self, key: int, lines: list[Line]) -> None:
        new = [one for one in lines if not one.id]
        for one, fresh in zip(new, self.keys.take(Message, len(new)), strict=True):
            one.id = fresh
        moment = self.codec.moment
        for position, one in enumerate(lines):
            if one.position < 0:
                self.messages.append(
                    (one.id, key, position, one.external_id, one.role, one.agent_id, one.author_name, one.is_public,
                     moment(one.sent_at), 1, one.text, one.html, _files(one))
                )  # fmt: skip
                continue
            if one.position != position:
                self.moves.append((position, one.id))
            if one.changed:
                self.message_changes.append(
                    (one.external_id, one.role, one.agent_id, one.author_name, one.is_public, moment(one.sent_at),
                     one.version, one.text, one.html, _files(one), one.id)
                )  # fmt: skip
            if one.was:
                self.versions.append((self.keys.take(MessageVersion, 1)[0], one.id, *one.was))

    def _pairs(
        self,
        key: int,
        record: ConversationRecord,
        found: Figures,
        happened: datetime,
        has_times: bool,
        before: dict[int, Pair],
    ) -> None:
        tags = set(cut_tags(record.tags))
        for agent in {**found.by_agent, **dict.fromkeys(before.keys() - found.by_agent.keys())}:
            replies = found.by_agent.get(agent) or Replies()
            eligible = self.rule.eligible(replies.count, found.from_customer, record.status[:40], tags)
            dated = replies.last or happened
            times = replies.last is not None or has_times
            values = (replies.count, replies.first, replies.last, dated, times, agent in self.people.bots, eligible,
                      self.rule.version)  # fmt: skip
            self._pair(key, agent, values, before.get(agent))

    def _pair(self, key: int, agent: int, values: tuple[Any, ...], before: Pair | None) -> None:
        moment = self.codec.moment
        replies, first, last, dated, *rest = values
        told = (replies, moment(first), moment(last), moment(dated), *rest)
        if before is None:
            fresh = self.keys.take(Participation, 1)[0]
            self.pairs.append((fresh, self.codec.public_id(), self.connection.workspace_id, key, agent, *told))
        elif before.values != values:
            self.pair_changes.append((*told, before.id))

    def _tags(self, key: int, names: list[str], before: set[int]) -> None:
        wanted = {self._tag(name) for name in cut_tags(names)}
        fresh = sorted(wanted - before)
        self.tags += [
            (pk, key, tag) for pk, tag in zip(self.keys.take(ConversationTag, len(fresh)), fresh, strict=True)
        ]
        self.tags_gone += [(key, tag) for tag in before - wanted]

    def _tag(self, name: str) -> int:
        if name not in self.tag_ids:
            self.tag_ids[name] = self.keys.take(Tag, 1)[0]
            self.new_tags.append(Tag(pk=self.tag_ids[name], workspace_id=self.connection.workspace_id, name=name))
        return self.tag_ids[name]


def _files(one: Line) -> str:
    return rows.json(one.attachments) if one.attachments else "[]"


def main_agent(by_agent: dict[int, Replies], bots: set[int]) -> int | None:
    """Who wrote most public replies; people before bots, then whoever wrote last."""
    if not by_agent:
        return None
    return max(by_agent, key=lambda agent: (agent not in bots, by_agent[agent].count, by_agent[agent].position))


def newest_csat(responses: list[ResponseRecord]) -> ResponseRecord | None:
    """The last satisfaction answer; one without a time counts as older than any with one."""
    answers = [response for response in responses if response.kind == "csat"]
    if not answers:
        return None
    at = [
        (answer.responded_at is not None, answer.responded_at or index, index) for index, answer in enumerate(answers)
    ]
    return answers[max(range(len(answers)), key=lambda index: at[index])]


def is_positive(answer: ResponseRecord) -> bool:
    """Above the middle of its scale, as `quality.surveys.positive_answers` has it."""
    return 2 * answer.score > answer.minimum + answer.maximum


def cut_tags(names: list[str]) -> list[str]:
    return list(dict.fromkeys(name[:100].rstrip() for name in names))


def cut_language(code: str, most: int = 12) -> str:
    """As many subtags as fit: half a subtag would be another language."""
    while len(code) > most:
        code = code.rpartition("-")[0] or code[:most]
    return code


def _customer(record: ConversationRecord) -> tuple[str, str, str]:
    """The customer as the source says, else the author of what a customer wrote first."""
    if record.customer_name or record.customer_email or record.customer_external_id:
        return record.customer_name or record.customer_email, record.customer_email, record.customer_external_id
    author = next((message.author for message in record.messages if message.role == "customer"), None)
    return (author.name or author.email, author.email, author.external_id) if author else ("", "", "")


def _when(record: ConversationRecord, found: Figures, old: Known | None, now: datetime) -> tuple[datetime, bool]:
    """When it happened and whether the source said so; else the day of the first import, which never moves."""
    if said := found.last_at or record.closed_at or record.created_at:
        return said, True
    return (old.happened_at, old.has_times) if old else (now, False)

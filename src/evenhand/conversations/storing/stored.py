"""What a chunk meets in the database: known conversations, their messages, pairs, tags and the workspace's rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from evenhand.conversations.models import (
    Connection,
    Conversation,
    ConversationTag,
    Message,
    Participation,
    Tag,
)
from evenhand.conversations.storing.lines import Line


@dataclass(frozen=True, slots=True)
class Known:
    """A conversation that is there already."""

    id: int
    content_hash: bytes
    source_updated_at: datetime | None
    last_message_at: datetime | None
    happened_at: datetime
    has_times: bool
    erased: bool


@dataclass(slots=True)
class Pair:
    id: int
    agent_id: int
    values: tuple[object, ...]


@dataclass
class Stored:
    """Rows of the conversations that a chunk changes, by conversation."""

    lines: dict[int, list[Line]] = field(default_factory=dict)
    pairs: dict[int, dict[int, Pair]] = field(default_factory=dict)
    tags: dict[int, set[int]] = field(default_factory=dict)


PAIR_VALUES = (
    "replies",
    "first_reply_at",
    "last_reply_at",
    "dated_at",
    "has_times",
    "is_bot",
    "eligible",
    "rule_version",
)
_LINE = (
    "conversation", "id", "external_id", "role", "agent", "author_name", "is_public", "sent_at", "text", "html",
    "attachments", "position", "text_version",
)  # fmt: skip


def known(connection: Connection, external_ids: Iterable[str]) -> dict[str, Known]:
    rows = Conversation.objects.filter(connection=connection, external_id__in=list(external_ids)).values_list(
        "external_id", "pk", "content_hash", "source_updated_at", "last_message_at", "happened_at", "has_times",
        "deleted_at",
    )  # fmt: skip
    return {
        name: Known(pk, bytes(digest), updated, last, happened, times, deleted is not None)
        for name, pk, digest, updated, last, happened, times, deleted in rows
    }


def rows_of(conversations: list[int]) -> Stored:
    found = Stored()
    if not conversations:
        return found
    messages = Message.objects.filter(conversation__in=conversations).order_by("conversation", "position")
    for (
        conversation,
        pk,
        external,
        role,
        agent,
        author,
        public,
        sent,
        text,
        html,
        files,
        position,
        version,
    ) in messages.values_list(*_LINE):
        one = Line(external, role, agent, author, public, sent, text, html, files, pk, position, version)
        found.lines.setdefault(conversation, []).append(one)
    pairs = Participation.objects.filter(conversation__in=conversations, deleted_at=None)
    for conversation, pk, agent, *values in pairs.values_list("conversation", "pk", "agent", *PAIR_VALUES):
        found.pairs.setdefault(conversation, {})[agent] = Pair(pk, agent, tuple(values))
    for conversation, tag in ConversationTag.objects.filter(conversation__in=conversations).values_list(
        "conversation", "tag"
    ):
        found.tags.setdefault(conversation, set()).add(tag)
    return found


def tags(workspace_id: int, names: set[str], remembered: dict[str, int]) -> dict[str, int]:
    found = {name: remembered[name] for name in names & remembered.keys()}
    if unknown := names - found.keys():
        found.update(Tag.objects.filter(workspace=workspace_id, name__in=unknown).values_list("name", "pk"))
    return found

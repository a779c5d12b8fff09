"""A plan into the database: a constant number of statements, whatever the size of the chunk."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.db.models import F

from evenhand.conversations.models import (
    Agent,
    Conversation,
    ConversationSearch,
    ConversationTag,
    Message,
    MessageVersion,
    Participation,
    RawPayload,
    Tag,
)
from evenhand.conversations.registry import StoredChunk, registry
from evenhand.conversations.storing import rows
from evenhand.conversations.storing.plan import Plan
from evenhand.conversations.storing.stored import PAIR_VALUES

CONVERSATION = (
    "channel", "language", "status", "subject", "preview", "customer_name", "customer_email", "customer_external_id",
    "assignee", "main_agent", "brand", "url", "fields", "opened_at", "closed_at", "last_message_at", "happened_at",
    "source_updated_at", "has_times", "content_hash", "message_count", "customer_message_count", "agent_reply_count",
    "csat_score", "csat_max", "csat_positive",
)  # fmt: skip
IDENTITY = ("id", "public_id", "workspace", "connection", "external_id", "imported_at")
MESSAGE = (
    "id", "conversation", "position", "external_id", "role", "agent", "author_name", "is_public", "sent_at",
    "text_version", "text", "html", "attachments",
)  # fmt: skip
MESSAGE_CHANGE = (
    "external_id", "role", "agent", "author_name", "is_public", "sent_at", "text_version", "text", "html", "attachments"
)  # fmt: skip
OUT_OF_THE_WAY = 1_000_000


class Moved(Exception):
    """Somebody else changed what the plan was made from: read again and plan again."""


def write(plan: Plan) -> None:
    """Inside a transaction. Raises Moved, or IntegrityError where another writer was faster."""
    _guard(plan)
    plan.people.write()
    Tag.objects.bulk_create(plan.new_tags)
    _add(plan)
    _change(plan)
    chunk = StoredChunk(plan.connection.workspace, plan.connection, plan.stored)
    handlers: list[Callable[[StoredChunk], None]] = list(registry.record_handlers.values()) if plan.stored else []
    for handle in handlers:
        handle(chunk)


def _guard(plan: Plan) -> None:
    if plan.guards:
        asked = Conversation.objects.filter(pk__in=plan.guards, deleted_at=None).order_by("pk")
        if connection.features.has_select_for_update:
            asked = asked.select_for_update()
        if {pk: bytes(digest) for pk, digest in asked.values_list("pk", "content_hash")} != plan.guards:
            raise Moved
    named = set(plan.people.named.values()) - {agent.pk for agent in plan.people.agents}
    if named:
        there = Agent.objects.filter(pk__in=named).values_list("pk", "is_bot", "merged_into")
        if {(pk, is_bot) for pk, is_bot, into in there if not into} != {(pk, pk in plan.people.bots) for pk in named}:
            raise Moved


def _add(plan: Plan) -> None:
    pair = ("id", "public_id", "workspace", "conversation", "agent", *PAIR_VALUES)
    for model, names, new in (
        (Conversation, (*IDENTITY, *CONVERSATION), plan.conversations),
        (Message, MESSAGE, [] if plan.moves else plan.messages),
        (Participation, pair, plan.pairs),
        (ConversationTag, ("id", "conversation", "tag"), plan.tags),
        (ConversationSearch, ("conversation", "terms"), plan.terms),
        (RawPayload, ("conversation", "kind", "payload"), plan.raw),
    ):
        if new:
            rows.insert(model, names, new)


def _change(plan: Plan) -> None:
    if plan.moves:
        _move(plan)
    if plan.conversation_changes:
        rows.update(Conversation, CONVERSATION, plan.conversation_changes)
        rows.update(ConversationSearch, ("terms",), plan.term_changes, stamp=False)
        rows.update(RawPayload, ("kind", "payload"), plan.raw_changes, stamp=False)
    if plan.versions:
        rows.insert(MessageVersion, ("id", "message", "version", "text", "html"), plan.versions)
    if plan.message_changes:
        rows.update(Message, MESSAGE_CHANGE, plan.message_changes, stamp=False)
    if plan.pair_changes:
        rows.update(Participation, PAIR_VALUES, plan.pair_changes)
    if plan.tags_gone:
        with connection.cursor() as cursor:
            cursor.executemany(
                f'DELETE FROM "{ConversationTag._meta.db_table}" WHERE conversation_id = %s AND tag_id = %s',  # noqa: S608
                plan.tags_gone,
            )


def _move(plan: Plan) -> None:
    """New places for messages whose order changed. Two may not share one, so all step out of the way first."""
    moved = [key for _position, key in plan.moves]
    Message.objects.filter(pk__in=moved).update(position=F("position") + OUT_OF_THE_WAY)
    rows.update(Message, ("position",), plan.moves, stamp=False)
    if plan.messages:
        rows.insert(Message, MESSAGE, plan.messages)

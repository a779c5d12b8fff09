"""What the crash tests ask an installation, inside a process of its own."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any


def content() -> dict[str, Any]:
    """All that an import writes, without keys and clocks: equal for equal imports, however often interrupted."""
    from django.db import connection

    from evenhand.conversations.models import (
        AgentAlias,
        BadRow,
        Conversation,
        ConversationTag,
        Import,
        Message,
        MessageVersion,
        Participation,
        RawPayload,
    )
    from evenhand.surveys.models import SurveyResponse

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO conversations_fts(conversations_fts, rank) VALUES ('integrity-check', 1)")
    of = "conversation__external_id"
    conversation = [
        *("external_id", "subject", "status", "channel", "language", "preview", "customer_name", "fields"),
        *("opened_at", "last_message_at", "source_updated_at", "has_times", "main_agent__name", "assignee__name"),
        *("message_count", "customer_message_count", "agent_reply_count", "csat_score", "csat_positive"),
        *("content_hash", "search__terms"),
    ]
    message = [of, "position", "external_id", "role", "agent__name", "is_public", "sent_at", "text_version", "text"]
    pair = [of, "agent__name", "replies", "first_reply_at", "last_reply_at", "has_times", "is_bot", "eligible"]
    response = [of, "external_id", "kind", "score", "minimum", "maximum", "comment", "agent__name", "responded_at"]
    counts = ["file_name", "state", "position", "read", "new", "updated", "unchanged", "bad"]
    return {
        "conversations": _rows(Conversation, conversation),
        "messages": _rows(Message, message),
        "versions": _rows(
            MessageVersion, ["message__conversation__external_id", "message__position", "version", "text"]
        ),
        "pairs": _rows(Participation, pair),
        "tags": _rows(ConversationTag, [of, "tag__name"]),
        "responses": _rows(SurveyResponse, response),
        "aliases": _rows(AgentAlias, ["agent__name", "kind", "value"]),
        "imports": _rows(Import, counts),
        "bad rows": _rows(BadRow, ["source__file_name", "line", "field", "reason"]),
        "raw": sorted(
            [name, zlib.decompress(raw).decode()] for name, raw in RawPayload.objects.values_list(of, "payload")
        ),
    }


def _rows(model: Any, columns: list[str]) -> list[Any]:
    return sorted([str(value) for value in row] for row in model.objects.values_list(*columns))


def imports() -> list[Any]:
    from evenhand.conversations.models import Import

    return list(Import.objects.order_by("pk").values_list("state", "position", "job__state"))


def upload(path: str) -> None:
    """Put a file into the worker's queue, as the page does."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from evenhand.conversations.services import connections, uploads
    from evenhand.people.models import User, Workspace

    user = User.objects.create_user("lena@team.example", "correct horse", name="Lena")
    place = Workspace.objects.create(slug="crash", name="Crash")
    file = Path(path)
    uploads.accept(
        SimpleUploadedFile(file.name, file.read_bytes()),
        lambda by: connections.named(place, "Files", by)[0],
        "",
        user,
    )

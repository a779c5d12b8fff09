"""The facts of a conversation above its transcript."""

from __future__ import annotations

from typing import Any

from evenhand.conversations import naming
from evenhand.conversations.models import Conversation


def facts(conversation: Conversation) -> dict[str, Any]:
    opened, closed = conversation.opened_at, conversation.closed_at
    return {
        "channel": naming.channel(conversation.channel),
        "language": naming.language(conversation.language) if conversation.language else "",
        "solved_in": closed - opened if opened and closed and closed > opened else None,
        "tags": sorted(tag.name for tag in conversation.tags.all()),
        "url": conversation.url if conversation.url.startswith(("https://", "http://")) else "",
    }

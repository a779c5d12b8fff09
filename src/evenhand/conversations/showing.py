"""What the page of one conversation shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from evenhand.conversations import browsing, naming, transcript
from evenhand.conversations.browsing import Browse
from evenhand.conversations.filters import Choice, select
from evenhand.conversations.filters.selection import written_pair
from evenhand.conversations.models import Conversation
from evenhand.conversations.queries import neighbour
from evenhand.conversations.queries.neighbour import Direction
from evenhand.conversations.registry import registry
from evenhand.people.access import Seat


@dataclass(frozen=True)
class ActionButton:
    name: str
    label: Any
    url: str
    shortcut: str
    key: str
    is_primary: bool


@dataclass(frozen=True)
class Shown:
    facts: dict[str, Any]
    items: list[transcript.Item]
    actions: list[ActionButton]
    panels: list[SafeString]
    list_url: str
    previous_url: str
    next_url: str


def show(request: HttpRequest, seat: Seat, conversation: Conversation) -> Shown:
    params = request.GET
    selection = select(seat, params)
    came_from = Browse(seat, params, selection)
    query = came_from.address().partition("?")[2]
    words = selection.search.query if selection.search else None
    actions = [(a, a.url(seat, conversation, query)) for a in _ordered(registry.actions)]
    panels = [(p, p.context(seat, conversation)) for p in _ordered(registry.panels)]
    return Shown(
        facts=facts(seat, conversation),
        items=transcript.build(conversation, seat.zone, terms=words),
        actions=[ActionButton(a.name, a.label, url, a.shortcut, a.key, a.is_primary) for a, url in actions if url],
        panels=[render_to_string(p.template, context, request) for p, context in panels if context is not None],
        list_url=came_from.address(),
        previous_url=_beside(came_from, conversation, "previous"),
        next_url=_beside(came_from, conversation, "next"),
    )


def facts(seat: Seat, conversation: Conversation) -> dict[str, Any]:
    opened, closed = conversation.opened_at, conversation.closed_at
    here = reverse("conversations:list", args=[seat.workspace.slug])
    customer = written_pair("customer", Choice((conversation.customer_email,)))
    return {
        "channel": naming.channel(conversation.channel),
        "language": naming.language(conversation.language) if conversation.language else "",
        "status": naming.status(conversation.status),
        "customer_url": f"{here}?{customer}" if conversation.customer_email else "",
        "solved_in": closed - opened if opened and closed and closed - opened > timedelta(0) else None,
        "tags": sorted(conversation.tags.values_list("name", flat=True)),
        "fields": [(name, value) for name, value in sorted(_scalars(conversation.fields))],
        "source_url": conversation.url if conversation.url.startswith(("http://", "https://")) else "",
    }


def _scalars(fields: dict[str, Any]) -> list[tuple[str, str]]:
    shown = [(name, value) for name, value in fields.items() if isinstance(value, str | int | float)]
    lists = [(name, value) for name, value in fields.items() if isinstance(value, list)]
    return [(name, str(value)) for name, value in shown] + [(n, ", ".join(map(str, v))) for n, v in lists]


def _beside(came_from: Browse, conversation: Conversation, direction: Direction) -> str:
    found = neighbour(came_from.seat, came_from.params, conversation, direction)
    return browsing.conversation_urls(came_from, [found])[0] if found else ""


def _ordered(entries: dict[str, Any]) -> list[Any]:
    return sorted(entries.values(), key=lambda entry: entry.order)

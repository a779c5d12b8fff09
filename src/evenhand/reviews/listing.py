"""What this room adds to the list of conversations and to the page of one: filters, a column, buttons."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenhand.conversations.models import Conversation
from evenhand.conversations.registry import (
    Action,
    BulkAction,
    Column,
    ListAction,
    register_action,
    register_bulk_action,
    register_column,
    register_filter,
    register_list_action,
)
from evenhand.people.access import Seat
from evenhand.reviews import access, columns, filters


def plug_in() -> None:
    for one in filters.FILTERS:
        register_filter(one)
    register_column(Column("score", _("Score"), 10, columns.scores, columns.TEMPLATE))
    register_action(Action("review", _("Review"), review_url, shortcut="review", key="r", is_primary=True, order=10))
    register_bulk_action(
        BulkAction("review", _("Review selected"), review_selected, lambda seat: seat.reviews, order=10)
    )
    register_list_action(ListAction("draw", _("Draw a sample"), draw_url, is_primary=True, order=10))


def review_url(seat: Seat, conversation: Conversation, query: str) -> str | None:
    """To the review page; next and previous follow the list that one came from."""
    if not access.may_open(seat):
        return None
    params = QueryDict(query, mutable=True)
    params["from"] = "search" if params.get("q") else "list"
    path = reverse("reviews:page", args=[seat.workspace.slug, conversation.public_id])
    return f"{path}?{params.urlencode(safe=',.@:')}"


def review_selected(seat: Seat, picked: list[Conversation]) -> str:
    """The first one; the others are the queue, as a filter in the address."""
    only = ",".join(str(conversation.public_id) for conversation in picked)
    path = reverse("reviews:page", args=[seat.workspace.slug, picked[0].public_id])
    return f"{path}?from=list&only={only}"


def draw_url(seat: Seat, query: str) -> str | None:
    """The draw takes the list's filters as they stand in the address bar."""
    path = reverse("reviews:draw-new", args=[seat.workspace.slug])
    return f"{path}?{query}".rstrip("?") if seat.leads else None

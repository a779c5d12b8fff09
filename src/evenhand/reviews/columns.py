"""The column of the list of conversations that says how each was reviewed."""

from __future__ import annotations

from typing import Any

from evenhand.conversations.models import Conversation
from evenhand.people.access import Seat
from evenhand.reviews import access
from evenhand.reviews.filters import drafts, score_column
from evenhand.reviews.models import Review
from evenhand.reviews.words import shown

TEMPLATE = "reviews/_score_cell.html"


def scores(seat: Seat, conversations: list[Conversation]) -> dict[int, dict[str, Any]]:
    """Of each conversation the newest review that this person may read; their own draft comes first.

    A pair that a blind draw still wants reviewed shows nothing, so that a glance at the list cannot sway anybody.
    """
    ids = [conversation.pk for conversation in conversations]
    submitted = access.visible(seat).filter(conversation_id__in=ids).select_related("reviewer")
    cells = {review.conversation_id: _cell(seat, review) for review in submitted.order_by("submitted_at", "pk")}
    for draft in drafts(seat).filter(conversation_id__in=ids):
        cells[draft.conversation_id] = {"draft": True, "reviewer": seat.user}
    return cells


def _cell(seat: Seat, review: Review) -> dict[str, Any]:
    return {
        "score": shown(getattr(review, score_column(seat))),
        "critical": review.critical_failed,
        "reviewer": review.reviewer if access.sees_reviewer(seat, review) else None,
        "reviewed": True,
    }

"""The reviews of a conversation, shown beside its transcript on its own page."""

from __future__ import annotations

from typing import Any

from evenhand.conversations.models import Conversation
from evenhand.people.access import Seat
from evenhand.reviews import access
from evenhand.reviews.models import Review


def reviews_of(seat: Seat, conversation: Conversation) -> dict[str, Any] | None:
    reviews = list(
        access.visible(seat)
        .filter(conversation=conversation)
        .select_related("agent", "reviewer")
        .order_by("submitted_at")
    )
    may = access.may_open(seat)
    if seat.is_agent_only and not reviews and not may:
        return None
    drafts = Review.objects.filter(
        conversation=conversation, reviewer=seat.user, state=Review.State.DRAFT, deleted_at=None
    )
    return {
        "reviews": [(review, access.sees_reviewer(seat, review)) for review in reviews],
        "method": seat.workspace.score_method,
        "hidden": access.hidden(seat, conversation),
        "may_review": may,
        "has_draft": may and drafts.exists(),
        "conversation": conversation,
        "workspace": seat.workspace,
    }

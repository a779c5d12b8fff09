"""The conversation before or after one, in a list as it is filtered."""

from __future__ import annotations

from typing import Literal

from django.http import QueryDict

from evenhand.conversations import access
from evenhand.conversations.filters.selection import Selection, select
from evenhand.conversations.models import Conversation
from evenhand.conversations.queries.deadline import TookTooLong, cut_after
from evenhand.conversations.queries.listing import OLDEST, beyond
from evenhand.conversations.queries.plan import Place, plan
from evenhand.people.access import Seat

SECONDS = 0.1

Direction = Literal["next", "previous"]


def neighbour(
    seat: Seat, params: QueryDict | str, conversation: Conversation, direction: Direction
) -> Conversation | None:
    """The next conversation down the list that `params` describe, or the previous one; None at its end.

    The conversation itself need not be in the list (any more). A list too slow to look into has no neighbours.
    """
    params = QueryDict(params) if isinstance(params, str) else params
    down = (direction == "next") != (params.get("sort") == OLDEST)
    try:
        with cut_after(SECONDS):
            key = _key(select(seat, params), Place(conversation.happened_at, conversation.pk), down)
    except TookTooLong:
        return None
    return access.visible(seat).filter(pk=key).first() if key else None


def _key(selection: Selection, edge: Place, down: bool) -> int | None:
    ordered = plan(selection).ordered(newest_first=down).filter(beyond(edge, down))
    return next((key for _at, key in ordered[:1]), None)

"""Where a reviewer is and what comes next: in a draw, in the list that they came from, or nowhere in particular."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.conversations.models import Conversation
from evenhand.conversations.queries import neighbour as next_in_list
from evenhand.people.access import Seat
from evenhand.reviews import queries
from evenhand.reviews.models import DrawItem, Review
from evenhand.reviews.tickets import claimed

_MOST_BOXES = 40
# What an address says about this page itself; everything else in it are the filters of the list.
_OWN = ("from", "item", "who", "card")


@dataclass(frozen=True)
class Box:
    """One item of the strip: "done", "now" or "todo"."""

    state: str
    x: float


@dataclass(frozen=True)
class Queue:
    title: str = ""
    position: int = 0
    size: int = 0
    boxes: tuple[Box, ...] = ()
    width: float = 0
    is_draw: bool = False
    blind: bool = False


def describe(item: DrawItem | None, source: str) -> Queue:
    if item is not None:
        return _draw_queue(item)
    titles = {
        Review.Selection.LIST: _("From the list of conversations"),
        Review.Selection.SEARCH: _("Found by search"),
        Review.Selection.SPOTLIGHT: _("From a spotlight"),
    }
    return Queue(titles.get(claimed(source), ""))  # type: ignore[call-overload]


def _draw_queue(item: DrawItem) -> Queue:
    rows = list(item.draw.items.filter(deleted_at=None).order_by("position").values_list("pk", "state"))
    at = next((index for index, (key, _state) in enumerate(rows) if key == item.pk), 0)
    few = rows if len(rows) <= _MOST_BOXES else []
    boxes = [
        Box("now" if key == item.pk else "todo" if state == DrawItem.State.OPEN else "done", 0.5 + index * 5.6)
        for index, (key, state) in enumerate(few)
    ]
    return Queue(item.draw.name, at + 1, len(rows), tuple(boxes), len(few) * 5.6, True, item.draw.blind)


def filters(params: QueryDict) -> QueryDict:
    """The list's filters, as the address carries them."""
    kept = params.copy()
    for name in _OWN:
        kept.pop(name, None)
    return kept


def neighbour(
    seat: Seat, conversation: Conversation, item: DrawItem | None, params: QueryDict, step: int
) -> str | None:
    """The address of the next or previous conversation; None at the end."""
    if item is not None:
        found = queries.next_item(seat, item.draw, item.position, step)
        return item_url(seat, found) if found else None
    source = claimed(params.get("from", ""))
    if source in {Review.Selection.LIST, Review.Selection.SEARCH}:
        return _in_list(seat, conversation, source, filters(params), step)
    draws = queries.open_draws(seat) if step > 0 and seat.reviews else []
    return next((item_url(seat, first) for _draw, first, _done, _size in draws), None)


def _in_list(seat: Seat, conversation: Conversation, source: str, kept: QueryDict, step: int) -> str | None:
    found = next_in_list(seat, kept, conversation, "next" if step > 0 else "previous")
    if found is None:
        return None
    query = f"from={source}" + (f"&{kept.urlencode()}" if kept else "")
    return f"{reverse('reviews:page', args=[seat.workspace.slug, found.public_id])}?{query}"


def item_url(seat: Seat, item: DrawItem) -> str:
    conversation = item.participation.conversation
    return f"{reverse('reviews:page', args=[seat.workspace.slug, conversation.public_id])}?item={item.public_id}"

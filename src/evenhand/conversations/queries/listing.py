"""One page of the list, by keyset: stable while new conversations come in, as quick at the end as at the start."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from uuid import UUID

from django.db.models import Q

from evenhand.conversations import access
from evenhand.conversations.filters.selection import Selection
from evenhand.conversations.models import Conversation
from evenhand.conversations.queries.plan import Place, Plan, plan

SIZE = 50
NEWEST, OLDEST = "newest", "oldest"


@dataclass(frozen=True)
class Page:
    conversations: list[Conversation]
    # Cursors of the pages beside this one: `before` the first row, `after` the last; empty where there is no more.
    before: str = ""
    after: str = ""
    # How many match in all, where that came out on the way.
    total: int | None = None
    ids: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Position:
    """Where a page begins: after a place in the list's order, or before one, else at its start."""

    sort: str = NEWEST
    after: str = ""
    before: str = ""


def page(selection: Selection, position: Position, size: int = SIZE) -> Page:
    """A page of conversations. Reads inside may be cut by `cut_after`."""
    way = plan(selection)
    places, more = _places(way, position, size)
    if position.before and not more and len(places) < size:
        # The start of the list was reached: show a whole first page instead of a short one.
        position = Position(position.sort)
        places, more = _places(way, position, size)
    found = rows(selection, [place.id for place in places])
    by_id = {conversation.pk: conversation for conversation in found}
    shown = [by_id[place.id] for place in places if place.id in by_id]
    is_back, is_on = bool(position.before), bool(position.after)
    return Page(
        shown,
        before=cursor(shown[0]) if shown and (is_on or (is_back and more)) else "",
        after=cursor(shown[-1]) if shown and (is_back or more) else "",
        total=_total(way),
        ids=[conversation.pk for conversation in shown],
    )


def rows(selection: Selection, ids: list[int]) -> list[Conversation]:
    """What the rows of a page show, for keys that were found before."""
    return list(access.visible(selection.seat, ids).select_related("main_agent"))


def keys(selection: Selection, most: int | None = None) -> list[int]:
    """The keys of what is selected, newest first: all of them, or the first so many."""
    return [place[1] for place in plan(selection).ordered()[:most]]


def _places(way: Plan, position: Position, size: int) -> tuple[list[Place], bool]:
    """The places of a page in the list's order, and whether there are more in the direction of reading."""
    is_back = bool(position.before)
    down = (position.sort != OLDEST) != is_back
    edge = place_of(position.before or position.after)
    found = _few(way, edge, down) if way.is_few else _walked(way, edge, down, size)
    places = list(islice(found, size + 1))
    more = len(places) > size
    places = places[:size]
    return (places[::-1] if is_back else places), more


def _walked(way: Plan, edge: Place | None, down: bool, size: int) -> list[Place]:
    ordered = way.ordered(newest_first=down)
    if edge:
        ordered = ordered.filter(beyond(edge, down))
    return [Place(*row) for row in ordered[: size + 1]]


def _few(way: Plan, edge: Place | None, down: bool) -> list[Place]:
    everything = _all(way)
    if not down:
        everything = everything[::-1]
    if edge is None:
        return everything
    return [place for place in everything if (place < edge if down else place > edge)]


def _all(way: Plan) -> list[Place]:
    if "all" not in way.memory:
        way.memory["all"] = sorted((Place(*row) for row in way.unordered()), reverse=True)
    return way.memory["all"]


def _total(way: Plan) -> int | None:
    return len(_all(way)) if way.is_few else None


def beyond(edge: Place, down: bool) -> Q:
    """Older than a place, or newer. The first comparison is for the index, the second for equal times."""
    if down:
        later = Q(happened_at__lt=edge.happened_at) | Q(pk__lt=edge.id)
        return Q(happened_at__lte=edge.happened_at) & later
    return Q(happened_at__gte=edge.happened_at) & (Q(happened_at__gt=edge.happened_at) | Q(pk__gt=edge.id))


def cursor(conversation: Conversation) -> str:
    """A place as it stands in an address: the time and the public id, so that it holds when the row changes."""
    return f"{conversation.happened_at.astimezone(UTC):%Y%m%dT%H%M%S.%f}~{conversation.public_id.hex}"


def place_of(text: str) -> Place | None:
    """What a cursor means; an unreadable one is the start of the list."""
    moment, _tilde, public_id = text.partition("~")
    try:
        at = datetime.strptime(moment, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
        key = Conversation.objects.filter(public_id=UUID(public_id)).values_list("pk", flat=True).first()
    except ValueError:
        return None
    return Place(at, key or 0)

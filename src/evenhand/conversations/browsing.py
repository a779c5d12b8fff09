"""What the list shows, in one object a region: rows, chips, counts, saved views, what can be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.conversations import access, saved_views, searching
from evenhand.conversations.filters import Chosen, Filter, Selection, select
from evenhand.conversations.models import Conversation, SavedView
from evenhand.conversations.queries import Count, Page, TookTooLong, count, cut_after, page
from evenhand.conversations.queries.counts import EXACT
from evenhand.conversations.queries.listing import OLDEST, SIZE, Position
from evenhand.conversations.registry import registry
from evenhand.conversations.rows import Row, rows
from evenhand.people.access import Seat
from evenhand.people.models import Job

PAGE_SECONDS = 0.25
COUNT_SECONDS = 0.01
"""A count that takes longer than this is fetched after the page, by a request of its own."""
LATE_COUNT_SECONDS = 0.2
HINT_SECONDS = 0.05


@dataclass(frozen=True)
class Chip:
    title: str
    words: str
    problem: str
    edit_url: str
    drop_url: str


@dataclass(frozen=True)
class Button:
    name: str
    label: Any
    url: str = ""
    is_primary: bool = False


@dataclass
class Browse:
    """The list as one address asks for it."""

    seat: Seat
    params: QueryDict
    selection: Selection
    page: Page | None = None
    took_too_long: bool = False
    job: Job | None = None
    memory: dict[str, Any] = field(default_factory=dict)

    @property
    def query(self) -> str:
        return self.selection.query

    @property
    def sort(self) -> str:
        return OLDEST if self.params.get("sort") == OLDEST else "newest"

    @property
    def is_oldest_first(self) -> bool:
        return self.sort == OLDEST

    def address(self, query: str | None = None, **paging: str) -> str:
        """The list's address with these filters, else the present ones; the order stays."""
        parts = [self.query if query is None else query]
        parts += ["sort=oldest"] if self.is_oldest_first and "sort" not in paging else []
        parts += [f"{name}={value}" for name, value in paging.items() if value]
        asked = "&".join(part for part in parts if part)
        return reverse("conversations:list", args=[self.seat.workspace.slug]) + (f"?{asked}" if asked else "")

    @property
    def newer_url(self) -> str:
        return self._turned(self.page.before if self.page else "", "before")

    @property
    def older_url(self) -> str:
        return self._turned(self.page.after if self.page else "", "after")

    def _turned(self, cursor: str, side: str) -> str:
        found = str(self.job.public_id) if self.job else ""
        return self.address(found=found, **{side: cursor}) if cursor else ""

    @property
    def sort_url(self) -> str:
        return self.address(sort="" if self.is_oldest_first else OLDEST)

    @cached_property
    def rows(self) -> list[Row]:
        found = self.page.conversations if self.page else []
        words = self.selection.search.query if self.selection.search else None
        return rows(self.seat, found, self.columns, words, conversation_urls(self, found))

    @cached_property
    def columns(self) -> list[Any]:
        return sorted(registry.columns.values(), key=lambda column: column.order)

    @property
    def chips(self) -> list[Chip]:
        return [_chip(self, one) for one in self.selection.chips]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search form keeps of the address."""
        kept = [one.written for one in self.selection.chips]
        return [*kept, ("sort", OLDEST)] if self.is_oldest_first else kept

    @cached_property
    def count(self) -> Count | None:
        """How many match, if that is known soon enough; else the page asks again."""
        if self.page is None:
            return None
        if self.job is not None:
            n = len(self.job.result.get("ids", []))
            return Count(n, is_exact=not self.job.result.get("more"))
        if self.page.total is not None:
            return Count(self.page.total)
        if not self.page.before and not self.page.after:
            return Count(len(self.page.conversations))
        if self.selection.search:
            return None  # a word that many have is never counted so quickly
        found = count(self.selection, COUNT_SECONDS, steps=[EXACT])
        return None if found.was_cut else found

    @cached_property
    def views(self) -> saved_views.Shelf:
        return saved_views.shelf(self.seat, self.query)

    @property
    def view(self) -> SavedView | None:
        return self.views.current

    @property
    def heading(self) -> str:
        if self.view:
            return self.view.name
        return _("My conversations") if self.seat.is_agent_only else _("Conversations")

    @property
    def list_actions(self) -> list[Button]:
        found = [(a, a.url(self.seat, self.query)) for a in _ordered(registry.list_actions)]
        return [Button(a.name, a.label, url, a.is_primary) for a, url in found if url]

    @cached_property
    def bulk_actions(self) -> list[Button]:
        return [Button(a.name, a.label) for a in _ordered(registry.bulk_actions) if a.allowed(self.seat)]

    @cached_property
    def has_any(self) -> bool:
        """Whether the workspace holds a conversation that this person may see."""
        return bool(self.rows) or self.took_too_long or access.visible(self.seat).exists()

    @cached_property
    def hints(self) -> list[Chip]:
        """Filters without which something would match: what to drop from a list that came out empty."""
        if "after" in self.params or "before" in self.params:
            return []  # the end of a list, which is not empty
        try:
            with cut_after(HINT_SECONDS):
                return [_chip(self, one) for one in self.selection.good if _matches_without(self, one)]
        except TookTooLong:
            return []


def browse(seat: Seat, params: QueryDict) -> Browse:
    found = Browse(seat, params, select(seat, params))
    if "found" in params:
        found.job = searching.of(seat, params["found"])
        if found.job is not None and found.job.state == Job.State.DONE:
            found.page = searching.page(found.selection, found.job, params)
            return found
        found.job = None
    position = Position(found.sort, params.get("after", ""), params.get("before", ""))
    try:
        with cut_after(PAGE_SECONDS):
            found.page = page(found.selection, position, SIZE)
    except TookTooLong:
        found.took_too_long = True
    return found


def browse_address(seat: Seat, params: QueryDict, added: str = "", sort: str = "") -> str:
    """The list's address with these filters, in the order in which they always stand, and what is added to them."""
    filters = QueryDict(f"{params.urlencode()}&{added}")
    of = Browse(seat, filters, select(seat, filters))
    return of.address(sort=OLDEST if sort == OLDEST else "", found=filters.get("found", ""))


def late_count(seat: Seat, params: QueryDict) -> Count:
    return count(select(seat, params), LATE_COUNT_SECONDS, known=SIZE)


def offered(seat: Seat) -> list[Filter]:
    """The filters that "+ Filter" lists for this person."""
    found = (one for one in _ordered(registry.filters) if one.name != "q" and one.in_menu)
    return [one for one in found if one.allowed(seat)]


def _ordered(entries: dict[str, Any]) -> list[Any]:
    return sorted(entries.values(), key=lambda entry: entry.order)


def conversation_urls(of: Browse, conversations: list[Conversation]) -> list[str]:
    """The pages of conversations, which keep the filters of the list that one came from."""
    _here, mark, query = of.address().partition("?")
    # One address is taken apart instead of making fifty.
    some = UUID(int=0)
    path = reverse("conversations:conversation", args=[of.seat.workspace.slug, some])
    before, _some, after = path.partition(str(some))
    return [f"{before}{one.public_id}{after}{mark}{query}" for one in conversations]


def _chip(of: Browse, one: Chosen) -> Chip:
    path = reverse("conversations:filter", args=[of.seat.workspace.slug, one.filter.name])
    return Chip(
        title=one.filter.title(one.choice),
        words=one.filter.words(one.choice, of.seat) if not one.problem else ", ".join(one.choice.values),
        problem=one.problem,
        edit_url=f"{path}?{editing(of, one)}",
        drop_url=of.address(of.selection.without(one)),
    )


def editing(of: Browse, one: Chosen) -> str:
    """What the form of a filter is told: the choice to begin with, and the rest of the address."""
    params = QueryDict(mutable=True)
    params["set"] = one.written[1]
    params["part"] = one.choice.part
    params["list"] = of.selection.without(one)
    params["sort"] = of.sort
    return params.urlencode()


def _matches_without(of: Browse, one: Chosen) -> bool:
    rest = select(of.seat, of.selection.without(one))
    return bool(page(rest, Position(), 1).conversations)

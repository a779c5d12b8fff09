"""The rows behind a number. Each kind selects with the same function that the number was computed from."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.conversations.models import Participation
from evenhand.dashboards.page import Page
from evenhand.facts.filters import Filters
from evenhand.facts.load import Facts, run
from evenhand.facts.metrics.scores import AVERAGE
from evenhand.facts.selections import causes, counted, drawn, frame, ratings, responses, reviews
from evenhand.people.access import Seat
from evenhand.quality.estimates import MINIMUM_N
from evenhand.reviews import access
from evenhand.reviews.models import Rating, Review
from evenhand.surveys.models import SurveyResponse

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise
    from ibis.expr.types import Table

PAGE_SIZE = 50
Select = Callable[[Facts, Filters, str], "Table"]


@dataclass(frozen=True)
class Kind:
    """`unit` says what one row is: a review, a pair, a rating, a response; `key` is its column.

    `among` selects the rows of which being listed tells something that a blind draw may hide, such as a failure.
    """

    unit: str
    key: str
    title: str | _StrPromise
    select: Select
    among: Select | None = None


def _headline(facts: Facts, filters: Filters, name: str) -> Table:
    return counted(facts, filters) if name == AVERAGE else drawn(facts, filters)


def _pairs(facts: Facts, filters: Filters, name: str) -> Table:
    rows = _headline(facts, filters, name)
    return rows.select("pair_id").distinct()


def _critical(facts: Facts, filters: Filters, name: str) -> Table:
    rows = counted(facts, filters)
    return rows.filter(rows.critical_failed)


def _timed(facts: Facts, filters: Filters, name: str) -> Table:
    rows = reviews(facts, filters)
    return rows.filter(rows.active_seconds > 0)


def _unseen(facts: Facts, filters: Filters, name: str) -> Table:
    rows = counted(facts, filters)
    return rows.filter(rows.seen_at.isnull())


def _frame(facts: Facts, filters: Filters, name: str) -> Table:
    return frame(facts, filters)


def _average(facts: Facts, filters: Filters, name: str) -> Table:
    return counted(facts, filters)


def _csat(facts: Facts, filters: Filters, name: str) -> Table:
    return responses(facts, filters, "csat")


KINDS = {
    "reviews": Kind("review", "review_id", gettext_lazy("Reviews behind the headline"), _headline),
    "conversations": Kind("pair", "pair_id", gettext_lazy("Conversations behind the headline"), _pairs),
    "average": Kind("review", "review_id", gettext_lazy("All reviews of the period"), _average),
    "critical": Kind(
        "review", "review_id", gettext_lazy("Reviews that a critical category set to 0"), _critical, among=_average
    ),
    "timed": Kind("review", "review_id", gettext_lazy("Reviews with a measured time"), _timed),
    "unseen": Kind("review", "review_id", gettext_lazy("Reviews not seen by the agent"), _unseen),
    "frame": Kind("pair", "pair_id", gettext_lazy("All conversations that could be reviewed"), _frame),
    "csat": Kind("response", "response_id", gettext_lazy("Customers’ answers"), _csat),
}


def category(lineage_id: int) -> Kind:
    """Ratings of one category in the headline's reviews, without those that were not applicable."""

    def select(facts: Facts, filters: Filters, name: str) -> Table:
        rows = ratings(facts, filters, _headline(facts, filters, name))
        return rows.filter(rows.lineage_id == lineage_id, rows.percent.notnull())

    return Kind("rating", "rating_id", gettext_lazy("Ratings of one category"), select)


def cause(label: str) -> Kind:
    """The headline's reviews that named one root cause."""

    def select(facts: Facts, filters: Filters, name: str) -> Table:
        rows = causes(facts, filters, _headline(facts, filters, name))
        return rows.filter(rows.label == label).select("review_id").distinct()

    return Kind("review", "review_id", gettext_lazy("Reviews that named a root cause"), select, among=_headline)


@dataclass(frozen=True)
class Found:
    """A page of the rows; `count` is of all of them. `held` back: too few reviews to tell without telling whose."""

    count: int
    rows: list[dict[str, Any]]
    page: int
    pages: int
    held: bool = False


def find(page: Page, kind: Kind, number: int) -> Found:
    """Page `number` of the rows behind one number of a dashboard."""
    if kind.among and _count(kind.among, page) < MINIMUM_N:
        return Found(0, [], 1, 1, held=True)
    rows = kind.select(page.facts, page.asked.filters, page.headline.name)
    keys = run(rows.select(kind.key).order_by(kind.key))[kind.key].to_pylist()
    keys.reverse()
    pages = max(1, -(-len(keys) // PAGE_SIZE))
    number = min(max(1, number), pages)
    shown = keys[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    listed = _LISTS[kind.unit](shown, page.asked.seat)
    if kind.among:
        listed = [row if "review" in row else {"note": row["note"], "value": None, "at": None} for row in listed]
    return Found(len(keys), listed, number, pages)


def _count(select: Select, page: Page) -> int:
    return len(run(select(page.facts, page.asked.filters, page.headline.name).select("review_id")))


def _reviews(keys: list[int], seat: Seat) -> list[dict[str, Any]]:
    found = Review.objects.select_related("conversation", "agent", "reviewer", "scorecard").in_bulk(keys)
    seen = _visible(keys, seat)
    return [_review(found[key], seat, key in seen) for key in keys if key in found]


def _visible(reviews: Collection[int], seat: Seat) -> set[int]:
    """What a blind draw keeps from this person is counted, and its row says no more than that it is there."""
    return set(access.visible(seat).filter(pk__in=reviews).values_list("pk", flat=True))


def _review(row: Review, seat: Seat, shown: bool) -> dict[str, Any]:
    about = {"conversation": row.conversation, "agent": row.agent, "at": row.dated_at}
    if not shown:
        return {**about, "by": row.reviewer.name, "value": None, "note": _("hidden until you have reviewed it")}
    score = row.score if seat.workspace.score_method == "minmax" else row.score_over_max
    return {
        **about, "review": row, "by": row.reviewer.name, "value": score, "critical": row.critical_failed,
        "note": row.get_selection_display(),
    }  # fmt: skip


def _pairs_of(keys: list[int], seat: Seat) -> list[dict[str, Any]]:
    found = Participation.objects.select_related("conversation", "agent").in_bulk(keys)
    rows = [found[key] for key in keys if key in found]
    return [{"conversation": row.conversation, "agent": row.agent, "at": row.dated_at} for row in rows]


def _ratings_of(keys: list[int], seat: Seat) -> list[dict[str, Any]]:
    related = ("review__conversation", "review__agent", "review__reviewer", "review__scorecard", "category")
    found = Rating.objects.select_related(*related).in_bulk(keys)
    seen = _visible({row.review_id for row in found.values()}, seat)
    return [_rating(found[key], seat, found[key].review_id in seen) for key in keys if key in found]


def _rating(row: Rating, seat: Seat, shown: bool) -> dict[str, Any]:
    about = _review(row.review, seat, shown)
    if not shown:
        return about
    words = _("%(points)g of %(most)g, %(category)s")
    told = {"points": row.points or 0, "most": row.scale_max, "category": row.category.name}
    return {**about, "note": words % told}


def _responses_of(keys: list[int], seat: Seat) -> list[dict[str, Any]]:
    found = SurveyResponse.objects.select_related("conversation", "agent").in_bulk(keys)
    return [
        {
            "conversation": row.conversation, "agent": row.agent, "at": row.dated_at, "comment": row.comment,
            "note": _("%(score)g of %(most)g") % {"score": row.score, "most": row.maximum},
        }
        for row in (found[key] for key in keys if key in found)
    ]  # fmt: skip


_LISTS = {"review": _reviews, "pair": _pairs_of, "rating": _ratings_of, "response": _responses_of}

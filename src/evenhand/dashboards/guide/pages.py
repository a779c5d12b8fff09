"""The pages of the guide, in their order. Their slugs are in links of every score, so they never change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from evenhand.people.access import Seat
from evenhand.people.models import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


@dataclass(frozen=True, slots=True)
class Attempt:
    """A page of the product where one sees the same with one's own numbers."""

    label: Words
    url_name: str
    allowed: Callable[[Seat], bool]
    at: str = ""


def _reviews(seat: Seat) -> bool:
    return seat.reviews


def _leads(seat: Seat) -> bool:
    return seat.leads


def _answers(seat: Seat) -> bool:
    return Role.AGENT in seat.roles


DASHBOARD = Attempt(_("your dashboard"), "dashboards:dashboard", _reviews)
MINE = Attempt(_("your own quality"), "dashboards:mine", _answers)
AGENTS = Attempt(_("the agents of your team"), "dashboards:dashboard", _reviews, "h-agents")
TREND = Attempt(_("the trend with its dotted lines"), "dashboards:dashboard", _reviews, "h-trend")
DRAW = Attempt(_("draw a sample"), "reviews:draw-new", _leads)
REVIEW = Attempt(_("review what was drawn"), "reviews:work", _reviews)
AGREEMENT = Attempt(_("how far your reviewers agree"), "dashboards:agreement", _reviews)
CHANGE = Attempt(_("what has changed in your team"), "dashboards:change", _reviews)
PLANNER = Attempt(_("the planner"), "dashboards:planner", _reviews)


@dataclass(frozen=True, slots=True)
class GuidePage:
    """`attempts`: the first one that a reader may open is offered."""

    slug: str
    title: Words
    lede: Words
    attempts: tuple[Attempt, ...] = ()


PAGES = (
    GuidePage(
        "intervals", _("What “between” means"), _("A score without its interval is half a number."),
        (DASHBOARD, MINE),
    ),
    GuidePage(
        "small-samples", _("Small samples"), _("Four reviews are a beginning, not a verdict."), (DASHBOARD, MINE),
    ),
    GuidePage("ranks", _("Why ranks mislead"), _("Somebody is always last, also among equals."), (AGENTS,)),
    GuidePage(
        "random-draws", _("Random and hand-picked"), _("How conversations are chosen decides what the score can say."),
        (DRAW, REVIEW),
    ),
    GuidePage(
        "blind-review", _("Anchoring, and blind review"), _("Whoever sees a score gives one that is near it."),
        (REVIEW,),
    ),
    GuidePage(
        "corrected-autoqa", _("Corrected AutoQA"), _("A machine reads it all, and people say how far it is off."),
    ),
    GuidePage(
        "agreement", _("When reviewers agree"), _("A score is worth no more than the people who give it."),
        (AGREEMENT,),
    ),
    GuidePage("change", _("Has it changed?"), _("Two numbers are never equal, and that alone is no news."), (CHANGE,)),
    GuidePage(
        "planning", _("How many reviews?"), _("Decide how finely you want to see, then count."), (PLANNER,),
    ),
    GuidePage(
        "benchmarks", _("Traps in benchmarks"), _("Other companies’ averages are other companies’ scorecards."),
        (TREND,),
    ),
)  # fmt: skip
SLUGS = tuple(page.slug for page in PAGES)

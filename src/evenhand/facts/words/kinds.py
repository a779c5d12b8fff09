"""The kinds of numbers: what each describes, what it cannot say, what it counts, and where the guide explains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from evenhand.quality.change import Change
from evenhand.quality.estimates import Estimate

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


@dataclass(frozen=True, slots=True)
class Kind:
    """describes, limits: one plain sentence each. by_hand: in place of `limits` where nothing was drawn at random.

    unit: what n counts (`reviews`, `conversations`, `ratings`, `answers`). page: of the guide. sign: behind the value.
    decimals: of what is not on 0..100; else the width of the interval decides.
    """

    describes: Words
    limits: Words
    by_hand: Words = ""
    unit: str = "reviews"
    page: str = "intervals"
    sign: str = ""
    decimals: int | None = None


PERCENT = "\u202f%"
_BY_HAND = _(
    "It cannot speak for conversations that nobody reviewed: these were not drawn at random, however many they are."
)
_SILENT = _("It cannot say what the customers think who did not answer, so look at how many did.")

_TOGETHER = _("It cannot say that they are right, because two people can share one mistake.")

KINDS = {
    "iqs": Kind(
        _("The quality of all conversations of this period, estimated from those that were drawn at random."),
        _("It cannot say whether your reviewers are too strict or too kind, nor anything of other months or teams."),
        page="random-draws",
    ),
    "average": Kind(
        _("The plain mean of these reviews, each counted once."),
        _("It cannot speak for conversations that nobody reviewed: it includes reviews that were picked by hand."),
        _BY_HAND,
        page="random-draws",
    ),
    "uncritical": Kind(
        _("The mean of these reviews as if no category could fail a whole review."),
        _("It cannot say how good the service was, because the critical failures did happen."),
        _("It cannot say how good the service was: the failures did happen, and some reviews were picked by hand."),
    ),
    "pass_rate": Kind(
        _("The share of reviews that reach your baseline."),
        _("It cannot tell a near miss from a disaster: a review one point below counts like one at zero."),
        _BY_HAND,
        sign=PERCENT,
    ),
    "agent": Kind(
        _("This agent’s level, estimated from their own reviews and drawn towards the team’s where these are few."),
        _("It cannot put people in an order: two agents whose reviews lie this close may be equally good."),
        _("It cannot put people in an order, nor speak for conversations that were not drawn at random."),
        page="ranks",
    ),
    "mine": Kind(
        _("Your level, estimated from your own reviews and drawn towards the team’s where these are few."),
        _("It cannot put you and your colleagues in an order: reviews this few cannot tell people apart so finely."),
        _("It cannot put you and your colleagues in an order, nor speak for conversations that nobody reviewed."),
        page="small-samples",
    ),
    "category": Kind(
        _("The mean of the ratings in this category, with the critical rule left out."),
        _("It cannot say why: read the ratings behind it, and the root causes that reviewers named."),
        _("It cannot say why, nor speak for conversations that nobody reviewed: these were not drawn at random."),
        unit="ratings", page="small-samples",
    ),
    "step": Kind(
        _("The score of this week, month or day alone."),
        _("It cannot say by itself whether anything changed: neighbours differ by chance, so look at the difference."),
        page="change",
    ),
    "csat": Kind(
        _("How satisfied the customers are who answered."), _SILENT, unit="answers", page="intervals", sign=PERCENT,
    ),
    "nps": Kind(
        _("Promoters minus detractors among the customers who answered, in points from −100 to 100."), _SILENT,
        unit="answers",
    ),
    "ces": Kind(_("How easy the customers who answered found it."), _SILENT, unit="answers"),
    "share": Kind(
        _("The share of yes among those that were looked at."),
        _("It cannot say anything about those that were chosen in another way, or not at all."),
        sign=PERCENT,
    ),
    "mean": Kind(
        _("The mean of those that were looked at."),
        _("It cannot say anything about those that were chosen in another way, or not at all."),
    ),
    "counted": Kind(
        _("A plain count: all of them are in it, and none was sampled, so there is no interval."),
        _("It cannot say why it is so, nor what the next period will bring."),
        sign=PERCENT,
    ),
    "difference": Kind(
        _("How far the later number lies from the earlier one, with an interval of its own."),
        _("It cannot say what caused the difference, and where its interval holds 0 it cannot say that there is one."),
        page="change",
    ),
    "agreement": Kind(
        _("How far two people who rated the same conversation without seeing each other agree beyond chance."),
        _TOGETHER, unit="conversations", page="agreement", decimals=2,
    ),
    "agreeing": Kind(
        _("How often two people who rated the same conversation without seeing each other gave the same answer."),
        _("It cannot say how much of that is chance: where nearly all is good, two who guess agree often too."),
        unit="conversations", page="agreement", sign=PERCENT,
    ),
    "leniency": Kind(
        _("How many points milder (above 0) or stricter this person rates than the other reviewers do."),
        _("It cannot say who is right: the panel may be too strict as a whole, or too kind."),
        page="agreement",
    ),
    "aqs": Kind(
        _("The mean of machine scores over every conversation that was rated by machine."),
        _("It cannot say how good the service is until blind reviews have shown how far the machine is off."),
        unit="conversations", page="corrected-autoqa",
    ),
    "corrected": Kind(
        _("The quality of all conversations: machine scores of all of them, corrected by blind reviews of some."),
        _("It cannot say whether your reviewers are too strict or too kind, because it leans on what they said."),
        page="corrected-autoqa",
    ),
}  # fmt: skip

# Where a page does not say which kind it shows, the way of estimating tells.
_BY_METHOD = {"t-hc3": "corrected", "adjusted-wald": "nps"}
_BY_DESIGN = {"stratified": "iqs", "hajek": "iqs", "shrunken": "agent"}


def kind_of(number: Estimate | Change) -> str:
    """The kind of a number that nobody named, from what it carries itself."""
    if isinstance(number, Change):
        return "difference"
    named = _BY_METHOD.get(number.method) or _BY_DESIGN.get(number.design)
    if named or number.population:
        return named or "iqs"
    return "share" if number.method == "wilson" else "mean"

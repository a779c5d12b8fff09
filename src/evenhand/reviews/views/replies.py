"""What the page's script is told after a save: the score so far, or what is wrong and what to do."""

from __future__ import annotations

from typing import Any

from django.http import Http404, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from evenhand.conversations import transcript
from evenhand.conversations.models import Agent, Conversation
from evenhand.people.access import Seat
from evenhand.people.kept import Given, Kept
from evenhand.reviews import access
from evenhand.reviews.answers import Refused
from evenhand.reviews.marks import marks_of
from evenhand.reviews.services import Conflict, Saved
from evenhand.reviews.tickets import Ticket
from evenhand.reviews.words import shown

_REVIEWEE = Kept(lambda: Agent.objects.filter(pk=Given("agent"), merged_into=None).only("user_id"))


def require_still(seat: Seat, ticket: Ticket) -> None:
    """What was allowed when the page was opened has to be allowed now."""
    agent = next(iter(_REVIEWEE.ask(agent=ticket.agent)), None)
    if agent is None:  # they turned out to be somebody else, whose the draft is now
        raise Http404(_("This page is out of date: load it again."))
    access.require_review(seat, agent)


def saved(seat: Seat, conversation: Conversation, ticket: Ticket, saved: Saved) -> dict[str, Any]:
    work = saved.work
    at = time_format(timezone.localtime(saved.at), "H:i:s")
    return {
        "number": saved.number,
        "saved": _("Saved %(time)s") % {"time": at},
        "score": shown(work.scored.by(seat.workspace.score_method)) or "–",
        "failed": work.scored.critical_failed,
        "rated": work.answers.given(work.categories),
        **_changed(seat, conversation, ticket, saved),
    }


def _changed(seat: Seat, conversation: Conversation, ticket: Ticket, saved: Saved) -> dict[str, Any]:
    """Messages whose marks are others now, as the page shows them."""
    work = saved.work
    now, before = marks_of(work.categories, work.answers), marks_of(work.categories, saved.before)
    touched = {mark.message_id for mark in set(now) ^ set(before)}
    if not touched:
        return {}
    items = transcript.build(conversation, seat.zone, now, ticket.agent, only=touched)
    language = conversation.language
    turns = {
        item.message.pk: render_to_string("conversations/_turn.html", {"turn": item, "language": language})
        for item in items
        if isinstance(item, transcript.Turn)
    }
    return {"turns": turns}


def refused(refused: Refused) -> JsonResponse:
    return JsonResponse({"faults": refused.faults, "confirm": refused.confirm}, status=422)


def conflict(seat: Seat, conversation: Conversation, conflict: Conflict) -> JsonResponse:
    """Another tab was faster. Nothing of this page is lost: it stays here until the newer one is loaded."""
    page = reverse("reviews:page", args=[seat.workspace.slug, conversation.public_id])
    if conflict.review is None:
        said = _("This draft was submitted or thrown away in another tab. What you see here is not saved.")
    else:
        said = _("This review was changed in another tab. What you see here is not saved.")
    return JsonResponse({"conflict": said, "url": page}, status=409)

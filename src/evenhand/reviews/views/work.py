"""What a reviewer has to do, and what next if there is nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from evenhand.people import access as people
from evenhand.people.access import Seat
from evenhand.reviews import access, queries, queue, services
from evenhand.reviews.models import Review


@require_GET
def work(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = people.reviewer(request, workspace)
    context = {
        "drafts": [_draft(seat, review) for review in queries.open_drafts(seat)],
        "draws": [
            {"draw": draw, "url": queue.item_url(seat, item), "reviewed": reviewed, "drawn": drawn}
            for draw, item, reviewed, drawn in queries.open_draws(seat)
        ],
        "latest": queries.latest(seat),
        "method": seat.workspace.score_method,
        "coverage_url": _url("reviews:coverage", seat),
        "conversations_url": _url("conversations:list", seat),
    }
    return render(request, "reviews/work.html", context)


@require_POST
def discard(request: HttpRequest, workspace: str, review: UUID) -> HttpResponse:
    seat = people.seat(request, workspace)
    services.discard(seat, access.draft(seat, review))
    messages.info(request, _("The draft is gone."))
    return redirect("reviews:work" if seat.reviews else "workspace", workspace)


def _draft(seat: Seat, review: Review) -> dict[str, Any]:
    """A draft with the address where one goes on: the same agent, message, scorecard and drawn pair."""
    who = str(review.agent.public_id) + (f".{review.message.position}" if review.message else "")
    kept = {"who": who, "card": str(review.version.public_id)}
    if review.draw_item:
        kept["item"] = str(review.draw_item.public_id)
    page = reverse("reviews:page", args=[seat.workspace.slug, review.conversation.public_id])
    given = sum(answer.is_given for answer in services.drafts.restored(review).by_category.values())
    return {"review": review, "address": f"{page}?{urlencode(kept)}", "rated": given}


def _url(name: str, seat: Seat) -> str:
    try:
        return reverse(name, args=[seat.workspace.slug])
    except NoReverseMatch:
        return ""

"""The review page: read, save while one works, submit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from evenhand.conversations import access as conversations
from evenhand.people import access as people
from evenhand.people.access import Seat
from evenhand.reviews import access, bench, fitting, forms, queue, services, tickets
from evenhand.reviews.answers import Refused
from evenhand.reviews.heading import facts
from evenhand.reviews.models import Review
from evenhand.reviews.services import Conflict
from evenhand.reviews.views import replies
from evenhand.reviews.words import shown


@require_GET
def page(request: HttpRequest, workspace: str, conversation: UUID) -> HttpResponse:
    seat = people.seat(request, workspace)
    found = conversations.conversation(seat, conversation)
    access.require_open(seat)
    return _render(request, bench.open_bench(seat, found, request.GET))


@require_POST
def draft(request: HttpRequest, workspace: str, conversation: UUID) -> JsonResponse:
    """Keep what has been answered so far; the answer says what it comes to."""
    seat = people.seat(request, workspace)
    found = conversations.conversation(seat, conversation, only=fitting.COLUMNS)
    ticket = tickets.read(request.POST.get("ticket", ""), seat, found.pk)
    replies.require_still(seat, ticket)
    try:
        saved = services.save_draft(seat, found, ticket, forms.save(request.POST))
    except Refused as refused:
        return replies.refused(refused)
    except Conflict as conflict:
        return replies.conflict(seat, found, conflict)
    return JsonResponse(replies.saved(seat, found, ticket, saved))


@require_POST
def submit(request: HttpRequest, workspace: str, conversation: UUID) -> HttpResponse:
    """Submit. Scripts get JSON with where to go on; a plain form is led there, or sees what is missing."""
    seat = people.seat(request, workspace)
    found = conversations.conversation(seat, conversation)
    ticket = tickets.read(request.POST.get("ticket", ""), seat, found.pk)
    replies.require_still(seat, ticket)
    confirmed = request.POST.get("confirmed") == "1"
    try:
        review = services.submit(seat, found, ticket, forms.save(request.POST), confirmed=confirmed)
    except Refused as refused:
        return replies.refused(refused) if _wants_json(request) else _again(request, seat, found, refused)
    except Conflict as conflict:
        return replies.conflict(seat, found, conflict) if _wants_json(request) else redirect(request.get_full_path())
    url = _after(request, seat, review)
    return JsonResponse({"url": url}) if _wants_json(request) else redirect(url)


@require_GET
def go(request: HttpRequest, workspace: str, conversation: UUID, direction: str) -> HttpResponse:
    """To the next or previous conversation of the draw or the list that one came from."""
    seat = people.seat(request, workspace)
    found = conversations.conversation(seat, conversation)
    item = bench.item_in(seat, found, request.GET)
    url = queue.neighbour(seat, found, item, request.GET, 1 if direction == "next" else -1)
    if url is None:
        messages.info(request, _("That was the last one here."))
    return redirect(url or _work_url(seat, reverse("workspace", args=[workspace])))


def _render(request: HttpRequest, opened: bench.Bench, status: int = 200, **extra: Any) -> HttpResponse:
    found = opened.conversation
    context = {"bench": opened, "conversation": found, "facts": facts(found), "query": request.GET.urlencode(), **extra}
    return render(request, "reviews/page.html", context, status=status)


def _again(request: HttpRequest, seat: Seat, found: Any, refused: Refused) -> HttpResponse:
    """The page with what was sent and what is missing, for browsers without scripts."""
    opened = bench.open_bench(seat, found, request.GET)
    opened.answers = forms.answers(request.POST)
    opened.faults = refused.faults
    bench.arrange(opened)
    return _render(request, opened, 422, refused=refused)


def _after(request: HttpRequest, seat: Seat, review: Review) -> str:
    """Where one goes on after submitting, and the sentence that is said there."""
    workspace = seat.workspace
    own = reverse("reviews:review", args=[workspace.slug, review.public_id])
    method = workspace.score_method
    score = shown(review.score if method == "minmax" else review.score_over_max) or _("no score")
    messages.success(request, _("Submitted: %(score)s for %(agent)s.") % {"score": score, "agent": review.agent.name})
    if request.POST.get("then") != "next":
        return f"{own}?{request.GET.urlencode()}" if request.GET else own
    return _next_url(seat, review, request.GET) or _work_url(seat, own)


def _next_url(seat: Seat, review: Review, params: QueryDict) -> str | None:
    item = bench.item_in(seat, review.conversation, params)
    return queue.neighbour(seat, review.conversation, item, params, 1)


def _work_url(seat: Seat, own: str) -> str:
    return reverse("reviews:work", args=[seat.workspace.slug]) if seat.reviews else own


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"

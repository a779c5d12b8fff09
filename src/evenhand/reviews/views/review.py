"""A submitted review: reading it, changing it, deleting it, having seen it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.people import access as people
from evenhand.people.access import Seat
from evenhand.reviews import access, forms, reading, services
from evenhand.reviews.answers import Refused
from evenhand.reviews.heading import facts
from evenhand.reviews.models import Review
from evenhand.reviews.services import Conflict
from evenhand.reviews.views import replies


@require_GET
def review(request: HttpRequest, workspace: str, review: UUID) -> HttpResponse:
    seat = people.seat(request, workspace)
    shown = reading.read(seat, access.review(seat, review))
    return render(request, "reviews/review.html", _context(shown, request))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, workspace: str, review: UUID) -> HttpResponse:
    """The same panel as for a new review, with what was answered; saved when one says so."""
    seat = people.seat(request, workspace)
    found = access.review(seat, review)
    access.require_edit(seat, found)
    if request.method == "POST":
        return _save(request, seat, found)
    return render(request, "reviews/edit.html", _context(reading.read(seat, found, editing=True), request))


@require_POST
def delete(request: HttpRequest, workspace: str, review: UUID) -> HttpResponse:
    seat = people.seat(request, workspace)
    found = access.review(seat, review)
    with suppress(Conflict):  # deleted in another tab at the same moment
        services.delete(seat, found)
    messages.success(request, _("The review is deleted. Its history is kept."))
    return redirect("reviews:work" if seat.reviews else "workspace", workspace)


@require_POST
def seen(request: HttpRequest, workspace: str, review: UUID) -> HttpResponse:
    seat = people.seat(request, workspace)
    found = access.review(seat, review)
    services.mark_seen(seat, found)
    return redirect(_back(request) or reverse("reviews:review", args=[workspace, found.public_id]))


def _back(request: HttpRequest) -> str:
    """The page of ours that the button stood on, where it said so."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else ""


def _save(request: HttpRequest, seat: Seat, found: Review) -> HttpResponse:
    as_json = request.headers.get("Accept") == "application/json"
    url = reverse("reviews:review", args=[seat.workspace.slug, found.public_id])
    try:
        save = forms.save(request.POST)
        confirmed = request.POST.get("confirmed") == "1"
        services.edit(seat, found, save.answers, revision=save.number, confirmed=confirmed)
    except Refused as refused:
        return replies.refused(refused) if as_json else _again(request, seat, found, refused)
    except Conflict:
        said = _("Someone else has changed this review. Open it again to see what it says now.")
        if as_json:
            return JsonResponse({"conflict": said, "url": url}, status=409)
        messages.error(request, said)
        return redirect(url)
    messages.success(request, _("Changed. The version before is kept in its history."))
    return JsonResponse({"url": url}) if as_json else redirect(url)


def _again(request: HttpRequest, seat: Seat, found: Review, refused: Refused) -> HttpResponse:
    shown = reading.read(seat, found, forms.answers(request.POST), refused.faults, editing=True)
    return render(request, "reviews/edit.html", {**_context(shown, request), "refused": refused}, status=422)


def _context(shown: reading.Reading, request: HttpRequest) -> dict[str, Any]:
    found = shown.conversation
    return {
        "bench": shown,
        "reading": shown,
        "conversation": found,
        "facts": facts(found),
        "query": request.GET.urlencode(),
    }

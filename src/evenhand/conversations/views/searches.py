"""A search that goes on in the background: begin it, and look how far it is."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from evenhand.conversations import browsing, searching
from evenhand.conversations.filters import select
from evenhand.people import access as people
from evenhand.people.access import Seat
from evenhand.people.models import Job


@require_POST
def begin(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = people.seat(request, workspace)
    sort = "oldest" if request.POST.get("sort") == "oldest" else ""
    job = searching.begin(seat, select(seat, request.POST.get("list", "")).query)
    return _shown(request, seat, job, sort)


@require_GET
def state(request: HttpRequest, workspace: str, job: UUID) -> HttpResponse:
    seat = people.seat(request, workspace)
    found = searching.of(seat, str(job))
    if found is None:
        raise Http404(_("There is no such search."))
    return _shown(request, seat, found, request.GET.get("sort", ""))


def _shown(request: HttpRequest, seat: Seat, job: Job, sort: str) -> HttpResponse:
    """How far it is; once it is done, on to the list of what it found."""
    is_part = request.htmx  # type: ignore[attr-defined]
    if job.state == Job.State.DONE:
        url = browsing.browse_address(
            seat, QueryDict(job.arguments["query"], mutable=True), f"found={job.public_id}", sort
        )
        return HttpResponseClientRedirect(url) if is_part else redirect(url)
    template = "conversations/_search_state.html" if is_part else "conversations/search.html"
    return render(request, template, {"job": job, "sort": sort, "workspace": seat.workspace.slug})

"""Pages that belong to no room: the way in, and what is shown when something is wrong."""

from __future__ import annotations

import logging

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from evenhand.people import access
from evenhand.people.registry import registry

log = logging.getLogger("evenhand.site")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page of the user's first workspace."""
    workspaces = access.seats(request.user)  # type: ignore[arg-type]
    if not workspaces:
        return redirect("people:workspaces") if request.user.is_admin else render(request, "site/no_workspace.html")
    return HttpResponseRedirect(reverse("workspace", args=[workspaces[0].slug]))


@require_safe
def workspace(request: HttpRequest, workspace: str) -> HttpResponse:
    """Where a member of a workspace lands: the highest room that has something for them."""
    seat = access.seat(request, workspace)
    for _order, landing in sorted(registry.landing, key=lambda entry: -entry[0]):
        if url := landing(seat):
            return HttpResponseRedirect(url)
    return redirect("people:inbox")


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """For a load balancer: the process answers and the database does too."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "site/csrf.html", status=403)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Also where what is broken is what every page needs, such as the database."""
    try:
        return render(request, "500.html", status=500)
    except Exception:
        log.exception("The page that says that something is broken is broken too")
        return HttpResponse(render_to_string("500.html"), status=500)

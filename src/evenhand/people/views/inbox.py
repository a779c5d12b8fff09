"""One's own notices."""

from __future__ import annotations

import uuid
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from evenhand.people import inbox as service
from evenhand.people import pages, queries
from evenhand.people.models import Notice, User


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    user = cast("User", request.user)
    page = pages.newest_first(queries.notices(user), request.GET)
    rows = [{"notice": notice, "sentence": service.sentence(notice)} for notice in page.rows]
    return render(request, "people/inbox.html", {"page": page, "rows": rows})


@require_POST
def open_notice(request: HttpRequest, notice: uuid.UUID) -> HttpResponse:
    """Go where a notice leads; it counts as read."""
    found = get_object_or_404(Notice, user=request.user, public_id=notice)
    service.mark_read(found.user, [str(found.public_id)])
    ours = found.url and url_has_allowed_host_and_scheme(found.url, {request.get_host()})
    return redirect(found.url if ours else "people:inbox")


@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """All of one's notices, or the one that is named."""
    named = [str(uuid.UUID(value)) for value in request.POST.getlist("notice") if _is_uuid(value)]
    service.mark_read(cast("User", request.user), named if "notice" in request.POST else None)
    return redirect("people:inbox")


def _is_uuid(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True

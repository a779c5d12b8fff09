"""The list of conversations: a page, and the part of it that htmx swaps."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from evenhand.conversations import access, browsing
from evenhand.conversations.registry import registry
from evenhand.people import access as people


@require_GET
def conversations(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = people.seat(request, workspace)
    browse = browsing.browse(seat, request.GET)
    is_part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    template = "conversations/_browse.html" if is_part else "conversations/list.html"
    response = render(request, template, {"browse": browse, "is_part": is_part, "workspace": workspace})
    # The same address has two answers: a cache must not mix them up.
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_GET
def late_count(request: HttpRequest, workspace: str) -> HttpResponse:
    """The count of a list that took too long to count while its page was made."""
    seat = people.seat(request, workspace)
    count = browsing.late_count(seat, request.GET)
    return render(request, "conversations/_count.html", {"count": count})


@require_GET
def selected(request: HttpRequest, workspace: str, action: str) -> HttpResponse:
    """Lead on with the selected rows, in the order in which they stand in the list."""
    seat = people.seat(request, workspace)
    found = registry.bulk_actions.get(action)
    if found is None or not found.allowed(seat):
        raise Http404(_("There is no such action."))
    ids = [UUID(value) for value in request.GET.getlist("c")[: browsing.SIZE] if _is_uuid(value)]
    by_id = {one.public_id: one for one in access.visible(seat).filter(public_id__in=ids)}
    picked = [by_id[key] for key in ids if key in by_id]
    return redirect(found.url(seat, picked) if picked else browsing.browse(seat, request.GET).address())


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evenhand.dashboards.guide.pages import PAGES, SLUGS, GuidePage
from evenhand.dashboards.guide.pictures import PICTURES
from evenhand.people import access
from evenhand.people.models import User


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """All pages of the guide; whoever is signed in may read them."""
    return render(request, "dashboards/guide/contents.html", {"pages": PAGES})


@require_safe
def page(request: HttpRequest, page: str) -> HttpResponse:
    if page not in SLUGS:
        raise Http404(_("The guide has no such page."))
    at = SLUGS.index(page)
    context = {
        "page": PAGES[at],
        "number": at + 1,
        "of": len(PAGES),
        "picture": PICTURES[page](),
        "attempt": _attempt(cast("User", request.user), PAGES[at]),
        "previous": PAGES[at - 1] if at else None,
        "next": PAGES[at + 1] if at + 1 < len(PAGES) else None,
    }
    return render(request, f"dashboards/guide/{page.replace('-', '_')}.html", context)


def _attempt(user: User, page: GuidePage) -> dict[str, object] | None:
    """Where this reader can see the same with their own numbers, in the first of their workspaces."""
    workspace = next(iter(access.seats(user)), None)
    if workspace is None:
        return None
    seat = access.sit(user, workspace)
    for attempt in page.attempts:
        if attempt.allowed(seat):
            url = reverse(attempt.url_name, args=[workspace.slug])
            return {"label": attempt.label, "url": f"{url}#{attempt.at}" if attempt.at else url}
    return None

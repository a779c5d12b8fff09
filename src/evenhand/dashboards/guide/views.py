from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evenhand.dashboards.guide.pages import PAGES, SLUGS


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
        "previous": PAGES[at - 1] if at else None,
        "next": PAGES[at + 1] if at + 1 < len(PAGES) else None,
    }
    return render(request, f"dashboards/guide/{page.replace('-', '_')}.html", context)

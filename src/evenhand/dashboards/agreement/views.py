from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from evenhand.dashboards import asked
from evenhand.dashboards.agreement.page import Page
from evenhand.people import access

# Agreement gathers slowly: a quarter unless asked otherwise.
PERIOD = "last_90_days"
SHARE = 20
"""Per cent of a draw that the empty page proposes to review twice."""


@require_safe
def agreement(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = access.reviewer(request, workspace)
    params = request.GET.copy()
    if not {"date", "from", "to"} & set(params):
        params["date"] = PERIOD
    page = Page(asked.ask(seat, params))
    context = {
        "page": page,
        "asked": page.asked,
        "periods": asked.PERIODS,
        "draw_url": f"{reverse('reviews:draw-new', args=[workspace])}?twice={SHARE}" if seat.leads else "",
        "share": SHARE,
    }
    return render(request, "dashboards/agreement/agreement.html", context)

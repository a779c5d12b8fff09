from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evenhand.conversations.models import Conversation
from evenhand.dashboards import asked, tables
from evenhand.dashboards.agents import chart
from evenhand.dashboards.agents.page import COLUMNS, AgentsPage
from evenhand.people import access


@require_safe
def agents(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = access.seat(request, workspace)
    if not seat.reviews:
        raise Http404(_("There is no such page."))
    page = AgentsPage(asked.ask(seat, request.GET), sort=request.GET.get("sort", ""))
    if request.GET.get("format") == "csv":
        return tables.answer(page, "agents")
    context = {
        "page": page,
        "asked": page.asked,
        "periods": asked.PERIODS,
        "columns": COLUMNS,
        "chart": chart.intervals(page.rows, page.headline.estimate.value) if page.shown else None,
        "draw_url": f"{reverse('reviews:draw-new', args=[workspace])}?{page.asked.listed}" if seat.leads else "",
        # Called only where there is nothing to show.
        "has_conversations": Conversation.objects.filter(workspace=seat.workspace, deleted_at=None).exists,
    }
    return render(request, "dashboards/agents/agents.html", context)

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evenhand.conversations.models import Conversation
from evenhand.dashboards import asked, behind, benchmarks, mine, tables
from evenhand.dashboards.page import Page
from evenhand.people import access
from evenhand.scorecards.models import Lineage


@require_safe
def dashboard(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = access.reviewer(request, workspace)
    page = Page(asked.ask(seat, request.GET))
    if request.GET.get("format") == "csv":
        return tables.answer(page, request.GET.get("of", "numbers"))
    context = {
        "page": page,
        "asked": page.asked,
        "periods": asked.PERIODS,
        "grains": asked.GRAINS,
        "why_not": benchmarks.WHY_NOT,
        "sources": {mark.source for mark in (*benchmarks.IQS, benchmarks.CSAT)},
        "draw_url": f"{reverse('reviews:draw-new', args=[workspace])}?{page.asked.listed}" if seat.leads else "",
        # Called only where there is nothing to show.
        "has_conversations": Conversation.objects.filter(workspace=seat.workspace, deleted_at=None).exists,
    }
    return render(request, "dashboards/dashboard.html", context)


@require_safe
def my_quality(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = access.seat(request, workspace)
    agent = mine.agent_of(seat)
    if agent is None:
        return render(request, "dashboards/mine_nobody.html")
    value, period, problem = mine.period_of(seat, request.GET)
    context = {
        "mine": mine.Mine(seat, agent, period),
        "chosen": value,
        "problem": problem,
        "periods": mine.PERIODS,
        "own_name": _("Your quality"),
    }
    return render(request, "dashboards/mine.html", context)


@require_safe
def rows_behind(request: HttpRequest, workspace: str, kind: str) -> HttpResponse:
    seat = access.reviewer(request, workspace)
    page = Page(asked.ask(seat, request.GET))
    return _listed(request, page, behind.KINDS[kind] if kind in behind.KINDS else _missing(), "")


@require_safe
def category_behind(request: HttpRequest, workspace: str, lineage: UUID) -> HttpResponse:
    seat = access.reviewer(request, workspace)
    found = get_object_or_404(Lineage, public_id=lineage, scorecard__workspace=seat.workspace)
    return _listed(request, Page(asked.ask(seat, request.GET)), behind.category(found.pk), found.name)


@require_safe
def cause_behind(request: HttpRequest, workspace: str, cause: str) -> HttpResponse:
    seat = access.reviewer(request, workspace)
    return _listed(request, Page(asked.ask(seat, request.GET)), behind.cause(cause), cause)


def _missing() -> behind.Kind:
    raise Http404(_("There is no such number."))


def _listed(request: HttpRequest, page: Page, kind: behind.Kind, subject: str) -> HttpResponse:
    number = page.asked.show
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1
    found = behind.find(page, kind, wanted)
    context = {"page": page, "asked": page.asked, "kind": kind, "found": found, "subject": subject}
    return render(request, "dashboards/behind.html", context)

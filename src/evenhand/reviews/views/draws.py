"""Coverage, and drawing at random: one conversation, or a sample."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.conversations.models import Agent, Participation
from evenhand.people import access as people
from evenhand.people.access import Seat
from evenhand.quality.estimates import MINIMUM_N
from evenhand.reviews import access, coverage, outlooks, queries, queue
from evenhand.reviews.drawing import Scope, scope
from evenhand.reviews.forms_draws import DrawForm
from evenhand.reviews.measured import measured
from evenhand.reviews.models import Draw, DrawItem
from evenhand.reviews.services import draws


@require_GET
def coverage_table(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = people.reviewer(request, workspace)
    where = scope(seat, request.GET)
    rows = coverage.of(seat, where.period, where.conversations, where.pairs)
    context = {
        "scope": where,
        "rows": rows,
        "totals": _totals(rows),
        "draws": _latest(seat),
        "may_draw": seat.leads,
        "has_conversations": bool(rows) or Participation.objects.filter(workspace=seat.workspace).exists(),
    }
    return render(request, "reviews/coverage.html", context)


@require_POST
def review_one(request: HttpRequest, workspace: str, agent: UUID) -> HttpResponse:
    """Draw one conversation of an agent and open it: a draw like any other, of one."""
    seat = people.reviewer(request, workspace)
    found = Agent.objects.filter(workspace=seat.workspace, public_id=agent, deleted_at=None).first()
    if found is None:
        raise Http404(_("There is no such agent."))
    where = scope(seat, request.POST)
    access.require_review(seat, found)
    name = (_("One at random, %(agent)s") % {"agent": found.name})[:120]
    plan = where.plan(
        size=1, design=Draw.Design.SIMPLE, agents=(found.pk,), name=name, blind=seat.workspace.draws_blind
    )
    told = where.problems
    try:
        if not told:
            drawn = draws.draw(seat.workspace, plan, seat.user)
            return redirect(queue.item_url(seat, drawn.items.select_related("participation__conversation").get()))
    except draws.NothingToDraw:
        told = [_("Every conversation of %(agent)s in this period was drawn before.") % {"agent": found}]
    for sentence in told:
        messages.info(request, sentence)
    return redirect(f"{reverse('reviews:coverage', args=[workspace])}?{where.query}")


@require_http_methods(["GET", "POST"])
def draw_new(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = people.lead(request, workspace)
    where = scope(seat, request.POST if request.method == "POST" else request.GET)
    population, known = draws.frame(seat.workspace, where.plan()), measured(seat)
    initial = {**_defaults(seat, where, population), **_asked(request.GET)}
    data = request.POST if request.method == "POST" else None
    form = DrawForm(data, frame=population, known=known, problems=where.problems, initial=initial)
    if request.htmx and "preview" in request.POST:  # type: ignore[attr-defined]
        return render(request, "reviews/_designs.html", {"form": form})
    if "preview" not in request.POST and form.is_valid():
        drawn = draws.draw(seat.workspace, where.plan(**form.cleaned_data), seat.user)
        messages.success(request, _("%(n)d conversations were drawn.") % {"n": drawn.size})
        return redirect("reviews:draw", workspace, drawn.public_id)
    context = {
        "form": form,
        "scope": where,
        "frame": population,
        "agents": len(set(population.agents)),
        "basis": " ".join((outlooks.basis(known), outlooks.drawn_before(len(population.drawn_before)))),
    }
    return render(request, "reviews/draw_new.html", context, status=422 if form.is_bound and form.errors else 200)


@require_GET
def draw(request: HttpRequest, workspace: str, draw: UUID) -> HttpResponse:
    seat = people.reviewer(request, workspace)
    found = _draw(seat, draw)
    items = found.items.filter(deleted_at=None).select_related(
        "participation__conversation", "participation__agent", "reviewer"
    )
    rows = list(items.order_by("position"))
    mine = set(queries.open_items(seat).filter(draw=found).values_list("pk", flat=True))
    first = next((item for item in rows if item.pk in mine), None)
    strata = found.strata.select_related("agent").order_by("agent__name")
    context = {
        "draw": found,
        "filters": scope(seat, QueryDict(found.filters)).chips,
        "last_day": found.period_until - timedelta(days=1),
        "rows": rows,
        "strata": strata,
        "done": sum(item.state == DrawItem.State.REVIEWED for item in rows),
        "refused": sum(item.state == DrawItem.State.REFUSED for item in rows),
        "start_url": queue.item_url(seat, first) if first and not found.closed_at else "",
        "may_close": seat.leads and not found.closed_at,
    }
    return render(request, "reviews/draw.html", context)


@require_POST
def close(request: HttpRequest, workspace: str, draw: UUID) -> HttpResponse:
    seat = people.lead(request, workspace)
    found = _draw(seat, draw)
    draws.close(found, seat.user)
    messages.info(request, _("The draw is closed. What was reviewed counts; the rest is missing, and is said to be."))
    return redirect("reviews:draw", workspace, found.public_id)


@require_POST
def refuse(request: HttpRequest, workspace: str, item: UUID) -> HttpResponse:
    seat = people.reviewer(request, workspace)
    found = DrawItem.objects.filter(draw__workspace=seat.workspace, public_id=item, deleted_at=None).first()
    if found is None:
        raise Http404(_("There is no such drawn conversation."))
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, _("Say why this conversation is set aside: it stays missing from the sample."))
    elif not draws.refuse(found, seat.user, reason):
        messages.info(request, _("It was reviewed meanwhile, or the draw was closed: it stays as it is."))
    return redirect("reviews:draw", workspace, found.draw.public_id)


def _draw(seat: Seat, public_id: UUID) -> Draw:
    found = Draw.objects.filter(workspace=seat.workspace, public_id=public_id, deleted_at=None)
    drawn = found.select_related("created_by").first()
    if drawn is None:
        raise Http404(_("There is no such draw."))
    return drawn


def _latest(seat: Seat, count: int = 12) -> list[Draw]:
    found = Draw.objects.filter(workspace=seat.workspace, deleted_at=None, size__gt=1).annotate(
        reviewed=Count("items", Q(items__state=DrawItem.State.REVIEWED))
    )
    return list(found.order_by("-created_at", "-pk")[:count])


def _totals(rows: list[coverage.Coverage]) -> dict[str, int]:
    return {
        "conversations": sum(row.conversations for row in rows),
        "reviewed": sum(row.reviewed for row in rows),
        "agents": len(rows),
    }


def _defaults(seat: Seat, where: Scope, population: draws.Frame) -> dict[str, Any]:
    agents = len(set(population.agents)) or 1
    free = len(population.keys) - len(population.drawn_before)
    return {
        "name": where.period_words[:120],
        "design": Draw.Design.STRATIFIED,
        "size": max(1, min(free, MINIMUM_N * agents)),
        "min_per_agent": MINIMUM_N,
        "blind": seat.workspace.draws_blind,
    }


def _asked(params: QueryDict) -> dict[str, str]:
    """What an address may set beforehand, as the planner does."""
    return {name: params[name] for name in ("size", "design", "min_per_agent", "twice") if name in params}

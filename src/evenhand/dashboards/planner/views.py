from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from evenhand.dashboards.planner import asked, chart
from evenhand.dashboards.planner.plan import Plan
from evenhand.people import access
from evenhand.reviews.outlooks import margin


@require_safe
def planner(request: HttpRequest, workspace: str) -> HttpResponse:
    """The whole page, or, as somebody moves the slider, the parts of it that change."""
    seat = access.reviewer(request, workspace)
    form = asked.PlanForm(request.GET.dict(), asked.known(seat))
    plan = Plan.of(form)
    wanted = urlencode({"date": asked.PERIOD, "size": plan.n, "design": plan.design})
    context = {
        "form": form,
        "plan": plan,
        "chart": chart.margins(plan),
        "corrected": margin(plan.corrected.team),
        "draw_url": f"{reverse('reviews:draw-new', args=[workspace])}?{wanted}" if seat.leads else "",
    }
    part = request.htmx  # type: ignore[attr-defined]
    return render(request, f"dashboards/planner/{'_answer' if part else 'planner'}.html", context)

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evenhand.dashboards import asked
from evenhand.dashboards.change.forms import BudgetForm
from evenhand.dashboards.change.page import ChangePage, question
from evenhand.dashboards.watching import services
from evenhand.people import access


@require_safe
def change(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = access.reviewer(request, workspace)
    page = ChangePage(question(seat, request.GET), timezone.now(), request.GET.get("watch", ""))
    context = {"page": page, "asked": page.asked, "periods": asked.PERIODS}
    return render(request, "dashboards/change/page.html", context)


@require_POST
def budget(request: HttpRequest, workspace: str) -> HttpResponse:
    """How many false alarms a year the workspace accepts."""
    seat = access.lead(request, workspace)
    form = BudgetForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A budget is a whole number from 1 to 52."))
    elif services.change_budget(seat.workspace, seat.user, form.cleaned_data["per_year"]):
        messages.success(request, _("Saved. Every limit follows the new budget."))
    else:
        messages.info(request, _("Nothing was different."))
    return redirect("dashboards:change", workspace)

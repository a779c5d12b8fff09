"""The first start, and what to do after it."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.people import access, zones
from evenhand.people.forms import posted
from evenhand.people.forms.setup import SetUpForm
from evenhand.people.models import Workspace
from evenhand.people.registry import registry
from evenhand.people.services import setup as service

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    if not service.token_is_valid(token):
        return render(request, "people/setup_closed.html", status=404)
    form = SetUpForm(posted(request))
    if not form.is_bound or not form.is_valid():
        return render(request, "people/setup.html", {"form": form, "zones": zones.names()})
    try:
        user, workspace = service.complete(token, **form.cleaned_data)
    except service.AlreadySetUp:
        return render(request, "people/setup_closed.html", status=404)
    login(request, user, backend=BACKEND)
    return redirect("people:welcome", workspace.slug)


@require_safe
def welcome(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = access.manager(request, workspace)
    return render(request, "people/welcome.html", {"steps": steps(seat.workspace)})


def steps(workspace: Workspace) -> list[dict[str, object]]:
    """What a new team does next, in order; the first that is not done yet is the one to press."""
    told: list[dict[str, object]] = [
        {
            "label": step.label,
            "note": step.note,
            "action": step.action,
            "url": reverse(step.url_name, args=[workspace.slug]),
            "done": step.done(workspace),
        }
        for step in sorted(registry.first_steps.values(), key=lambda step: step.order)
    ]
    following = next((step for step in told if not step["done"]), None)
    return [{**step, "is_next": step is following} for step in told]

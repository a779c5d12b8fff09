"""The list of scorecards, and what happens to one as a whole."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.people.access import manager, seat
from evenhand.scorecards import access, queries, services
from evenhand.scorecards.forms import EMPTY, DuplicateForm, NameForm, NewForm
from evenhand.scorecards.templates import TEMPLATES


@require_GET
def listing(request: HttpRequest, workspace: str) -> HttpResponse:
    own = seat(request, workspace)
    cards = list(queries.scorecards(own.workspace, published_only=own.is_agent_only))
    context = {
        "current": [card for card in cards if card.archived_at is None],
        "archived": [card for card in cards if card.archived_at is not None],
        "templates": TEMPLATES.values(),
    }
    return render(request, "scorecards/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, workspace: str) -> HttpResponse:
    own = manager(request, workspace)
    form = NewForm(request.POST or None, initial=_first(request.GET.get("template", "essentials")))
    if form.is_bound and form.is_valid():
        try:
            made = services.create(own.workspace, form.cleaned_data["name"], own.user, form.cleaned_data["template"])
        except ValidationError as error:
            form.add_error("name", error)
        else:
            return redirect("scorecards:scorecard", workspace, made.public_id)
    return _page(request, "scorecards/new.html", form, templates=TEMPLATES.values())


def _first(template: str) -> dict[str, str]:
    known = TEMPLATES.get(template)
    return {"template": known.key, "name": str(known.name)} if known else {"template": EMPTY}


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, workspace: str, scorecard: UUID) -> HttpResponse:
    own, found = access.editable(request, workspace, scorecard)
    form = NameForm(request.POST or None, initial={"name": found.name})
    if form.is_bound and form.is_valid():
        try:
            services.rename(found, form.cleaned_data["name"], own.user)
        except ValidationError as error:
            form.add_error("name", error)
        else:
            return redirect("scorecards:scorecard", workspace, scorecard)
    return _page(request, "scorecards/rename.html", form, scorecard=queries.find(own.workspace, scorecard))


@require_http_methods(["GET", "POST"])
def duplicate(request: HttpRequest, workspace: str, scorecard: UUID) -> HttpResponse:
    own, found = access.editable(request, workspace, scorecard)
    initial = {"name": _("%(name)s, copy") % {"name": found.name}, "workspace": own.workspace.slug}
    form = DuplicateForm(request.POST or None, initial=initial, workspaces=access.managed(own))
    if form.is_bound and form.is_valid():
        target = form.cleaned_data["workspace"]
        try:
            copy = services.duplicate(found, form.cleaned_data["name"], own.user, target)
        except ValidationError as error:
            form.add_error("name", error)
        else:
            messages.success(request, _("The copy is a draft. Publish it when it is ready."))
            return redirect("scorecards:scorecard", target.slug, copy.public_id)
    return _page(request, "scorecards/duplicate.html", form, scorecard=found)


@require_POST
def archive(request: HttpRequest, workspace: str, scorecard: UUID) -> HttpResponse:
    own, found = access.editable(request, workspace, scorecard)
    services.archive(found, own.user)
    said = _("“%(name)s” is archived: no new review is offered it. Its reviews stay as they are.")
    messages.success(request, said % {"name": found.name})
    return redirect("scorecards:list", workspace)


@require_POST
def restore(request: HttpRequest, workspace: str, scorecard: UUID) -> HttpResponse:
    own, found = access.editable(request, workspace, scorecard)
    try:
        services.restore(found, own.user)
    except ValidationError as error:
        messages.error(request, " ".join([*error.messages, _("Rename one of the two first.")]))
    return redirect("scorecards:scorecard", workspace, scorecard)


def _page(request: HttpRequest, template: str, form: Form, **context: object) -> HttpResponse:
    """A form's page; 422 where something is wrong with what was sent."""
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)

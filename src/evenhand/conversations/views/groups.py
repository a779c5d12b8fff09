"""Groups of agents, with the days on which each belonged to them."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.conversations.forms.agents import DatesForm, GroupForm, MemberForm
from evenhand.conversations.models import Group, GroupMembership
from evenhand.conversations.queries import agents as queries
from evenhand.conversations.services import groups as service
from evenhand.people import access
from evenhand.people.access import Seat
from evenhand.people.forms import posted


@require_http_methods(["GET", "POST"])
def groups(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = access.lead(request, workspace)
    form = GroupForm(posted(request))
    if form.is_bound and form.is_valid():
        made = _do(form, "name", service.create, seat.workspace, form.cleaned_data["name"], seat.user)
        if made:
            return redirect("conversations:group", workspace, made.public_id)
    rows = list(queries.groups(seat.workspace, timezone.localdate()))
    status = 422 if form.errors else 200
    return render(request, "conversations/groups/list.html", {"rows": rows, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, workspace: str, group: uuid.UUID) -> HttpResponse:
    """One group; a POST renames it."""
    seat = access.lead(request, workspace)
    found = _group(seat, group)
    form = GroupForm(posted(request), initial={"name": found.name})
    if form.is_bound and form.is_valid():
        _do(form, "name", service.rename, found, form.cleaned_data["name"], seat.user)
        if not form.errors:
            return _saved(request, workspace, group)
    return _page(request, seat, found, form=form)


def _page(request: HttpRequest, seat: Seat, found: Group, **forms_: forms.Form) -> HttpResponse:
    today = timezone.localdate()
    context: dict[str, Any] = {
        "group": found,
        "times": list(queries.times_of_members(found)),
        "today": today,
        "form": GroupForm(initial={"name": found.name}),
        "member_form": MemberForm(workspace=seat.workspace, initial={"since": today}),
        **forms_,
    }
    status = 422 if any(form.errors for form in forms_.values()) else 200
    return render(request, "conversations/groups/group.html", context, status=status)


@require_POST
def add(request: HttpRequest, workspace: str, group: uuid.UUID) -> HttpResponse:
    seat = access.lead(request, workspace)
    found = _group(seat, group)
    form = MemberForm(request.POST, workspace=seat.workspace)
    if form.is_valid():
        _do(form, "since", service.add, found, by=seat.user, **form.cleaned_data)
    return _page(request, seat, found, member_form=form) if form.errors else _saved(request, workspace, group)


@require_POST
def dates(request: HttpRequest, workspace: str, group: uuid.UUID) -> HttpResponse:
    """From when to when one agent belonged."""
    seat = access.lead(request, workspace)
    found = _group(seat, group)
    key = request.POST.get("time", "")
    time = get_object_or_404(GroupMembership, group=found, pk=key if key.isdecimal() else None)
    form = DatesForm(request.POST)
    if form.is_valid():
        _do(form, "until", service.change_dates, time, by=seat.user, **form.cleaned_data)
    if form.errors:
        said = " ".join(line for lines in form.errors.values() for line in lines)
        messages.error(request, _("%(name)s: %(problem)s") % {"name": time.agent.name, "problem": said})
        return redirect("conversations:group", workspace, group)
    return _saved(request, workspace, group)


@require_POST
def delete(request: HttpRequest, workspace: str, group: uuid.UUID) -> HttpResponse:
    seat = access.lead(request, workspace)
    found = _group(seat, group)
    service.delete(found, seat.user, timezone.localdate())
    messages.success(request, _("The group %(name)s is gone from all lists.") % {"name": found.name})
    return redirect("conversations:groups", workspace)


def _group(seat: Seat, public_id: uuid.UUID) -> Group:
    return get_object_or_404(Group, workspace=seat.workspace, public_id=public_id, deleted_at=None)


def _do(form: forms.Form, field: str, what: Any, *args: Any, **values: Any) -> Any:
    """Do it; what the service refuses is said beside the field."""
    try:
        return what(*args, **values)
    except ValidationError as error:
        form.add_error(field, error)
        return None


def _saved(request: HttpRequest, workspace: str, group: uuid.UUID) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("conversations:group", workspace, group)

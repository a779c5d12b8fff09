"""Agents: their names over connections, their login, when they left, and that two are one."""

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

from evenhand.conversations.forms.agents import AgentForm, AliasForm, LeaveForm, LoginForm, MergeForm, NewAgentForm
from evenhand.conversations.models import Agent
from evenhand.conversations.queries import agents as queries
from evenhand.conversations.services import agents as service
from evenhand.people import access
from evenhand.people.access import Seat
from evenhand.people.forms import posted


@require_http_methods(["GET", "POST"])
def agents(request: HttpRequest, workspace: str) -> HttpResponse:
    """Everybody who answers, and the form that adds one."""
    seat = access.lead(request, workspace)
    form = NewAgentForm(posted(request))
    if form.is_bound and form.is_valid():
        made = _do(form, "email", service.create, seat.workspace, by=seat.user, **form.cleaned_data)
        if made:
            return redirect("conversations:agent", workspace, made.public_id)
    words, left = request.GET.get("q", "").strip()[:100], "left" in request.GET
    rows = queries.agents(seat.workspace, timezone.localdate(), words, left)
    context = {"rows": rows, "form": form, "words": words, "left": left, "most": queries.MOST}
    return render(request, "conversations/agents/list.html", context)


@require_http_methods(["GET", "POST"])
def agent(request: HttpRequest, workspace: str, agent: uuid.UUID) -> HttpResponse:
    seat = access.lead(request, workspace)
    found = _agent(seat, agent, merged=True)
    if found.merged_into:
        return redirect("conversations:agent", workspace, found.merged_into.public_id)
    initial = {"name": found.name, "started_on": found.started_on, "is_bot": found.is_bot}
    form = AgentForm(posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        service.change(found, seat.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("conversations:agent", workspace, agent)
    return _page(request, seat, found, form=form)


def _page(request: HttpRequest, seat: Seat, found: Agent, **forms_: forms.Form) -> HttpResponse:
    """The agent's page; a form that has something wrong is shown again in place of an empty one."""
    login = {"user": found.user.public_id if found.user else None}
    initial = {"name": found.name, "started_on": found.started_on, "is_bot": found.is_bot}
    context: dict[str, Any] = {
        "agent": found,
        "aliases": queries.aliases(found),
        "times": queries.times_in_groups(found),
        "today": timezone.localdate(),
        "form": AgentForm(initial=initial),
        "login_form": LoginForm(agent=found, initial=login),
        "alias_form": AliasForm(workspace=seat.workspace),
        "leave_form": LeaveForm(initial={"left_on": timezone.localdate()}),
        **forms_,
    }
    status = 422 if any(form.errors for form in forms_.values()) else 200
    return render(request, "conversations/agents/agent.html", context, status=status)


@require_POST
def login(request: HttpRequest, workspace: str, agent: uuid.UUID) -> HttpResponse:
    seat = access.manager(request, workspace)
    found = _agent(seat, agent)
    form = LoginForm(request.POST, agent=found)
    if not form.is_valid():
        return _page(request, seat, found, login_form=form)
    _do(form, "user", service.link, found, form.cleaned_data["user"], seat.user)
    return _page(request, seat, found, login_form=form) if form.errors else _saved(request, workspace, agent)


@require_POST
def alias(request: HttpRequest, workspace: str, agent: uuid.UUID) -> HttpResponse:
    """One more name under which a connection knows the agent."""
    seat = access.lead(request, workspace)
    found = _agent(seat, agent)
    form = AliasForm(request.POST, workspace=seat.workspace)
    if form.is_valid():
        _do(form, "value", service.add_alias, found, by=seat.user, **form.cleaned_data)
    return _page(request, seat, found, alias_form=form) if form.errors else _saved(request, workspace, agent)


@require_POST
def alias_remove(request: HttpRequest, workspace: str, agent: uuid.UUID) -> HttpResponse:
    seat = access.lead(request, workspace)
    key = request.POST.get("alias", "")
    known = queries.aliases(_agent(seat, agent))
    service.remove_alias(get_object_or_404(known, pk=key if key.isdecimal() else None), seat.user)
    return _saved(request, workspace, agent)


@require_POST
def leave(request: HttpRequest, workspace: str, agent: uuid.UUID) -> HttpResponse:
    """They left, or came back."""
    seat = access.lead(request, workspace)
    found = _agent(seat, agent)
    if "back" in request.POST:
        service.come_back(found, seat.user)
        return _saved(request, workspace, agent)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, found, leave_form=form)
    service.leave(found, form.cleaned_data["left_on"], seat.user)
    return _saved(request, workspace, agent)


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, workspace: str, agent: uuid.UUID) -> HttpResponse:
    """Choose the other one, read what moves, then do it."""
    seat = access.lead(request, workspace)
    found = _agent(seat, agent)
    form = MergeForm(posted(request) or request.GET or None, agent=found)
    into = form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
    if request.method == "POST" and into:
        _do(form, "into", service.merge, found, into, seat.user)
        if not form.errors:
            said = _("%(agent)s is now one with %(into)s.") % {"agent": found.name, "into": into.name}
            messages.success(request, said)
            return redirect("conversations:agent", workspace, into.public_id)
    context = {"agent": found, "form": form, "into": into, "moves": queries.moves(found)}
    return render(request, "conversations/agents/merge.html", context, status=422 if form.errors else 200)


def _agent(seat: Seat, public_id: uuid.UUID, merged: bool = False) -> Agent:
    """One that was merged into another is only looked up to lead there: nothing of it can be changed."""
    known = Agent.objects.filter(workspace=seat.workspace, deleted_at=None)
    known = known if merged else known.filter(merged_into=None)
    return get_object_or_404(known.select_related("workspace", "user", "merged_into"), public_id=public_id)


def _do(form: forms.Form, field: str, what: Any, *args: Any, **values: Any) -> Any:
    """Do it; what the service refuses is said beside the field."""
    try:
        return what(*args, **values)
    except ValidationError as error:
        form.add_error(field if field in form.fields else None, error)
        return None


def _saved(request: HttpRequest, workspace: str, agent: uuid.UUID) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("conversations:agent", workspace, agent)

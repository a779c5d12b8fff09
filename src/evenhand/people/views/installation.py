"""What concerns the whole server: its workspaces and the people with logins."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.people import access, queries, zones
from evenhand.people.forms import posted
from evenhand.people.forms.workspaces import NewWorkspaceForm, RenameForm
from evenhand.people.models import User, Workspace
from evenhand.people.services import accounts
from evenhand.people.services import workspaces as service


@require_http_methods(["GET", "POST"])
def workspaces(request: HttpRequest) -> HttpResponse:
    user = access.admin(request)
    form = NewWorkspaceForm(posted(request))
    if form.is_bound and form.is_valid():
        made = service.create(by=user, **form.cleaned_data)
        accounts.add_roles(user, made, ["manager"], by=user)
        return redirect("people:welcome", made.slug)
    rows = list(queries.workspaces())
    return render(request, "people/workspaces.html", {"rows": rows, "form": form, "zones": zones.names()})


@require_http_methods(["GET", "POST"])
def workspace(request: HttpRequest, slug: str) -> HttpResponse:
    """Rename one. Its address stays, so that links go on working."""
    user = access.admin(request)
    found = get_object_or_404(Workspace, slug=slug)
    form = RenameForm(posted(request), initial={"name": found.name})
    if form.is_bound and form.is_valid():
        service.change(found, user, name=form.cleaned_data["name"])
        return redirect("people:workspaces")
    return render(request, "people/workspace.html", {"row": found, "form": form})


@require_POST
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Close a workspace, or open it again: nothing is deleted either way."""
    user = access.admin(request)
    found = get_object_or_404(Workspace, slug=slug)
    if found.deleted_at:
        service.restore(found, user)
        messages.success(request, _("%(name)s is open again.") % {"name": found})
    else:
        service.archive(found, user)
        messages.success(request, _("%(name)s is archived. Nothing in it was deleted.") % {"name": found})
    return redirect("people:workspaces")


@require_safe
def users(request: HttpRequest) -> HttpResponse:
    access.admin(request)
    return render(request, "people/users.html", {"users": queries.users()})


@require_POST
def activity(request: HttpRequest, user: uuid.UUID) -> HttpResponse:
    """Keep somebody out, or let them in again."""
    admin = access.admin(request)
    found = get_object_or_404(User, public_id=user)
    try:
        accounts.set_active(found, not found.is_active, admin)
    except accounts.LastAdmin:
        return _last_admin(request)
    said = _("%(name)s is signed out and cannot sign in.") if found.is_active else _("%(name)s can sign in again.")
    messages.success(request, said % {"name": found})
    return redirect("people:users")


@require_POST
def admin(request: HttpRequest, user: uuid.UUID) -> HttpResponse:
    """Make somebody an admin of the installation, or no longer one."""
    by = access.admin(request)
    found = get_object_or_404(User, public_id=user)
    try:
        accounts.set_admin(found, not found.is_admin, by)
    except accounts.LastAdmin:
        return _last_admin(request)
    said = _("%(name)s is no longer an admin.") if found.is_admin else _("%(name)s is an admin now.")
    messages.success(request, said % {"name": found})
    return redirect("people:users")


def _last_admin(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("An installation keeps at least one admin. Make somebody else an admin first."))
    return redirect("people:users")

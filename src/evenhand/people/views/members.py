"""Who is in a workspace."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.people import access, queries
from evenhand.people.forms import posted
from evenhand.people.forms.members import InviteForm, RolesForm
from evenhand.people.models import User
from evenhand.people.services import mail, memberships


@require_safe
def members(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = access.manager(request, workspace)
    initial = {name: request.GET[name] for name in ("agent", "name", "email") if name in request.GET}
    if "agent" in initial:
        initial["roles"] = "agent"
    return members_page(
        request, seat, invite_form(seat, initial={**initial, "roles": [initial.get("roles", "reviewer")]})
    )


def invite_form(seat: access.Seat, data: Any = None, initial: Mapping[str, Any] | None = None) -> InviteForm:
    return InviteForm(data, initial=initial, agents=queries.references(seat.workspace), can_mail=mail.is_configured())


def members_page(request: HttpRequest, seat: access.Seat, form: InviteForm, status: int = 200) -> HttpResponse:
    context = {
        "members": queries.members(seat.workspace),
        "invitations": queries.invitations(seat.workspace),
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "people/members.html", context, status=status)


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, workspace: str, user: uuid.UUID) -> HttpResponse:
    """One member: their roles, or the end of their membership."""
    seat = access.manager(request, workspace)
    held = memberships.held(seat.workspace)
    found = get_object_or_404(User.objects.filter(memberships__in=held).distinct(), public_id=user)
    roles = sorted(held.filter(user=found).values_list("role", flat=True))
    form = RolesForm(posted(request), initial={"roles": roles})
    if request.method == "POST" and form.is_valid():
        try:
            memberships.set_roles(found, seat.workspace, form.cleaned_data["roles"], seat.user)
        except memberships.LastManager:
            form.add_error("roles", _("A workspace keeps at least one manager. Make somebody else a manager first."))
        else:
            _say(request, found, form.cleaned_data["roles"])
            return redirect("people:members", workspace)
    return render(request, "people/member.html", {"member": found, "form": form})


def _say(request: HttpRequest, user: User, roles: list[str]) -> None:
    said = _("%(name)s has new roles.") if roles else _("%(name)s is no longer a member.")
    messages.success(request, said % {"name": user})

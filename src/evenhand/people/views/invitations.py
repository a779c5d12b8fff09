"""Inviting people, and accepting an invitation."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.people import access
from evenhand.people.forms import posted
from evenhand.people.forms.account import NewAccountForm
from evenhand.people.models import Invitation, User
from evenhand.people.services import invitations, mail
from evenhand.people.views.members import invite_form, members_page
from evenhand.people.views.setup import BACKEND


@require_POST
def invite(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = access.manager(request, workspace)
    form = invite_form(seat, request.POST)
    if not form.is_valid():
        return members_page(request, seat, form, status=422)
    data = form.cleaned_data
    reference = uuid.UUID(data["agent"]) if data.get("agent") else None
    invitation, token = invitations.invite(
        seat.workspace, seat.user, data["email"], data["roles"], data["name"], reference
    )
    return _show_link(request, seat, invitation, token, send=bool(data.get("send")))


@require_POST
def renew(request: HttpRequest, workspace: str, invitation: uuid.UUID) -> HttpResponse:
    seat = access.manager(request, workspace)
    found = get_object_or_404(Invitation, workspace=seat.workspace, public_id=invitation)
    try:
        token = invitations.renew(found, seat.user)
    except invitations.NotOpen:
        return _closed_meanwhile(request, workspace)
    return _show_link(request, seat, found, token, send="send" in request.POST)


@require_POST
def revoke(request: HttpRequest, workspace: str, invitation: uuid.UUID) -> HttpResponse:
    seat = access.manager(request, workspace)
    found = get_object_or_404(Invitation, workspace=seat.workspace, public_id=invitation)
    try:
        invitations.revoke(found, seat.user)
    except invitations.NotOpen:
        return _closed_meanwhile(request, workspace)
    messages.success(request, _("The invitation of %(email)s no longer works.") % {"email": found.email})
    return redirect("people:members", workspace)


def _closed_meanwhile(request: HttpRequest, workspace: str) -> HttpResponse:
    messages.warning(request, _("This invitation has been accepted or withdrawn meanwhile."))
    return redirect("people:members", workspace)


def _show_link(
    request: HttpRequest, seat: access.Seat, invitation: Invitation, token: str, *, send: bool
) -> HttpResponse:
    """The link is shown on the answer itself: it is kept nowhere, so that it cannot be shown again."""
    link = request.build_absolute_uri(reverse("people:accept", args=[token]))
    context = {"invitation": invitation, "link": link, "days": invitations.VALID_FOR.days}
    if send:
        context |= _send(invitation, link, seat.user)
    response = render(request, "people/invited.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _send(invitation: Invitation, link: str, by: User) -> dict[str, object]:
    subject = _("%(person)s invites you to %(workspace)s") % {"person": by, "workspace": invitation.workspace}
    body = _("%(person)s invites you to join %(workspace)s in Evenhand. Open this page within 14 days:\n\n%(link)s\n")
    try:
        mail.send(invitation.email, subject, body % {"person": by, "workspace": invitation.workspace, "link": link})
    except (mail.NotConfigured, OSError) as error:
        return {"mail_error": str(error) or _("No mail server has been named.")}
    return {"mailed": True}


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    try:
        found = invitations.find(token)
        return _join(request, found) if request.user.is_authenticated else _register(request, found)
    except invitations.NotOpen:
        return render(request, "people/invitation_closed.html", status=404)


def _join(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Signed in: one button."""
    if request.method == "POST":
        invitations.join(found, request.user)
        return redirect("workspace", found.workspace.slug)
    return render(request, "people/join.html", {"invitation": found})


def _register(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Not signed in: a new account, unless there is one with this e-mail, whose owner signs in first."""
    form = NewAccountForm(posted(request), email=found.email, initial={"name": found.name})
    has_account = User.objects.filter(email__iexact=found.email).exists()
    if not has_account and form.is_bound and form.is_valid():
        try:
            user = invitations.accept_new(found, **form.cleaned_data)
        except invitations.HasAccount:
            has_account = True
        else:
            login(request, user, backend=BACKEND)
            return redirect("workspace", found.workspace.slug)
    page = "people/accept_sign_in.html" if has_account else "people/accept.html"
    return render(request, page, {"invitation": found, "form": form})

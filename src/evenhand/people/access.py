"""Who may. Every page asks here first and gets a seat, or the request ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import cast
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db.models import F, SlugField
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.people.kept import Given, Kept
from evenhand.people.models import Membership, Role, User, Workspace


@dataclass(frozen=True)
class Seat:
    """A user in a workspace, with every role they hold there."""

    user: User
    workspace: Workspace
    roles: frozenset[str]

    @property
    def manages(self) -> bool:
        """May change settings and scorecards."""
        return self.user.is_admin or Role.MANAGER in self.roles

    @property
    def leads(self) -> bool:
        """Sees everything; draws, groups, agents and other people's reviews are theirs to manage."""
        return self.manages or Role.LEAD in self.roles

    @property
    def reviews(self) -> bool:
        """Sees every conversation and review, and reviews anybody."""
        return self.leads or Role.REVIEWER in self.roles

    @property
    def is_agent_only(self) -> bool:
        """Sees only what is theirs."""
        return not self.reviews

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.workspace.time_zone)


class SeatedRequest(HttpRequest):
    user: User
    seat: Seat


def sit(user: User, workspace: Workspace) -> Seat:
    """What somebody would be in a workspace; whether they may enter is for `seat` to say."""
    held = Membership.objects.filter(workspace=workspace, user=user, deleted_at=None)
    return Seat(user, workspace, frozenset(held.values_list("role", flat=True)))


def seat(request: HttpRequest, slug: str) -> Seat:
    """The user's seat in a workspace. A workspace that is not theirs does not exist for them."""
    found = _seat(cast("User", request.user), slug)
    if found is None:
        raise Http404(_("There is no such workspace."))
    request.seat = found  # type: ignore[attr-defined]
    timezone.activate(found.zone)
    return found


_WORKSPACE_BY_ROLE = Kept(
    lambda: Workspace.objects.filter(
        slug=Given("slug", SlugField()), deleted_at=None,
        memberships__user_id=Given("user"), memberships__deleted_at=None,
    ).annotate(role=F("memberships__role"))
)  # fmt: skip


def _seat(user: User, slug: str) -> Seat | None:
    """Workspace and roles in one query; an admin may come without any role."""
    if found := _WORKSPACE_BY_ROLE.ask(slug=slug, user=user.pk):
        return Seat(user, found[0], frozenset(one.role for one in found))  # type: ignore[attr-defined]
    workspace = Workspace.objects.filter(slug=slug, deleted_at=None).first() if user.is_admin else None
    return Seat(user, workspace, frozenset()) if workspace else None


def reviewer(request: HttpRequest, slug: str) -> Seat:
    found = seat(request, slug)
    if not found.reviews:
        raise PermissionDenied(_("Reviewers, leads and managers can open this page."))
    return found


def lead(request: HttpRequest, slug: str) -> Seat:
    found = seat(request, slug)
    if not found.leads:
        raise PermissionDenied(_("Leads and managers can open this page."))
    return found


def manager(request: HttpRequest, slug: str) -> Seat:
    found = seat(request, slug)
    if not found.manages:
        raise PermissionDenied(_("Managers of this workspace can open this page."))
    return found


def admin(request: HttpRequest) -> User:
    user = cast("User", request.user)
    if not user.is_admin:
        raise PermissionDenied(_("Admins of this installation can open this page."))
    return user


def seats(user: User) -> list[Workspace]:
    """The workspaces that a user can enter, by name."""
    workspaces = Workspace.objects.filter(deleted_at=None)
    if not user.is_admin:
        workspaces = workspaces.filter(memberships__user=user, memberships__deleted_at=None).distinct()
    return list(workspaces.order_by("name"))

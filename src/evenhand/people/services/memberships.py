"""Who is a member of a workspace, and in which roles."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction

from evenhand.people.models import Membership, Role, User, Workspace
from evenhand.people.services import accounts


class LastManager(Exception):
    """A workspace keeps at least one manager."""


def set_roles(user: User, workspace: Workspace, roles: Iterable[str], by: User | None) -> None:
    """Give exactly these roles; none at all ends the membership. Raises LastManager."""
    wanted = {str(Role(role)) for role in roles}
    with transaction.atomic():
        # Two managers who remove one another at the same moment take turns.
        Workspace.objects.select_for_update().get(pk=workspace.pk)
        has = set(held(workspace).filter(user=user).values_list("role", flat=True))
        if Role.MANAGER in has - wanted and not _other_managers(user, workspace):
            raise LastManager
        if gone := has - wanted:
            accounts.remove_roles(user, workspace, gone, by)
        if new := wanted - has:
            accounts.add_roles(user, workspace, new, by)


def held(workspace: Workspace) -> models.QuerySet[Membership]:
    return Membership.objects.filter(workspace=workspace, deleted_at=None)


def _other_managers(user: User, workspace: Workspace) -> bool:
    managers = held(workspace).filter(role=Role.MANAGER, user__is_active=True)
    return managers.exclude(user=user).exists()

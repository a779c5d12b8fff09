"""People with logins, and the roles they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from evenhand.people import audit
from evenhand.people.models import Membership, Role, User, Workspace


class LastAdmin(Exception):
    """An installation keeps at least one admin who can sign in."""


def create(email: str, name: str, password: str | None, is_admin: bool = False, by: User | None = None) -> User:
    with transaction.atomic():
        user = User.objects.create_user(email, password, name=name, is_admin=is_admin)
        audit.record(by, "user.create", None, user, admin=is_admin)
    return user


def rename(user: User, name: str) -> None:
    user.name = name
    user.save(update_fields=["name"])


def set_theme(user: User, theme: str) -> None:
    User.objects.filter(pk=user.pk).update(theme=theme)


def set_shortcuts(user: User, shortcuts: Mapping[str, Any]) -> None:
    User.objects.filter(pk=user.pk).update(shortcuts=dict(shortcuts))


def set_password(user: User, password: str, by: User | None = None) -> None:
    """A new password; every session of that person ends, because their hash changes."""
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        audit.record(by or user, "user.password", None, user)


def set_active(user: User, active: bool, by: User) -> None:
    """Let somebody in or keep them out; keeping them out ends their sessions. Raises LastAdmin."""
    ending = [] if active else _sessions(user)
    with transaction.atomic():
        if not active:
            _refuse_last_admin(user)
        User.objects.filter(pk=user.pk).update(is_active=active)
        Session.objects.filter(pk__in=ending).delete()
        audit.record(by, "user.activate" if active else "user.deactivate", None, user)


def set_admin(user: User, admin: bool, by: User) -> None:
    """Make somebody an admin of the installation, or no longer one. Raises LastAdmin."""
    with transaction.atomic():
        if not admin:
            _refuse_last_admin(user)
        User.objects.filter(pk=user.pk).update(is_admin=admin)
        audit.record(by, "user.admin", None, user, admin=admin)


def _refuse_last_admin(user: User) -> None:
    others = User.objects.select_for_update().filter(is_admin=True, is_active=True).exclude(pk=user.pk)
    if user.is_admin and not list(others):
        raise LastAdmin


def _sessions(user: User) -> list[str]:
    alive = Session.objects.filter(expire_date__gt=timezone.now())
    return [s.pk for s in alive.iterator(200) if s.get_decoded().get(SESSION_KEY) == str(user.pk)]


def add_roles(user: User, workspace: Workspace, roles: Iterable[str], by: User | None) -> None:
    given = sorted(roles)
    with transaction.atomic():
        for role in given:
            membership, created = Membership.objects.get_or_create(
                workspace=workspace, user=user, role=Role(role), defaults={"deleted_at": None}
            )
            if not created and membership.deleted_at is not None:
                membership.deleted_at = None
                membership.save(update_fields=["deleted_at"])
        audit.record(by, "membership.add", workspace, user, roles=given)


def remove_roles(user: User, workspace: Workspace, roles: Iterable[str], by: User | None) -> None:
    taken = sorted(roles)
    with transaction.atomic():
        held = Membership.objects.filter(workspace=workspace, user=user, role__in=taken, deleted_at=None)
        if held.update(deleted_at=Now(), updated_at=Now()):
            audit.record(by, "membership.remove", workspace, user, roles=taken)

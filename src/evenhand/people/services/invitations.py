"""Invitations: links that make somebody a member. They work by being copied; mail is an extra."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.db.models.functions import Now
from django.utils import timezone

from evenhand.people import audit
from evenhand.people.models import Invitation, Role, User, Workspace
from evenhand.people.registry import registry
from evenhand.people.services import accounts

VALID_FOR = timedelta(days=14)


class NotOpen(Exception):
    """The invitation was accepted, withdrawn or replaced, or its time is over."""


class HasAccount(Exception):
    """Somebody with this e-mail has an account and joins by signing in."""


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invite(
    workspace: Workspace,
    by: User,
    email: str,
    roles: Iterable[str],
    name: str = "",
    agent_public_id: uuid.UUID | None = None,
) -> tuple[Invitation, str]:
    """A new invitation and its token, which is shown now and never again."""
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            workspace=workspace,
            email=email.strip().lower(),
            name=name,
            roles=sorted(str(Role(role)) for role in roles),
            agent_public_id=agent_public_id,
            token_hash=_hash(token),
            invited_by=by,
            expires_at=timezone.now() + VALID_FOR,
        )
        audit.record(by, "invitation.create", workspace, invitation, email=invitation.email, roles=invitation.roles)
    return invitation, token


def renew(invitation: Invitation, by: User) -> str:
    """A new link for another fourteen days; the old one stops working. Raises NotOpen."""
    token = secrets.token_urlsafe(24)
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    with transaction.atomic():
        if not waiting.update(token_hash=_hash(token), expires_at=timezone.now() + VALID_FOR):
            raise NotOpen
        audit.record(by, "invitation.renew", invitation.workspace, invitation, email=invitation.email)
    return token


def revoke(invitation: Invitation, by: User) -> None:
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    with transaction.atomic():
        if not waiting.update(revoked_at=Now()):
            raise NotOpen
        audit.record(by, "invitation.revoke", invitation.workspace, invitation, email=invitation.email)


def find(token: str) -> Invitation:
    """The open invitation of a link. Raises NotOpen."""
    found = _open().filter(token_hash=_hash(token)).select_related("workspace", "invited_by").first()
    if found is None:
        raise NotOpen
    return found


def _open() -> models.QuerySet[Invitation]:
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None, workspace__deleted_at=None)
    return waiting.filter(expires_at__gt=timezone.now())


def accept_new(invitation: Invitation, name: str, password: str) -> User:
    """Make the account that was invited, and let it join. Raises NotOpen, HasAccount."""
    try:
        with transaction.atomic():
            if _has_account(invitation.email):
                raise HasAccount
            user = accounts.create(invitation.email, name, password, by=invitation.invited_by)
            join(invitation, user)
    except IntegrityError as error:
        if _has_account(invitation.email):  # the same form was sent twice at once
            raise HasAccount from error
        raise
    return user


def _has_account(email: str) -> bool:
    return User.objects.filter(email__iexact=email).exists()


def join(invitation: Invitation, user: User) -> None:
    """Let an account join, once. Raises NotOpen."""
    with transaction.atomic():
        taken = _open().filter(pk=invitation.pk, token_hash=invitation.token_hash)
        if not taken.update(accepted_at=Now()):
            raise NotOpen
        accounts.add_roles(user, invitation.workspace, invitation.roles, by=invitation.invited_by)
        audit.record(user, "invitation.accept", invitation.workspace, invitation, email=invitation.email)
        for accepted in registry.invitation_accepted:
            accepted(user, invitation.workspace, invitation.agent_public_id)

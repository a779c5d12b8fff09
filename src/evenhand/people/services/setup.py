"""The first start: a page guarded by a token that only the console shows."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.db import transaction
from django.db.models.functions import Now

from evenhand.people import audit
from evenhand.people.models import Installation, User, Workspace
from evenhand.people.services import accounts, workspaces


class AlreadySetUp(Exception):
    """Somebody else was faster, or the token is an old one."""


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def first_run_token() -> str | None:
    """A fresh token for the set-up page; None where there are people already. Only the newest one works."""
    if User.objects.exists():
        return None
    token = secrets.token_urlsafe(24)
    Installation.objects.update_or_create(pk=1, defaults={"setup_token_hash": _hash(token)})
    return token


def token_is_valid(token: str) -> bool:
    row = Installation.objects.filter(pk=1, set_up_at=None).first()
    return bool(row and row.setup_token_hash and hmac.compare_digest(row.setup_token_hash, _hash(token)))


def complete(
    token: str, *, name: str, email: str, password: str, workspace: str, time_zone: str
) -> tuple[User, Workspace]:
    """The first admin and the first workspace, once."""
    with transaction.atomic():
        taken = Installation.objects.filter(pk=1, set_up_at=None, setup_token_hash=_hash(token))
        if User.objects.exists() or not taken.update(set_up_at=Now(), setup_token_hash=""):
            raise AlreadySetUp
        user = accounts.create(email=email, name=name, password=password, is_admin=True)
        place = workspaces.create(name=workspace, by=user, time_zone=time_zone)
        accounts.add_roles(user, place, ["manager"], by=user)
        audit.record(user, "installation.setup")
    return user, place

"""Where conversations come from."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evenhand.conversations.models import Connection
from evenhand.people import audit
from evenhand.people.models import User, Workspace


def named(workspace: Workspace, name: str, by: User | None, kind: str = "file") -> tuple[Connection, bool]:
    """The workspace's connection of that name, made where there is none; whether it was made just now."""
    name = name.strip()[:120]
    if not name:
        raise ValidationError(_("Give the connection a name."))
    found = Connection.objects.filter(workspace=workspace, name__iexact=name).first()
    if found is not None:
        return found, False
    with transaction.atomic():
        connection = Connection.objects.create(workspace=workspace, name=name, kind=kind)
        audit.record(by, "connection.create", workspace, connection, kind=kind)
    return connection, True

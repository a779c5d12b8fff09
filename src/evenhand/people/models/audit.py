from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models.functions import Now

from evenhand.people.base import Public


class AuditEntry(Public):
    """Who did what, when. Append-only, in the database too; it never holds the text of a message."""

    workspace = models.ForeignKey("people.Workspace", models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey("people.User", models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    actor_name = models.CharField(max_length=254)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["workspace", "-at"]), models.Index(fields=["workspace", "action", "-at"])]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An audit entry cannot be changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("An audit entry cannot be deleted")

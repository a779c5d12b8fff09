from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from evenhand.people.base import Public


class Notice(Public):
    """One line in somebody's inbox. `data` fills the sentence that its kind registers."""

    user = models.ForeignKey("people.User", models.CASCADE, related_name="notices")
    workspace = models.ForeignKey("people.Workspace", models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "read_at", "-created_at"])]

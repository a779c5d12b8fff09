from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from evenhand.people.base import Public


class Praise(Public):
    """ "Great example": given by anybody who reviews, and found by the agent in the inbox."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="praise")
    agent = models.ForeignKey("conversations.Agent", models.CASCADE, related_name="praise")
    given_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "agent", "given_by"], name="praise_once"),
        ]

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from evenhand.people.base import Public, Stamped


class FrameRule(models.Model):
    """Which pairs are eligible, versioned per workspace: what a number is about can be told years later."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="frame_rules")
    version = models.PositiveIntegerField()
    min_agent_replies = models.PositiveSmallIntegerField(default=1)
    min_customer_messages = models.PositiveSmallIntegerField(default=1)
    excluded_statuses = models.JSONField(default=list)
    excluded_tags = models.JSONField(default=list)
    created_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "version"], name="frame_rule_once")]


class Participation(Public, Stamped):
    """The (conversation, agent) pair: the unit of everything that is measured."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="participations")
    agent = models.ForeignKey("conversations.Agent", models.PROTECT, related_name="participations")
    replies = models.PositiveIntegerField(default=0)
    first_reply_at = models.DateTimeField(null=True)
    last_reply_at = models.DateTimeField(null=True)
    # The pair's date: the last public reply, else (has_times false) the import.
    dated_at = models.DateTimeField()
    has_times = models.BooleanField(default=True)
    is_bot = models.BooleanField(default=False)
    eligible = models.BooleanField(default=False)
    rule_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "agent"], name="pair_once")]
        indexes = [
            models.Index(fields=["workspace", "dated_at"], name="pair_dated"),
            models.Index(fields=["workspace", "agent", "dated_at"], name="pair_agent_dated"),
            models.Index(fields=["agent", "conversation", "deleted_at"], name="pair_agent_conversation"),
            models.Index(fields=["workspace", "updated_at"], name="pair_updated"),
        ]

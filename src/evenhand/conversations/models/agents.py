from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from evenhand.people.base import Public, Stamped


class Agent(Public, Stamped):
    """A person or bot who answers customers. May have no login; bots are never mixed with people."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="agents")
    name = models.CharField(_("name"), max_length=160)
    is_bot = models.BooleanField(_("bot"), default=False)
    user = models.ForeignKey("people.User", models.SET_NULL, null=True, blank=True, related_name="agents")
    started_on = models.DateField(_("started on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    # An agent that turned out to be another one: everything of theirs was moved, the row stays for old links.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        indexes = [models.Index(fields=["workspace", "name"])]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user"],
                condition=models.Q(user__isnull=False, merged_into__isnull=True),
                name="agent_user_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AgentAlias(models.Model):
    """A name under which a connection knows an agent: an e-mail or an external id, one agent each."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        EXTERNAL = "external", _("External id")
        NAME = "name", _("Name")

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="aliases")
    # An e-mail holds over all connections; an external id or a bare name only within its own.
    connection = models.ForeignKey("conversations.Connection", models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    value = models.CharField(max_length=254)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "value"], condition=models.Q(connection__isnull=True), name="alias_once"
            ),
            models.UniqueConstraint(
                fields=["connection", "kind", "value"],
                condition=models.Q(connection__isnull=False),
                name="alias_once_per_connection",
            ),
        ]


class Group(Public, Stamped):
    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="group_name_once")]

    def __str__(self) -> str:
        return self.name


class GroupMembership(models.Model):
    """An agent's time in a group; `until` is the first day on which they no longer belong."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="group_memberships")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="group_membership_ends_after_it_began",
            )
        ]
        indexes = [models.Index(fields=["agent", "since"])]

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from evenhand.people.base import Public


class Import(Public):
    """One file on its way in. `position` counts records read and moves in the transaction that stores them."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Failed")

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="imports")
    connection = models.ForeignKey("conversations.Connection", models.PROTECT, related_name="imports")
    job = models.ForeignKey("people.Job", models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=255)
    path = models.CharField(max_length=1000)
    fingerprint = models.CharField(max_length=64)  # sha256 of the file's bytes
    size = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    position = models.BigIntegerField(default=0)
    read = models.BigIntegerField(default=0)
    new = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    bad = models.BigIntegerField(default=0)
    error = models.TextField(blank=True)
    created_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "-created_at"])]


class BadRow(models.Model):
    """A record that could not be read, kept as it came, with what is wrong with it."""

    source = models.ForeignKey(Import, models.CASCADE, related_name="bad_rows")
    line = models.BigIntegerField()
    field = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    value = models.TextField(blank=True)
    raw = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["source", "line"])]

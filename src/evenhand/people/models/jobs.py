from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from evenhand.people.base import Public


class Job(Public):
    """A unit of background work that can be killed at any instant and goes on where it was.

    A job does one chunk, commits chunk and position together, renews its lease, looks at `cancel`. A worker that
    dies lets the lease run out; whoever notices enqueues the job again, three times at most.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Set aside")

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, null=True, related_name="jobs")
    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    position = models.JSONField(default=dict)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    cancel_requested = models.BooleanField(default=False)
    error = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    created_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "lease_until"]),
            models.Index(fields=["workspace", "-created_at"]),
        ]


class WorkerBeat(models.Model):
    """The last sign of life of each worker: its absence shows on every page of an admin."""

    name = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(db_default=Now())

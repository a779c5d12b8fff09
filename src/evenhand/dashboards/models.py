from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from evenhand.people.base import Public


class Watching(models.Model):
    """How a workspace's series are watched: its budget of false alarms, and when they were last looked at."""

    workspace = models.OneToOneField("people.Workspace", models.CASCADE, related_name="+")
    per_year = models.PositiveSmallIntegerField(
        _("false alarms a year"), default=2, validators=[MinValueValidator(1), MaxValueValidator(52)]
    )
    checked_at = models.DateTimeField(null=True)


class Alarm(Public):
    """A series that left its limits; one row from the week in which it did until it is back inside."""

    class Side(models.IntegerChoices):
        HIGHER = 1, _("higher than usual")
        LOWER = -1, _("lower than usual")

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    series = models.CharField(max_length=40)
    agent = models.ForeignKey("conversations.Agent", models.CASCADE, null=True, related_name="+")
    lineage = models.ForeignKey("scorecards.Lineage", models.CASCADE, null=True, related_name="+")
    side = models.SmallIntegerField(choices=Side)
    began = models.DateField()  # the first day of the week
    latest = models.DateField()  # the newest week that was seen outside
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "series", "side", "latest"], name="alarm_once_a_week")
        ]

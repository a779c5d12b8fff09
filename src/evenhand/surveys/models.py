from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenhand.people.base import Public, Stamped


class SurveyResponse(Public, Stamped):
    """What a customer answered about one conversation; there may be many, of several kinds."""

    class Kind(models.TextChoices):
        CSAT = "csat", _("CSAT")
        CES = "ces", _("CES")
        NPS = "nps", _("NPS")

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="responses")
    agent = models.ForeignKey("conversations.Agent", models.SET_NULL, null=True, related_name="+")
    external_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=4, choices=Kind)
    score = models.FloatField()
    minimum = models.FloatField()
    maximum = models.FloatField()
    comment = models.TextField(blank=True)
    responded_at = models.DateTimeField(null=True)
    dated_at = models.DateTimeField()  # the answer, else the conversation's own date

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "external_id"], name="response_once"),
            models.CheckConstraint(condition=models.Q(maximum__gt=models.F("minimum")), name="response_scale"),
        ]
        indexes = [
            models.Index(fields=["workspace", "kind", "dated_at"], name="response_dated"),
            models.Index(fields=["workspace", "updated_at"], name="response_updated"),
        ]

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Installation(models.Model):
    """The one row about this server: how it sends mail, and the token of its first start."""

    setup_token_hash = models.CharField(max_length=64, blank=True)
    set_up_at = models.DateTimeField(null=True)
    base_url = models.URLField(blank=True)
    smtp_host = models.CharField(max_length=253, blank=True)
    smtp_port = models.PositiveIntegerField(default=587)
    smtp_user = models.CharField(max_length=253, blank=True)
    smtp_password = models.CharField(max_length=500, blank=True)  # signed and encrypted by the service
    smtp_security = models.CharField(max_length=8, default="starttls")
    mail_from = models.CharField(max_length=253, blank=True)
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="installation_is_one_row")]

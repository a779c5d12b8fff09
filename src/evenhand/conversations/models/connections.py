from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenhand.people.base import Public, Stamped


class Connection(Public, Stamped):
    """One configured place that conversations come from; `kind` names its folder in `sources`."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="connections")
    kind = models.CharField(max_length=40, default="file")
    name = models.CharField(_("name"), max_length=120)
    config = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="connection_name_once")]

    def __str__(self) -> str:
        return self.name

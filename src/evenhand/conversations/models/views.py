from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenhand.people.base import Public, Stamped


class SavedView(Public, Stamped):
    """A named set of filters: the query string of the list, private or shared with the workspace."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="saved_views")
    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=2000)
    shared = models.BooleanField(_("shared with the workspace"), default=False)

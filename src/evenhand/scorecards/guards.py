"""Published and archived versions never change, nor does anything below them: scores rest on them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _


class Frozen(Exception):
    """Somebody tried to change a version that people have been judged by."""

    def __init__(self) -> None:
        super().__init__(_("This version is published and never changes. Start a draft to make the next one."))


class BelowVersion(models.Model):
    """A part of a version: it can be saved and deleted only while the version is a draft."""

    # How one gets from the part to its version's state, e.g. "category__version__state".
    draft_path = "version"

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.refuse_if_frozen()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.refuse_if_frozen()
        return super().delete(*args, **kwargs)

    def refuse_if_frozen(self) -> None:
        """Look at the stored state, for the version in memory may be older than the last publication."""
        first, *rest = self.draft_path.split("__")
        parent = self._meta.get_field(first).related_model
        lookup = "__".join([*rest, "state"])
        key = getattr(self, f"{first}_id")
        state = parent._base_manager.filter(pk=key).values_list(lookup, flat=True).first()  # type: ignore[union-attr]
        if state is not None and state != "draft":
            raise Frozen

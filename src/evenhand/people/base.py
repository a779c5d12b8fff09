"""What every stored thing has in common."""

from __future__ import annotations

import uuid
from typing import Any

import uuid_utils
from django.db import models
from django.db.models.functions import Now


def new_public_id() -> uuid.UUID:
    """A UUIDv7: sorted by time, safe to show; the integer key stays inside."""
    return uuid.UUID(bytes=uuid_utils.uuid7().bytes)


class Stamped(models.Model):
    """Rows that other rooms read incrementally.

    `updated_at` is the database's clock, so that several machines agree on the order; a bulk update must set it
    itself. A row is never deleted while something may still have to learn that it is gone: `deleted_at` is its
    tombstone.
    """

    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), db_index=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            self.updated_at = Now()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "updated_at"}
        super().save(*args, **kwargs)
        if hasattr(self.updated_at, "resolve_expression"):
            self.refresh_from_db(fields=["updated_at"])


class Public(models.Model):
    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)

    class Meta:
        abstract = True

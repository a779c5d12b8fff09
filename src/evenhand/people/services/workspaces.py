"""Workspaces and the settings that shape their numbers."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.text import slugify

from evenhand.people import audit
from evenhand.people.models import User, Workspace

# The settings that change what a number says: each change is an audit entry, and a mark on every trend.
NUMBER_SETTINGS = (
    "score_method",
    "headline",
    "pass_baseline",
    "threshold",
    "csat_definition",
    "self_reviews_count",
    "time_zone",
    "week_start",
)
_TRIES = 3
SETTINGS = (*NUMBER_SETTINGS, "name", "self_reviews_allowed", "reviewee_rule", "draws_blind", "reviewers_hidden")


def create(name: str, by: User | None, **values: Any) -> Workspace:
    """A new workspace under an address made from its name."""
    for _ in range(_TRIES):
        try:
            return _create(name, by, **values)
        except IntegrityError:  # somebody took that address at the same moment
            continue
    return _create(name, by, **values)


def _create(name: str, by: User | None, **values: Any) -> Workspace:
    with transaction.atomic():
        workspace = Workspace.objects.create(name=name, slug=free_slug(name), **values)
        audit.record(by, "workspace.create", workspace, workspace)
    return workspace


def free_slug(name: str) -> str:
    base = slugify(name)[:50] or "team"
    taken = set(Workspace.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if slug not in taken)


def change(workspace: Workspace, by: User | None, **values: Any) -> list[str]:
    """Set settings; returns the names of those that really changed, each with its own audit entry."""
    changed = [name for name in values if getattr(workspace, name) != values[name]]
    if unknown := set(changed) - set(SETTINGS):
        raise ValueError(f"No such settings: {', '.join(sorted(unknown))}")
    with transaction.atomic():
        for name in changed:
            old, new = str(getattr(workspace, name)), str(values[name])
            audit.record(by, "workspace.setting", workspace, workspace, setting=name, old=old, new=new)
            setattr(workspace, name, values[name])
        if changed:
            workspace.save(update_fields=changed)
    return changed


def archive(workspace: Workspace, by: User) -> None:
    """Nobody can enter any more; nothing in it is deleted."""
    with transaction.atomic():
        if Workspace.objects.filter(pk=workspace.pk, deleted_at=None).update(deleted_at=Now(), updated_at=Now()):
            audit.record(by, "workspace.archive", workspace, workspace)


def restore(workspace: Workspace, by: User) -> None:
    with transaction.atomic():
        gone = Workspace.objects.filter(pk=workspace.pk, deleted_at__isnull=False)
        if gone.update(deleted_at=None, updated_at=Now()):
            audit.record(by, "workspace.restore", workspace, workspace)

"""The audit log's one way in."""

from __future__ import annotations

from typing import Any

from evenhand.people.models import AuditEntry, User, Workspace


def record(
    actor: User | None, action: str, workspace: Workspace | None = None, thing: Any = None, **data: Any
) -> AuditEntry:
    """Append one entry. `thing` is anything with a public id; `data` holds no text of a message.

    What has a name of its own is named, so that a person can read the log after the thing is gone.
    """
    if isinstance(name := getattr(thing, "name", None), str) and name:
        data.setdefault("name", name)
    return AuditEntry.objects.create(
        workspace=workspace,
        actor=actor,
        actor_name=str(actor) if actor else "Evenhand",
        action=action,
        object_kind=thing._meta.model_name if thing is not None else "",
        object_id=str(thing.public_id) if thing is not None else "",
        data=data,
    )

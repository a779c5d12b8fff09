"""All writes of this room. Each change of a draft takes `stamp`, the count of edits that it rests on."""

from __future__ import annotations

from evenhand.scorecards.guards import Frozen
from evenhand.scorecards.services.categories import (
    add_category,
    add_group,
    edit_category,
    move_category,
    move_group,
    remove_category,
    remove_group,
    rename_group,
)
from evenhand.scorecards.services.details import (
    add_cause,
    add_condition,
    edit_cause,
    remove_cause,
    remove_condition,
    set_preset,
    set_scale,
)
from evenhand.scorecards.services.editing import Stale
from evenhand.scorecards.services.publishing import problems_of, publish
from evenhand.scorecards.services.scorecards import (
    archive,
    create,
    discard_draft,
    duplicate,
    ensure_draft,
    rename,
    restore,
)

__all__ = [
    "Frozen",
    "Stale",
    "add_category",
    "add_cause",
    "add_condition",
    "add_group",
    "archive",
    "create",
    "discard_draft",
    "duplicate",
    "edit_category",
    "edit_cause",
    "ensure_draft",
    "move_category",
    "move_group",
    "problems_of",
    "publish",
    "remove_category",
    "remove_cause",
    "remove_condition",
    "remove_group",
    "rename",
    "rename_group",
    "restore",
    "set_preset",
    "set_scale",
]

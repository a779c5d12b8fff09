"""All writes of reviews, each in one short transaction."""

from __future__ import annotations

from evenhand.reviews.services.changes import delete, edit, mark_seen
from evenhand.reviews.services.drafts import Conflict, Save, Saved, discard, save_draft, start_or_get_draft
from evenhand.reviews.services.submission import submit
from evenhand.reviews.services.work import Work, prepare

__all__ = [
    "Conflict",
    "Save",
    "Saved",
    "Work",
    "delete",
    "discard",
    "edit",
    "mark_seen",
    "prepare",
    "save_draft",
    "start_or_get_draft",
    "submit",
]

"""Notices: one row each, shown in the inbox of whom they concern."""

from __future__ import annotations

from typing import Any

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from evenhand.people.models import Notice, User, Workspace
from evenhand.people.registry import registry


def notify(user: User, kind: str, workspace: Workspace | None = None, url: str = "", **data: Any) -> Notice:
    if kind not in registry.notices:
        raise ValueError(f"No room registered the notice {kind!r}")
    return Notice.objects.create(user=user, kind=kind, workspace=workspace, url=url, data=data)


def sentence(notice: Notice) -> str:
    kind = registry.notices.get(notice.kind)
    return str(kind.sentence) % notice.data if kind else _("Something that this version no longer knows")


def mark_read(user: User, public_ids: list[str] | None = None) -> int:
    unread = Notice.objects.filter(user=user, read_at=None)
    if public_ids is not None:
        unread = unread.filter(public_id__in=public_ids)
    return unread.update(read_at=Now())

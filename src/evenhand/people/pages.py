"""Long lists, page by page: by the last row seen, not by counting, so that depth costs nothing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

M = TypeVar("M", bound=Model)
SIZE = 50


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows, newest first, and the query strings of the pages around them (empty where there is none)."""

    rows: list[M]
    newer_url: str
    older_url: str


def newest_first(rows: QuerySet[M], params: QueryDict, size: int = SIZE) -> Page[M]:
    """One page of things with a public id, whose integer keys grow with time. `params` is the address's query."""
    before, after = _key(rows, params.get("before")), _key(rows, params.get("after"))
    if after is not None:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
        more, shown = len(found) > size, found[:size][::-1]
        return Page(shown, _link(params, "after", shown[:1]) if more else "", _link(params, "before", shown[-1:]))
    older = rows.filter(pk__lt=before) if before is not None else rows
    found = list(older.order_by("-pk")[: size + 1])
    more, shown = len(found) > size, found[:size]
    newer = _link(params, "after", shown[:1]) if before is not None else ""
    return Page(shown, newer, _link(params, "before", shown[-1:]) if more else "")


def _key(rows: QuerySet[Any], public_id: str | None) -> int | None:
    try:
        wanted = uuid.UUID(public_id or "")
    except ValueError:
        return None
    return rows.model._base_manager.filter(public_id=wanted).values_list("pk", flat=True).first()


def _link(params: QueryDict, name: str, edge: list[Any]) -> str:
    if not edge:
        return ""
    kept = params.copy()
    for other in ("before", "after"):
        kept.pop(other, None)
    kept[name] = str(edge[0].public_id)
    return "?" + kept.urlencode()

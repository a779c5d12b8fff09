"""Imports as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from evenhand.conversations.models import BadRow, Import
from evenhand.people.models import Job, Workspace
from evenhand.sources.registry import KINDS

State = Import.State
UNDER_WAY = (State.WAITING, State.RUNNING)
STOPPED_JOBS = {Job.State.CANCELLED: State.CANCELLED, Job.State.FAILED: State.FAILED}
BAD_ROWS_A_PAGE = 50


def imports(workspace: Workspace) -> QuerySet[Import]:
    return Import.objects.filter(workspace=workspace).select_related("connection", "job", "created_by")


@dataclass(frozen=True)
class Told:
    """An import, and what its page says of it."""

    item: Import

    @property
    def state(self) -> str:
        """Its own state, unless its job was stopped from the page of all jobs, or its worker died for good."""
        stopped = STOPPED_JOBS.get(self.item.job.state) if self.item.job else None
        return stopped if stopped and self.item.state in UNDER_WAY else self.item.state

    @property
    def label(self) -> str:
        return str(State(self.state).label)

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def kind(self) -> str:
        return KINDS[self.item.kind].label if self.item.kind in KINDS else self.item.kind

    @property
    def done(self) -> int:
        """Bytes of the file that were read; without a job only the records are known."""
        if self.state == State.DONE:
            return self.item.size
        return self.item.job.done if self.item.job else 0

    @property
    def total(self) -> int | None:
        return self.item.size if self.item.job or self.state == State.DONE else None

    @property
    def left(self) -> timedelta | None:
        """How much longer it takes at the pace so far; nothing where that would be a guess."""
        job = self.item.job
        if self.state != State.RUNNING or not (job and job.started_at and job.done and job.attempts == 1):
            return None
        passed = timezone.now() - job.started_at
        return passed * (self.item.size - job.done) / job.done if passed > timedelta(seconds=2) else None

    @property
    def error(self) -> str:
        return self.item.error or (self.item.job.error if self.item.job and self.state == State.FAILED else "")

    @property
    def can_go_on(self) -> bool:
        return self.state in (State.CANCELLED, State.FAILED) and Path(self.item.path).is_file()


def bad_rows(item: Import, params: Any) -> dict[str, Any]:
    """One page of the rows that were set aside, in the order of the file."""
    rows = BadRow.objects.filter(source=item).defer("raw").order_by("pk")
    after, before = (_number(params.get(name)) for name in ("after", "before"))
    if before is not None:
        found = list(rows.filter(pk__lt=before).order_by("-pk")[: BAD_ROWS_A_PAGE + 1])
        more, shown = len(found) > BAD_ROWS_A_PAGE, found[:BAD_ROWS_A_PAGE][::-1]
        return {
            "rows": shown,
            "earlier": _edge("before", shown[:1]) if more else "",
            "later": _edge("after", shown[-1:]),
        }
    found = list(rows.filter(pk__gt=after or 0)[: BAD_ROWS_A_PAGE + 1])
    more, shown = len(found) > BAD_ROWS_A_PAGE, found[:BAD_ROWS_A_PAGE]
    earlier = _edge("before", shown[:1]) if after else ""
    return {"rows": shown, "earlier": earlier, "later": _edge("after", shown[-1:]) if more else ""}


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else None


def _edge(name: str, rows: list[BadRow]) -> str:
    return f"?{name}={rows[0].pk}" if rows else ""

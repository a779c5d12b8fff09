"""A search that takes longer than a page may: it goes on as a job, window by window along the list.

Its result holds the keys of up to `MOST` conversations, newest first, and whether there are more. A job that is
killed goes on with the window it was in.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from evenhand.conversations import access
from evenhand.conversations.filters.selection import Selection, select
from evenhand.conversations.models import Conversation
from evenhand.conversations.queries.listing import OLDEST, SIZE, Page, beyond, rows
from evenhand.conversations.queries.plan import Place, plan
from evenhand.people import jobs
from evenhand.people.access import Seat
from evenhand.people.models import Job, Membership

JOB = "conversations.search"
MOST = 10_000
WINDOW = 20_000
FRESH = timedelta(minutes=5)


def begin(seat: Seat, query: str) -> Job:
    """Search on in the background; somebody who asks the same again soon gets the same job, under way or done."""
    going = Q(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    fresh = Q(state=Job.State.DONE, finished_at__gt=timezone.now() - FRESH)
    mine = Job.objects.filter(going | fresh, kind=JOB, workspace=seat.workspace, created_by=seat.user)
    same = next((job for job in mine.order_by("-pk")[:50] if job.arguments == {"query": query}), None)
    return same or jobs.enqueue(JOB, {"query": query}, seat.workspace, seat.user)


def of(seat: Seat, public_id: str) -> Job | None:
    """Somebody's own search; what it found is theirs alone."""
    try:
        key = UUID(public_id)
    except ValueError:
        return None
    return Job.objects.filter(kind=JOB, workspace=seat.workspace, created_by=seat.user, public_id=key).first()


def run(run: jobs.JobRun) -> None:
    seat = _seat(run.job)
    selection = select(seat, run.job.arguments["query"])
    found: list[int] = run.position.get("found", [])
    edge = _edge(run.position)
    done, total = run.position.get("done", 0), access.visible(seat).count()
    while True:
        run.check_cancel()
        end = _window_end(seat, edge)
        found += _inside(selection, edge, end, MOST + 1 - len(found))
        if end is None or len(found) > MOST:
            break
        edge, done = end, done + WINDOW
        with transaction.atomic():
            position = {"found": found, "at": edge.happened_at.isoformat(), "id": edge.id, "done": done}
            run.advance(position, done=done, total=max(done, total))
    result = {"ids": found[:MOST], "more": len(found) > MOST}
    Job.objects.filter(pk=run.job.pk).update(result=result, done=max(done, total), total=max(done, total))


def _seat(job: Job) -> Seat:
    if job.created_by is None or job.workspace is None:
        raise ValueError("A search belongs to somebody in a workspace")
    roles = Membership.objects.filter(workspace=job.workspace, user=job.created_by, deleted_at=None)
    return Seat(job.created_by, job.workspace, frozenset(roles.values_list("role", flat=True)))


def _edge(position: dict[str, Any]) -> Place | None:
    return Place(datetime.fromisoformat(position["at"]), position["id"]) if "at" in position else None


def _window_end(seat: Seat, edge: Place | None) -> Place | None:
    """Where the next stretch of the list ends, whatever matches in it; None for the last stretch."""
    along = Conversation.objects.filter(workspace_id=seat.workspace.pk, deleted_at__isnull=True)
    if edge:
        along = along.filter(beyond(edge, down=True))
    places = along.order_by("-happened_at", "-id").values_list("happened_at", "id")
    return next((Place(*place) for place in places[WINDOW - 1 : WINDOW]), None)


def _inside(selection: Selection, edge: Place | None, end: Place | None, most: int) -> list[int]:
    ordered = plan(selection).ordered()
    if edge:
        ordered = ordered.filter(beyond(edge, down=True))
    if end:
        ordered = ordered.filter(happened_at__gte=end.happened_at).exclude(beyond(end, down=True))
    return [key for _at, key in ordered[:most]]


def page(selection: Selection, job: Job, params: QueryDict) -> Page:
    """A page of what a search found. Rows that have gone since, or may not be seen any more, are left out."""
    found: list[int] = job.result["ids"]
    ids = found[::-1] if params.get("sort") == OLDEST else found
    start = _offset(params)
    shown = ids[start : start + SIZE]
    by_id = {conversation.pk: conversation for conversation in rows(selection, shown)}
    return Page(
        [by_id[key] for key in shown if key in by_id],
        before=str(start) if start else "",
        after=str(start + SIZE) if start + SIZE < len(ids) else "",
        total=None if job.result["more"] else len(ids),
        ids=shown,
    )


def _offset(params: QueryDict) -> int:
    """Here a cursor is a plain offset: what was found does not move any more."""
    after, before = params.get("after", ""), params.get("before", "")
    if after.isdecimal() and len(after) < 9:
        return min(int(after), MOST)
    return max(0, int(before) - SIZE) if before.isdecimal() and len(before) < 9 else 0

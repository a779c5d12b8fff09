"""Background work: what runs, how far it is, what went wrong."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evenhand.people import access, pages, queries
from evenhand.people import jobs as service
from evenhand.people.models import Job, Workspace
from evenhand.people.registry import registry

UNDER_WAY = {Job.State.QUEUED, Job.State.RUNNING}


@require_safe
def of_workspace(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = access.lead(request, workspace)
    return _list(request, seat.workspace, "people/jobs.html")


@require_safe
def of_installation(request: HttpRequest) -> HttpResponse:
    access.admin(request)
    return _list(request, None, "people/installation_jobs.html")


def _list(request: HttpRequest, workspace: Workspace | None, page: str) -> HttpResponse:
    """The page, or for htmx its table alone, which asks again while something is under way."""
    found = pages.newest_first(queries.jobs(workspace), request.GET)
    context = {
        "page": found,
        "rows": [_row(job, workspace) for job in found.rows],
        "under_way": any(job.state in UNDER_WAY for job in found.rows),
        "everywhere": workspace is None,
    }
    return render(request, "people/_jobs.html" if request.htmx else page, context)  # type: ignore[attr-defined]


def _row(job: Job, workspace: Workspace | None) -> dict[str, Any]:
    kind = registry.jobs.get(job.kind)
    where = [workspace.slug] if workspace else []
    names = (
        ("people:job-cancel", "people:job-retry") if workspace else ("people:any-job-cancel", "people:any-job-retry")
    )
    cancel, retry = (reverse(name, args=[*where, job.public_id]) for name in names)
    return {
        "job": job,
        "label": kind.label_of(job) if kind else job.kind,
        "how_far": _how_far(job),
        "cancel_url": cancel if job.state in UNDER_WAY and not job.cancel_requested else "",
        "retry_url": retry if job.state in {Job.State.FAILED, Job.State.CANCELLED} and kind else "",
    }


def _how_far(job: Job) -> str:
    """In percent: one job counts bytes, another rows. A job that is done has no more to say."""
    if job.state == Job.State.DONE:
        return ""
    if job.total:
        return _("%(percent)d %%") % {"percent": min(100, 100 * job.done // job.total)}
    return number_format(job.done, force_grouping=True) if job.done else ""


@require_POST
def cancel(request: HttpRequest, job: uuid.UUID, workspace: str | None = None) -> HttpResponse:
    found = _job(request, job, workspace)
    service.cancel(found)
    messages.info(request, _("Asked to stop. What has landed stays."))
    return _back(workspace)


@require_POST
def retry(request: HttpRequest, job: uuid.UUID, workspace: str | None = None) -> HttpResponse:
    found = _job(request, job, workspace)
    if service.retry(found):
        messages.success(request, _("It goes on from where it stopped."))
    else:
        messages.warning(request, _("This job is not stopped."))
    return _back(workspace)


def _job(request: HttpRequest, job: uuid.UUID, workspace: str | None) -> Job:
    if workspace is None:
        access.admin(request)
        return get_object_or_404(Job, public_id=job)
    return get_object_or_404(Job, public_id=job, workspace=access.lead(request, workspace).workspace)


def _back(workspace: str | None) -> HttpResponse:
    return redirect("people:jobs", workspace) if workspace else redirect("people:any-jobs")

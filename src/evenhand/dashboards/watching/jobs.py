"""The daily look at every workspace's series, in the background."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.dashboards.watching import notices, services
from evenhand.dashboards.watching.apart import look_at
from evenhand.people import jobs
from evenhand.people.models import Workspace
from evenhand.people.registry import register_chore, register_job

if TYPE_CHECKING:
    from evenhand.people.jobs import JobRun

JOB = "watch"


def register() -> None:
    register_job(JOB, _("Looking for changes"), run)
    register_chore(JOB, enqueue_due)
    notices.register()


def enqueue_due() -> None:
    """A job for each workspace that was not looked at for a day."""
    for workspace in services.claim_due(timezone.now()):
        jobs.enqueue(JOB, {}, workspace)


def run(job: JobRun) -> None:
    """Harmless to repeat: what was told is not told again."""
    if job.job.workspace is not None:
        _check(job.job.workspace)


def _check(workspace: Workspace) -> None:
    """In a process of its own: what reads facts would hold some 120 MiB for as long as the worker lives."""
    if connection.in_atomic_block:  # a test's rows are seen by nobody else
        services.check(workspace)
        return
    process = multiprocessing.get_context("spawn").Process(target=look_at, args=(workspace.pk,), daemon=True)
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"The look at {workspace.slug} ended with {process.exitcode}; the worker's log has more")

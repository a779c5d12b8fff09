"""Files that came through a page: kept in the home while they are on their way in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from evenhand.conversations.models import Connection, Import
from evenhand.conversations.services import imports
from evenhand.home import ensure_home, home
from evenhand.people import audit, inbox, jobs
from evenhand.people.base import new_public_id
from evenhand.people.models import Job, User
from evenhand.sources.errors import SourceError
from evenhand.sources.registry import detect

JOB = "import"
KEPT = timedelta(days=7)
"""How long the file of a cancelled or failed import waits for somebody to go on with it."""
State = Import.State


def accept(upload: UploadedFile, choose: Callable[[User], Connection], kind: str, by: User) -> Import:
    """Keep an uploaded file and put its import into the queue. Raises SourceError for a file of no known kind.

    `choose` is asked for the connection once the file turned out to be one.
    """
    path, name = _keep(upload), Path(upload.name or "upload").name
    try:
        kind = kind or detect(path)
        into = choose(by)
        old = imports.unfinished(into, path, kind)
        item = imports.begin(into.workspace, into, path, name, kind, by)
    except SourceError as error:
        path.unlink(missing_ok=True)
        raise SourceError(str(error).replace(str(path), name)) from None
    except Exception:
        path.unlink(missing_ok=True)
        raise
    if old and old.path != str(path):
        forget_file(old)
    _sweep(keep=path)
    go_on(item, by)
    return item


def go_on(item: Import, by: User) -> None:
    """Queue an import that waits, was cancelled or failed; one that is being worked on stays as it is."""
    with transaction.atomic():
        if item.job and item.job.state in (Job.State.QUEUED, Job.State.RUNNING) and not item.job.cancel_requested:
            return
        about = {"import": item.pk, "file": item.file_name}
        item.job = jobs.enqueue(JOB, about, item.workspace, by, total=item.size)
        item.state, item.error, item.finished_at = State.WAITING, "", None
        item.save(update_fields=["job", "state", "error", "finished_at"])


def cancel(item: Import, by: User) -> None:
    """No chunk lands after this; what landed stays."""
    with transaction.atomic():
        imports.stop(item, State.CANCELLED)
        if item.job:
            jobs.cancel(item.job)
        audit.record(by, "import.cancel", item.workspace, item, read=item.read)


def run_job(run: jobs.JobRun) -> None:
    item = Import.objects.select_related("workspace", "connection", "created_by").get(pk=run.job.arguments["import"])
    try:
        imports.run(
            item,
            within=lambda it, at: run.advance({"read": it.read}, at, it.size),
            look=run.check_cancel,
        )
    except jobs.Cancelled:
        _stopped(run, item, State.CANCELLED)
        raise
    except jobs.Stopped:
        _stopped(run, item, State.WAITING)
        raise
    except Exception as error:
        if not isinstance(error, jobs.LeaseLost | imports.TakenOver):
            _stopped(run, item, State.FAILED, str(error))
        raise
    _ended(run, item)


def _stopped(run: jobs.JobRun, item: Import, state: str, error: str = "") -> None:
    """Write down how a job left its import, unless somebody has given the import to another job by now."""
    if Import.objects.filter(pk=item.pk, job=run.job).exists():
        imports.stop(item, state, error)


def _ended(run: jobs.JobRun, item: Import) -> None:
    if item.state == State.CANCELLED:
        raise jobs.Cancelled
    if item.state == State.DONE:
        forget_file(item)
    counts = {name: getattr(item, name) for name in ("read", "new", "updated", "unchanged", "bad")}
    Job.objects.filter(pk=run.job.pk).update(result=counts, error=item.error)
    if item.created_by:
        url = reverse("conversations:import", args=[item.workspace.slug, item.public_id])
        inbox.notify(item.created_by, f"import.{item.state}", item.workspace, url, file=item.file_name, **counts)


def forget_file(item: Import) -> None:
    """Remove an uploaded file; a file that the command line was given is its owner's."""
    path = Path(item.path)
    if path.parent == home() / "uploads":
        path.unlink(missing_ok=True)


def _keep(upload: UploadedFile) -> Path:
    path = ensure_home() / "uploads" / str(new_public_id())
    with path.open("xb") as file:
        path.chmod(0o600)
        shutil.copyfileobj(upload, file, 1024 * 1024)
    return path


def _sweep(keep: Path) -> None:
    """Remove uploads that nobody will go on with: what customers wrote must not lie about."""
    late = timezone.now() - KEPT
    waiting = Import.objects.exclude(state=State.DONE).exclude(finished_at__lt=late)
    wanted = {str(keep), *waiting.values_list("path", flat=True)}
    for path in (home() / "uploads").iterdir():
        if str(path) not in wanted and path.stat().st_mtime < late.timestamp():
            path.unlink(missing_ok=True)

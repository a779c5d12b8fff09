"""Background work: enqueue, run, renew, give up.

django-tasks-db carries nothing but `run_job(id)`. The `Job` row is the truth: what is to be done, how far it is,
who works on it until when. Killing a worker at any instant loses at most the chunk it had not committed.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import traceback
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from evenhand.people.models import Job, User, WorkerBeat, Workspace
from evenhand.people.registry import registry

log = logging.getLogger("evenhand.jobs")
ATTEMPTS = 3


stopping = threading.Event()
"""Set when this worker was asked to end: running jobs go back into the queue after their chunk."""


class Stopped(Exception):
    """Raised inside a job when its worker is asked to end."""


class Cancelled(Exception):
    """Raised inside a job when somebody asked it to stop; what was committed stays."""


class LeaseLost(Exception):
    """Another worker took the job over; this one must not write any more."""


@dataclass
class JobRun:
    """A job in the hands of a worker."""

    job: Job
    worker: str
    position: dict[str, Any] = field(default_factory=dict)

    def advance(self, position: dict[str, Any], done: int, total: int | None = None) -> None:
        """Move on, inside the transaction of the chunk that was just written; raises to end the job."""
        values: dict[str, Any] = {"position": position, "done": done, "lease_until": lease_end(), "heartbeat_at": Now()}
        if total is not None:
            values["total"] = total
        mine = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, worker=self.worker)
        if not mine.update(**values):
            raise LeaseLost
        self.position = position

    def check_cancel(self) -> None:
        """Look, between two chunks, whether somebody asked to stop."""
        if stopping.is_set():
            raise Stopped
        if Job.objects.filter(pk=self.job.pk, cancel_requested=True).exists():
            raise Cancelled


def lease_end() -> Any:
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def enqueue(
    kind: str,
    arguments: dict[str, Any],
    workspace: Workspace | None = None,
    by: User | None = None,
    total: int | None = None,
) -> Job:
    if kind not in registry.jobs:
        raise ValueError(f"No room registered the job {kind!r}")
    with transaction.atomic():
        job = Job.objects.create(kind=kind, arguments=arguments, workspace=workspace, created_by=by, total=total)
        run_job.enqueue(job.pk)
    return job


def cancel(job: Job) -> None:
    """Ask a running job to stop after its chunk; a waiting one ends at once."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED)
    if not waiting.update(state=Job.State.CANCELLED, cancel_requested=True, finished_at=Now()):
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_requested=True)


def retry(job: Job) -> bool:
    """Go on from where a failed or cancelled job stopped."""
    with transaction.atomic():
        stopped = Job.objects.filter(pk=job.pk, state__in=[Job.State.FAILED, Job.State.CANCELLED])
        if not stopped.update(
            state=Job.State.QUEUED, attempts=0, error="", cancel_requested=False, finished_at=None, worker=""
        ):
            return False
        run_job.enqueue(job.pk)
    return True


@task()
def run_job(job_id: int) -> None:
    worker = f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"
    claimed = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING,
        worker=worker,
        lease_until=lease_end(),
        heartbeat_at=Now(),
        started_at=Now(),
        attempts=F("attempts") + 1,
    )
    if not claimed:
        return  # somebody else has it, or it was cancelled while it waited
    job = Job.objects.get(pk=job_id)
    with Heartbeat(job, worker):
        _run(JobRun(job, worker, dict(job.position)))


def _run(run: JobRun) -> None:
    try:
        registry.jobs[run.job.kind].run(run)
    except Cancelled:
        _finish(run, Job.State.CANCELLED)
    except Stopped:
        _put_back(run)
    except LeaseLost:
        log.warning("Job %s (%s) was taken over by another worker", run.job.public_id, run.job.kind)
    except Exception as error:
        log.exception("Job %s (%s) failed", run.job.public_id, run.job.kind)
        _failed(run, error)
    else:
        _finish(run, Job.State.DONE)


def _finish(run: JobRun, state: str, **values: Any) -> None:
    mine = Job.objects.filter(pk=run.job.pk, state=Job.State.RUNNING, worker=run.worker)
    mine.update(state=state, finished_at=Now(), lease_until=None, **values)


def _put_back(run: JobRun) -> None:
    with transaction.atomic():
        mine = Job.objects.filter(pk=run.job.pk, state=Job.State.RUNNING, worker=run.worker)
        values = {"state": Job.State.QUEUED, "lease_until": None, "worker": "", "attempts": F("attempts") - 1}
        if mine.update(**values):
            run_job.enqueue(run.job.pk)


def beat(name: str) -> None:
    """Say that a worker is alive, and forget those that have been silent for a day."""
    WorkerBeat.objects.update_or_create(name=name, defaults={"at": Now()})
    WorkerBeat.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()


def _failed(run: JobRun, error: Exception) -> None:
    last_line = traceback.format_exception_only(error)[-1].strip()
    if run.job.attempts >= ATTEMPTS:
        _finish(run, Job.State.FAILED, error=last_line)
        return
    with transaction.atomic():
        mine = Job.objects.filter(pk=run.job.pk, state=Job.State.RUNNING, worker=run.worker)
        if mine.update(state=Job.State.QUEUED, lease_until=None, worker="", error=last_line):
            run_job.enqueue(run.job.pk)


def requeue_expired() -> int:
    """Give jobs whose worker went silent to the next one; after three attempts set them aside."""
    expired = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=timezone.now())
    requeued = 0
    for job in list(expired):
        still = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, worker=job.worker, lease_until=job.lease_until)
        if job.attempts >= ATTEMPTS:
            still.update(
                state=Job.State.FAILED,
                finished_at=Now(),
                lease_until=None,
                error=_("The worker died three times while it ran this job."),
            )
            continue
        with transaction.atomic():
            if still.update(state=Job.State.QUEUED, lease_until=None, worker=""):
                run_job.enqueue(job.pk)
                requeued += 1
    return requeued + _requeue_lost()


def _requeue_lost() -> int:
    """A worker that died between taking a task and its job left the job waiting for a task that is gone.

    A job that two tasks call is run once: whoever comes second finds it taken.
    """
    waiting = list(Job.objects.filter(state=Job.State.QUEUED).values_list("pk", flat=True))
    tasks = DBTaskResult.objects.ready().filter(task_path=run_job.module_path) if waiting else ()
    called = {task.args_kwargs["args"][0] for task in tasks}
    lost = [key for key in waiting if key not in called]
    for key in lost:
        run_job.enqueue(key)
    return len(lost)


class Heartbeat:
    """Renews the lease from a thread of its own while one chunk takes long."""

    def __init__(self, job: Job, worker: str) -> None:
        self.job, self.worker = job, worker
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        # In a test's transaction another thread has another connection and would wait for ever.
        if not connection.in_atomic_block:
            self.thread.start()

    def __exit__(self, *exc: object) -> None:
        self.over.set()
        if self.thread.is_alive():
            self.thread.join()

    def _beat(self) -> None:
        try:
            while not self.over.wait(settings.JOB_LEASE_SECONDS / 3):
                mine = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, worker=self.worker)
                mine.update(lease_until=lease_end(), heartbeat_at=Now())
        except Exception:
            log.exception("The lease of job %s could not be renewed", self.job.public_id)
        finally:
            connection.close()

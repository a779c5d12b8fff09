from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from evenhand.people import jobs
from evenhand.people.models import Job
from evenhand.people.registry import JobKind, registry


@pytest.fixture
def kind(monkeypatch):
    def register(run):
        monkeypatch.setitem(registry.jobs, "test", JobKind("test", "Test", run))

    return register


def test_a_job_runs_once_and_is_done(db, kind):
    ran = []
    kind(lambda run: ran.append(run.job.arguments))
    job = jobs.enqueue("test", {"n": 1})
    jobs.run_job.func(job.pk)
    jobs.run_job.func(job.pk)
    job.refresh_from_db()
    assert (ran, job.state) == ([{"n": 1}], "done")


def test_a_failing_job_is_tried_three_times_then_set_aside_with_its_error(db, kind):
    def fail(run):
        raise RuntimeError("the disk is full")

    kind(fail)
    job = jobs.enqueue("test", {})
    for _ in range(3):
        jobs.run_job.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 3)
    assert "the disk is full" in job.error


def test_an_expired_lease_gives_the_job_to_the_next_worker(db, kind):
    kind(print)
    job = jobs.enqueue("test", {})
    Job.objects.update(state="running", worker="dead", attempts=1, lease_until=timezone.now() - timedelta(seconds=1))
    assert jobs.requeue_expired() == 1
    job.refresh_from_db()
    assert (job.state, job.worker) == ("queued", "")


def test_a_worker_that_lost_its_lease_may_not_write(db, kind):
    def lose(run):
        Job.objects.update(worker="another")
        run.advance({"row": 1}, done=1)

    kind(lose)
    job = jobs.enqueue("test", {})
    jobs.run_job.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.worker, job.done) == ("running", "another", 0)


def test_a_cancelled_job_keeps_what_it_committed(db, kind):
    def work(run):
        run.advance({"row": 5}, done=5, total=9)
        jobs.cancel(run.job)
        run.check_cancel()

    kind(work)
    job = jobs.enqueue("test", {})
    jobs.run_job.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.position) == ("cancelled", 5, {"row": 5})


def test_a_job_whose_task_died_with_its_worker_is_called_again(db, kind):
    """Killed after it took the task and before it took the job."""
    kind(print)
    job = jobs.enqueue("test", {})
    assert jobs.requeue_expired() == 0
    DBTaskResult.objects.update(status="RUNNING")
    assert jobs.requeue_expired() == 1
    assert [row.args_kwargs["args"] for row in DBTaskResult.objects.ready()] == [[job.pk]]

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evenhand.people import jobs
from evenhand.people.models import Job, WorkerBeat
from evenhand.people.registry import JobKind, registry

JOBS = "/w/orchard/settings/jobs"


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    monkeypatch.setitem(registry.jobs, "test", JobKind("test", "Counting the forks", print))


def make(world, state="running", **values):
    return Job.objects.create(workspace=world.workspace, kind="test", state=state, created_by=world.lena, **values)


def test_a_job_shows_what_it_is_how_far_and_who_began_it(sign_in, world):
    make(world, done=2300, total=10000)
    page = sign_in(world.lena).get(JOBS).content.decode()
    for words in ("Counting the forks", "23 %", "Lena Lead", 'value="2300"'):
        assert words in page


def test_an_error_is_shown_and_escaped(sign_in, world):
    make(world, "failed", error="OSError: <disk> is full")
    assert "OSError: &lt;disk&gt; is full" in sign_in(world.lena).get(JOBS).content.decode()


def test_the_page_asks_again_only_while_something_is_under_way(sign_in, world):
    client = sign_in(world.lena)
    job = make(world)
    assert 'hx-trigger="every 2s"' in client.get(JOBS).content.decode()
    Job.objects.filter(pk=job.pk).update(state="done")
    assert "hx-trigger" not in client.get(JOBS).content.decode()


def test_htmx_gets_the_table_alone(sign_in, world):
    make(world)
    part = sign_in(world.lena).get(JOBS, headers={"HX-Request": "true"}).content.decode()
    assert "Counting the forks" in part
    assert "<html" not in part


def test_cancelling_asks_the_job_to_stop(sign_in, world):
    job = make(world)
    sign_in(world.lena).post(f"{JOBS}/{job.public_id}/cancel")
    job.refresh_from_db()
    assert (job.state, job.cancel_requested) == ("running", True)


def test_a_stopped_job_goes_on(sign_in, world):
    job = make(world, "failed", position={"row": 7}, error="it broke")
    sign_in(world.lena).post(f"{JOBS}/{job.public_id}/retry")
    job.refresh_from_db()
    assert (job.state, job.error, job.position) == ("queued", "", {"row": 7})


def test_a_job_that_runs_is_not_begun_again(sign_in, world):
    job = make(world)
    page = sign_in(world.lena).post(f"{JOBS}/{job.public_id}/retry", follow=True).content.decode()
    assert "This job is not stopped" in page


def test_the_jobs_of_another_workspace_are_not_here(sign_in, world):
    job = jobs.enqueue("test", {}, world.other)
    client = sign_in(world.lena)
    assert client.post(f"{JOBS}/{job.public_id}/cancel").status_code == 404
    assert client.get(JOBS).context["rows"] == []


def test_the_installation_lists_them_all(sign_in, world):
    make(world)
    jobs.enqueue("test", {}, world.other)
    jobs.enqueue("test", {})
    assert len(sign_in(world.ada).get("/installation/jobs").context["rows"]) == 3


def test_the_page_asks_as_much_for_thirty_as_for_one(sign_in, world):
    client, counts = sign_in(world.ada), []
    for number in (1, 30):
        for _ in range(number):
            make(world)
        with CaptureQueriesContext(connection) as queries:
            client.get("/installation/jobs")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_job_names_what_it_works_on_where_its_arguments_say_so(sign_in, world, monkeypatch):
    monkeypatch.setitem(registry.jobs, "test", JobKind("test", "Counting", print, named="Counting %(file)s"))
    make(world, arguments={"file": "forks <new>.csv"})
    make(world)
    rows = sign_in(world.lena).get(JOBS).context["rows"]
    assert [row["label"] for row in rows] == ["Counting", "Counting forks <new>.csv"]


@pytest.mark.parametrize(("ago", "warns"), [(1, False), (600, True), (None, True)])
def test_a_silent_worker_is_said_once_on_every_page_of_a_lead(sign_in, world, ago, warns):
    if ago is not None:
        beat = WorkerBeat.objects.create(name="one")
        WorkerBeat.objects.filter(pk=beat.pk).update(at=timezone.now() - timedelta(seconds=ago))
    page = sign_in(world.lena).get(JOBS).content.decode()
    assert page.count("No background worker") == warns
    assert ("Background worker is running" in page) != warns


def test_an_agent_is_not_bothered_with_the_worker(sign_in, world):
    assert "No background worker" not in sign_in(world.nadia).get("/inbox").content.decode()

from __future__ import annotations

import io

import pytest
from django.urls import reverse

from evenhand.conversations.models import Connection, Conversation, Import
from evenhand.home import home
from evenhand.people.models import Job, Notice
from tests.conversations.test_import_files import line


@pytest.fixture
def page(world):
    return reverse("conversations:imports", args=[world.workspace.slug])


@pytest.fixture
def lena(world, sign_in):
    return sign_in(world.lena)


def upload(client, page, *lines, name="in.jsonl", **fields):
    file = io.BytesIO(("\n".join(lines) + "\n").encode())
    file.name = name
    return client.post(page, {"file": file, "name": "Desk", "connection": "new", "kind": "", **fields})


def run_jobs():
    """What the worker would do."""
    from evenhand.people.jobs import run_job

    for job in Job.objects.filter(state=Job.State.QUEUED):
        run_job.call(job.pk)


def test_an_empty_list_says_what_to_do(lena, page, world):
    answer = lena.get(page)
    assert "Nothing has been brought in yet" in answer.text
    assert f"--workspace {world.workspace.slug}" in answer.text


def test_an_uploaded_file_is_imported_by_the_worker_and_removed(lena, page, world):
    answer = upload(lena, page, line(1), line(2))
    item = Import.objects.get()
    assert answer.url == reverse("conversations:import", args=[world.workspace.slug, item.public_id])
    assert item.state == "waiting"
    run_jobs()
    item.refresh_from_db()
    assert (item.state, item.new, item.job.state) == ("done", 2, "done")
    assert Conversation.objects.filter(connection__name="Desk").count() == 2
    assert item.path.startswith(str(home()))
    assert not (home() / "uploads").joinpath(item.path.rsplit("/", 1)[1]).exists()
    assert Notice.objects.get(user=world.lena).kind == "import.done"


def test_a_file_of_another_kind_is_refused_on_the_form_and_not_kept(lena, page):
    before = len(list((home() / "uploads").glob("*"))) if (home() / "uploads").exists() else 0
    answer = upload(lena, page, "name,age", "kim,3", name="people.csv")
    assert answer.status_code == 422
    assert "people.csv: expected Evenhand JSONL" in answer.text
    assert str(home()) not in answer.text
    assert not Import.objects.exists()
    assert not Connection.objects.filter(name="Desk").exists()
    assert len(list((home() / "uploads").glob("*"))) == before


def test_bad_rows_are_listed_and_can_be_downloaded(lena, page):
    upload(lena, page, line(1), '{"id": "x", "messages": [{"role": "boss"}]}')
    run_jobs()
    here = reverse("conversations:import", args=["orchard", Import.objects.get().public_id])
    shown = lena.get(here).text
    assert "1 row set aside" in shown
    assert "messages[0].role" in shown
    assert b"".join(lena.get(f"{here}/set-aside")) == b'{"id": "x", "messages": [{"role": "boss"}]}\n'
    assert b"messages[0].role" in b"".join(lena.get(f"{here}/reasons"))


def test_cancelling_keeps_what_landed_and_it_can_go_on(lena, page):
    upload(lena, page, line(1))
    item = Import.objects.get()
    here = reverse("conversations:import", args=["orchard", item.public_id])
    lena.post(f"{here}/cancel")
    run_jobs()
    item.refresh_from_db()
    assert (item.state, item.read) == ("cancelled", 0)
    assert "Go on" in lena.get(here).text
    lena.post(f"{here}/go-on")
    run_jobs()
    item.refresh_from_db()
    assert (item.state, item.new) == ("done", 1)


def test_the_page_of_jobs_names_the_file(lena, page):
    upload(lena, page, line(1), name="june.jsonl")
    assert "Import of june.jsonl" in lena.get("/w/orchard/settings/jobs").content.decode()


def test_a_job_stopped_from_the_page_of_jobs_shows_here(lena, page):
    upload(lena, page, line(1))
    item = Import.objects.get()
    Job.objects.filter(pk=item.job_id).update(state="cancelled")
    assert (
        "The import was cancelled" in lena.get(reverse("conversations:import", args=["orchard", item.public_id])).text
    )


def test_the_same_bytes_again_go_on_with_the_unfinished_import(lena, page):
    upload(lena, page, line(1))
    first = Import.objects.get()
    lena.post(reverse("conversations:import-cancel", args=["orchard", first.public_id]))
    upload(lena, page, line(1), connection=str(first.connection.public_id))
    again = Import.objects.get()
    assert (again.pk, again.state) == (first.pk, "waiting")
    assert not home().joinpath("uploads", first.path.rsplit("/", 1)[1]).exists()


def test_progress_comes_as_a_fragment_that_asks_again_until_it_is_done(lena, page):
    upload(lena, page, line(1))
    here = reverse("conversations:import", args=["orchard", Import.objects.get().public_id])
    waiting = lena.get(here, headers={"HX-Request": "true"}).text
    assert "<html" not in waiting
    assert 'hx-trigger="every 1s"' in waiting
    run_jobs()
    assert "hx-trigger" not in lena.get(here, headers={"HX-Request": "true"}).text


@pytest.mark.parametrize("who", ["ravi", "nadia"])
def test_only_leads_and_managers_import(world, sign_in, page, who):
    assert sign_in(getattr(world, who)).get(page).status_code == 403


def test_an_import_of_another_workspace_does_not_exist(world, sign_in, lena, page):
    upload(lena, page, line(1))
    item = Import.objects.get()
    elsewhere = reverse("conversations:import", args=[world.other.slug, item.public_id])
    assert sign_in(world.ada).get(elsewhere).status_code == 404
    assert sign_in(world.sol).get(reverse("conversations:import", args=["orchard", item.public_id])).status_code == 404


def test_the_list_needs_as_many_queries_for_one_as_for_many(lena, page, world, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    into = Connection.objects.create(workspace=world.workspace, name="Desk")
    values = {"workspace": world.workspace, "connection": into, "kind": "jsonl", "path": "/x", "fingerprint": "0"}

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert lena.get(page).status_code == 200
        return len(seen)

    Import.objects.create(file_name="0", created_by=world.lena, **values)
    few = queries()
    for n in range(12):
        job = Job.objects.create(kind="import", workspace=world.workspace)
        Import.objects.create(file_name=str(n), created_by=world.mara, job=job, **values)
    assert queries() == few


def test_a_worker_that_is_asked_to_end_puts_the_import_back(lena, page, monkeypatch):
    from evenhand.people import jobs

    upload(lena, page, *(line(n) for n in range(60)))
    monkeypatch.setattr(jobs.stopping, "is_set", lambda: True)
    run_jobs()
    item = Import.objects.get()
    assert (item.state, item.job.state) == ("waiting", "queued")
    monkeypatch.undo()
    run_jobs()
    item.refresh_from_db()
    assert (item.state, item.new) == ("done", 60)

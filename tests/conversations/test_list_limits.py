from __future__ import annotations

import time
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.utils import timezone

from evenhand.conversations import browsing, queries, searching
from evenhand.conversations.filters import select
from evenhand.conversations.queries import TookTooLong, cut_after
from evenhand.people import jobs
from evenhand.people.access import Seat
from evenhand.people.models import Job
from tests.worlds import add_conversation

URL = "/w/orchard/conversations/"
ENDLESS = """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000)
    SELECT count(*) FROM n"""


def seat_of(world, name="ravi"):
    return Seat(getattr(world, name), world.workspace, frozenset(["reviewer"]))


def run_job(world, query=""):
    job = searching.begin(seat_of(world), query)
    jobs.run_job.func(job.pk)
    job.refresh_from_db()
    return job


@pytest.fixture
def slow(monkeypatch):
    """Every page of the list takes too long."""

    def cut(*args):
        raise TookTooLong

    monkeypatch.setattr(browsing, "page", cut)


def test_a_query_that_takes_too_long_is_cut(db):
    with pytest.raises(TookTooLong), cut_after(0.05), connection.cursor() as cursor:
        cursor.execute(ENDLESS)


def test_after_a_cut_the_connection_works_and_has_no_limit(db):
    with pytest.raises(TookTooLong), cut_after(0.05), connection.cursor() as cursor:
        cursor.execute(ENDLESS)
    with connection.cursor() as cursor:
        cursor.execute(ENDLESS.replace("100000000", "300000"))
        assert cursor.fetchone() == (300000,)


def test_a_quick_query_leaves_no_limit_behind(db):
    with cut_after(0.2), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    time.sleep(0.25)
    with connection.cursor() as cursor:
        cursor.execute(ENDLESS.replace("100000000", "2000000"))


def test_a_slow_list_says_so_and_goes_on_in_the_background(world, sign_in, slow):
    page = BeautifulSoup(sign_in(world.ravi).get(URL + "?tag=vip&sort=oldest").content, "html.parser")
    form = page.select_one("#search-state form")
    assert "This search takes longer" in page.get_text()
    assert form["hx-trigger"].startswith("load")
    assert form.select_one("[name=list]")["value"] == "tag=vip"
    assert Job.objects.count() == 0


def test_the_job_finds_what_the_list_would(world, sign_in):
    client = sign_in(world.ravi)
    answer = client.post(URL + "searches/", {"list": "q=parcel"}, headers={"HX-Request": "true"})
    job = Job.objects.get(kind=searching.JOB)
    assert str(job.public_id) in answer.content.decode()
    jobs.run_job.func(job.pk)
    done = client.get(f"{URL}searches/{job.public_id}", headers={"HX-Request": "true"})
    assert done["HX-Redirect"] == f"{URL}?q=parcel&found={job.public_id}"
    page = BeautifulSoup(client.get(done["HX-Redirect"]).content, "html.parser")
    assert len(page.select(".convs tbody tr")) == 6
    assert "6 match" in page.select_one(".lede").get_text()


def test_the_job_works_window_by_window(world, monkeypatch):
    monkeypatch.setattr(searching, "WINDOW", 2)
    job = run_job(world)
    assert job.result == {"ids": queries.keys(select(seat_of(world), "")), "more": False}
    assert (job.done, job.total) == (6, 6)


def test_the_job_goes_on_where_it_was_stopped(world, monkeypatch):
    monkeypatch.setattr(searching, "WINDOW", 2)
    job, looks = searching.begin(seat_of(world), ""), []

    def stop(run):
        looks.append(run.position.get("done", 0))
        if len(looks) == 2:
            raise jobs.Stopped

    monkeypatch.setattr(jobs.JobRun, "check_cancel", stop)
    for _ in range(2):
        jobs.run_job.func(job.pk)
    job.refresh_from_db()
    assert looks[:3] == [0, 2, 2]
    assert job.result["ids"] == queries.keys(select(seat_of(world), ""))


def test_the_job_stops_at_its_most_and_says_that_there_is_more(world, sign_in, monkeypatch):
    monkeypatch.setattr(searching, "MOST", 4)
    job = run_job(world)
    assert (len(job.result["ids"]), job.result["more"]) == (4, True)
    assert "4+" in sign_in(world.ravi).get(f"{URL}?found={job.public_id}").content.decode()


def test_what_was_found_is_paged(world, sign_in):
    for number in range(6, 60):
        add_conversation(world, world.agents["nadia"], number)
    job, client = run_job(world), sign_in(world.ravi)
    first = BeautifulSoup(client.get(f"{URL}?found={job.public_id}").content, "html.parser")
    second = BeautifulSoup(client.get(first.select_one("a[data-shortcut=next]")["href"]).content, "html.parser")
    assert (len(first.select("tbody tr")), len(second.select("tbody tr"))) == (50, 10)
    back = BeautifulSoup(client.get(second.select_one("a[data-shortcut=previous]")["href"]).content, "html.parser")
    assert len(back.select("tbody tr")) == 50


def test_the_same_search_is_not_begun_twice(world):
    assert searching.begin(seat_of(world), "tag=vip") == searching.begin(seat_of(world), "tag=vip")
    assert searching.begin(seat_of(world), "tag=other") != searching.begin(seat_of(world), "tag=vip")


def test_what_was_found_just_now_is_not_searched_again(world):
    job = run_job(world, "tag=vip")
    assert searching.begin(seat_of(world), "tag=vip") == job
    assert searching.begin(seat_of(world, "greta"), "tag=vip") != job
    Job.objects.filter(pk=job.pk).update(finished_at=timezone.now() - timedelta(hours=1))
    assert searching.begin(seat_of(world), "tag=vip") != job


def test_anothers_search_is_nobodys_business(world, sign_in):
    job = run_job(world)
    assert sign_in(world.greta).get(f"{URL}searches/{job.public_id}").status_code == 404
    assert searching.of(seat_of(world, "greta"), str(job.public_id)) is None


def test_a_result_shows_only_what_one_may_still_see(world, sign_in):
    job = run_job(world)
    type(world.conversations[0]).objects.filter(pk=world.conversations[0].pk).update(workspace=world.other)
    page = BeautifulSoup(sign_in(world.ravi).get(f"{URL}?found={job.public_id}").content, "html.parser")
    assert "Question 0" not in page.get_text()


def test_a_count_that_takes_too_long_says_more_than(world, monkeypatch):
    def cut(*args):
        raise TookTooLong

    monkeypatch.setattr("evenhand.conversations.queries.counts._along", cut)
    count = queries.count(select(seat_of(world), "channel=email"), 1.0, known=50)
    assert (str(count), count.is_exact) == ("more than 50", False)


@pytest.mark.parametrize(("bounds", "said"), [((3, 5), "5+"), ((3, 10), "6")])
def test_counts_are_exact_up_to_a_bound(world, monkeypatch, bounds, said):
    monkeypatch.setattr("evenhand.conversations.queries.counts.STEPS", bounds)
    monkeypatch.setattr("evenhand.conversations.queries.counts.EXACT", bounds[1])
    assert str(queries.count(select(seat_of(world), ""), 5.0)) == said


def test_a_count_that_was_not_ready_is_fetched_after_the_page(world, sign_in, monkeypatch):
    for number in range(6, 60):
        add_conversation(world, world.agents["nadia"], number)
    cut = queries.Count(50, is_exact=False, was_cut=True)
    monkeypatch.setattr(browsing, "count", lambda *_args, **_named: cut)
    client = sign_in(world.ravi)
    page = BeautifulSoup(client.get(URL + "?tag=-spam").content, "html.parser")
    late = page.select_one(".lede [hx-get]")
    assert late["hx-trigger"] == "load"
    monkeypatch.setattr(browsing, "count", queries.count)
    assert "60 match" in client.get(late["hx-get"]).content.decode()

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.worlds import NOW, add_conversation

URL = "/w/orchard/conversations/"


def read(client, query="", **headers):
    response = client.get(URL + query, headers=headers)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def subjects(page):
    return [link.get_text() for link in page.select(".convs .subject")]


@pytest.fixture
def many(world):
    for number in range(6, 120):
        add_conversation(world, world.agents["nadia"], number)
    return world


def test_the_list_begins_with_the_newest(world, sign_in):
    assert subjects(read(sign_in(world.ravi))) == [f"Question {n}" for n in range(6)]


def test_oldest_first_turns_the_list_round(world, sign_in):
    assert subjects(read(sign_in(world.ravi), "?sort=oldest")) == [f"Question {n}" for n in range(5, -1, -1)]


def test_an_agent_sees_only_conversations_in_which_they_take_part(world, sign_in):
    page = read(sign_in(world.nadia))
    assert page.h1.get_text() == "My conversations"
    assert subjects(page) == ["Question 0", "Question 2", "Question 4"]


def test_a_stranger_finds_no_such_workspace(world, sign_in):
    assert sign_in(world.sol).get(URL).status_code == 404


def test_deleted_conversations_are_gone(world, sign_in):
    world.conversations[0].deleted_at = NOW
    world.conversations[0].save()
    assert "Question 0" not in subjects(read(sign_in(world.ravi)))


def test_pages_follow_each_other_without_gap_or_overlap(many, sign_in):
    client, query, seen = sign_in(many.ravi), "", []
    for _ in range(3):
        page = read(client, query)
        seen += subjects(page)
        link = page.select_one(".pager a[data-shortcut=next]")
        query = link["href"].removeprefix(URL) if link else None
    assert (seen, query) == ([f"Question {n}" for n in range(120)], None)


def test_one_page_back_is_the_page_before(many, sign_in):
    client = sign_in(many.ravi)
    first = read(client)
    second = read(client, older(first))
    third = read(client, older(second))
    assert subjects(read(client, newer(third))) == subjects(second)
    assert subjects(read(client, newer(second))) == subjects(first)


def older(page):
    return page.select_one(".pager a[data-shortcut=next]")["href"].removeprefix(URL)


def newer(page):
    return page.select_one(".pager a[data-shortcut=previous]")["href"].removeprefix(URL)


def test_what_comes_in_meanwhile_does_not_move_the_next_page(many, sign_in):
    client = sign_in(many.ravi)
    first = read(client)
    expected = subjects(read(client, older(first)))
    add_conversation(many, many.agents["owen"], 500, happened_at=NOW + timedelta(days=1))
    assert subjects(read(client, older(first))) == expected


def test_equal_times_are_told_apart(many, sign_in):
    from evenhand.conversations.models import Conversation

    Conversation.objects.update(happened_at=NOW)
    client = sign_in(many.ravi)
    first = read(client)
    second = read(client, older(first))
    both = {*subjects(first), *subjects(second)}
    assert len(both) == 100


def test_an_unreadable_cursor_is_the_start(world, sign_in):
    assert len(subjects(read(sign_in(world.ravi), "?after=nonsense~x"))) == 6


def test_the_count_is_exact_and_said_in_words(many, sign_in):
    assert "120 conversations" in read(sign_in(many.ravi)).select_one(".lede").get_text()


def test_a_part_of_the_page_answers_htmx(world, sign_in):
    page = read(sign_in(world.ravi), **{"HX-Request": "true"})
    assert page.find("html") is None
    assert page.select_one("#browse") is not None
    assert page.title.get_text().startswith("Conversations")


def test_history_gets_the_whole_page(world, sign_in):
    page = read(sign_in(world.ravi), **{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert page.find("html") is not None


@pytest.mark.parametrize("query", ["", "?q=parcel&channel=email&tag=-spam", "?sort=oldest&status=solved"])
def test_the_number_of_queries_does_not_grow_with_the_rows(world, sign_in, query):
    client = sign_in(world.ravi)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert subjects(read(client, query))
        return len(captured)

    few = queries()
    for number in range(6, 40):
        add_conversation(world, world.agents["nadia"], number)
    assert queries() == few


def test_an_empty_workspace_tells_a_lead_to_import(world, sign_in):
    world.workspace.conversations.update(deleted_at=NOW)
    page = read(sign_in(world.lena))
    assert page.h1.get_text() == "No conversations yet"
    assert page.select_one("main a.primary")["href"] == "/w/orchard/imports/"


def test_an_empty_workspace_tells_a_reviewer_whom_to_ask(world, sign_in):
    world.workspace.conversations.update(deleted_at=NOW)
    page = read(sign_in(world.ravi))
    assert "Ask a lead or manager" in page.main.get_text()
    assert page.select_one("main a[href*=imports]") is None


def test_an_empty_answer_names_the_filter_to_drop(world, sign_in):
    page = read(sign_in(world.ravi), "?channel=email&status=nosuch")
    assert [item.b.get_text() for item in page.select(".none li")] == ["Status is"]
    assert page.select_one(".none li a")["href"] == URL + "?channel=email"


def test_reading_the_list_writes_nothing(world, sign_in):
    client = sign_in(world.ravi)
    with CaptureQueriesContext(connection) as captured:
        read(client, "?q=parcel&date=this_year")
    verbs = {query["sql"].split()[0].upper() for query in captured if not query["sql"].startswith("SET")}
    assert verbs <= {"SELECT", "WITH", "SAVEPOINT", "RELEASE"}


def test_text_of_customers_is_escaped(world, sign_in):
    world.conversations[0].subject = "<script>alert(1)</script>"
    world.conversations[0].save()
    response = sign_in(world.ravi).get(URL)
    assert not re.search(rb"<script>alert", response.content)


def test_selected_rows_lead_on_in_the_order_of_the_list(world, sign_in, monkeypatch):
    from evenhand.conversations.registry import BulkAction, registry

    def go(seat, picked):
        return "/to?" + ",".join(one.external_id for one in picked)

    monkeypatch.setitem(registry.bulk_actions, "try", BulkAction("try", "Try", go, lambda seat: seat.reviews))
    chosen = [world.conversations[n].public_id for n in (3, 1)]
    response = sign_in(world.ravi).get(URL + "selected/try", {"c": [*map(str, chosen), "nonsense"]})
    assert response["Location"] == "/to?c3,c1"


def test_an_action_that_is_not_allowed_does_not_exist(world, sign_in, monkeypatch):
    from evenhand.conversations.registry import BulkAction, registry

    monkeypatch.setitem(registry.bulk_actions, "try", BulkAction("try", "Try", str, lambda seat: seat.reviews))
    assert sign_in(world.nadia).get(URL + "selected/try").status_code == 404


def test_no_time_of_the_source_is_marked(world, sign_in):
    world.conversations[0].has_times = False
    world.conversations[0].save()
    assert "imported" in read(sign_in(world.ravi)).select_one(".convs tbody tr .c-time").get_text()

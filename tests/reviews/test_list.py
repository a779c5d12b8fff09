"""What reviews add to the list of conversations."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.conversations import queries
from evenhand.conversations.filters import select
from evenhand.conversations.queries.listing import Position
from evenhand.reviews import services
from evenhand.reviews.models import Review
from tests.reviews.helpers import drawn, save, seat, submit, ticket

URL = "/w/orchard/conversations/"


def numbers(world, query, name="lena"):
    page = queries.page(select(seat(world, name), query), Position())
    return [int(conversation.external_id[1:]) for conversation in page.conversations]


def cells(client, query=""):
    page = BeautifulSoup(client.get(URL + query).content, "html.parser")
    rows = page.select(".convs tbody tr")
    return {row.select_one(".subject").get_text(): row.select_one(".c-score").get_text(" ", strip=True) for row in rows}


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ("reviewed=yes", "lena", [0, 1]),
        ("reviewed=no", "lena", [2, 3, 4, 5]),
        ("reviewed=me", "ravi", [0]),
        ("reviewed=not_me", "ravi", [1, 2, 3, 4, 5]),
        ("reviewer=me", "greta", [1]),
        ("reviewer=-me", "greta", [0, 2, 3, 4, 5]),
        ("review_kind=specialist", "lena", [0, 1]),
        ("review_kind=manager", "lena", []),
        ("reviewed=yes", "nadia", [0]),
    ],
)
def test_reviewed_or_not_and_by_whom(world, query, name, expected):
    submit(world, "ravi", 0)
    submit(world, "greta", 1)
    assert numbers(world, query, name) == expected


def test_the_score_is_the_workspaces(world):
    review = submit(world, "ravi", 0)
    Review.objects.filter(pk=review.pk).update(score=40, score_over_max=60)
    assert numbers(world, "score=..50") == [0]
    world.workspace.score_method = "max_ratio"
    assert numbers(world, "score=..50") == []
    assert numbers(world, "score=60") == [0]


def test_a_deleted_review_does_not_count(world):
    review = submit(world, "ravi", 0)
    Review.objects.filter(pk=review.pk).update(deleted_at="2026-01-01T00:00Z")
    assert numbers(world, "reviewed=yes") == []


def test_drafts_are_ones_own(world, sign_in):
    services.save_draft(seat(world, "ravi"), world.conversations[0], ticket(world, "ravi"), save(world, Tone=3))
    assert (numbers(world, "reviewed=draft", "ravi"), numbers(world, "reviewed=draft", "greta")) == ([0], [])
    assert cells(sign_in(world.ravi))["Question 0"] == "Draft Ravi Reviewer"
    assert cells(sign_in(world.greta))["Question 0"] == "Not reviewed"


def test_the_column_shows_score_reviewer_and_a_failed_critical_category(world, sign_in):
    review = submit(world, "ravi", 0)
    Review.objects.filter(pk=review.pk).update(score=0, critical_failed=True)
    assert cells(sign_in(world.lena))["Question 0"] == "0 Critical Ravi Reviewer"


def test_agents_may_not_learn_who_reviewed(world, sign_in):
    submit(world, "ravi", 0)
    world.workspace.reviewers_hidden = True
    world.workspace.save()
    assert "Ravi" not in cells(sign_in(world.nadia))["Question 0"]
    assert not select(seat(world, "nadia"), "reviewer=me").good


def test_a_pair_in_a_blind_draw_shows_and_tells_nothing(world, sign_in):
    submit(world, "greta", 0)
    drawn(world, 0)
    assert cells(sign_in(world.ravi))["Question 0"] == "Not reviewed"
    assert numbers(world, "reviewed=yes", "ravi") == []
    assert numbers(world, "score=..100", "ravi") == []
    assert numbers(world, "reviewed=yes", "greta") == [0]


@pytest.mark.parametrize("query", ["reviewed=perhaps", "reviewer=nobody", "review_kind=x", "score=good"])
def test_bad_values_say_so(world, query):
    assert select(seat(world, "lena"), query).chosen[0].problem


def test_selected_rows_become_a_queue(world, sign_in):
    picked = [str(world.conversations[n].public_id) for n in (1, 3)]
    client = sign_in(world.ravi)
    address = client.get(URL + "selected/review", {"c": picked})["Location"]
    assert address == f"/w/orchard/review/{picked[0]}?from=list&only={','.join(picked)}"
    following = client.get(f"/w/orchard/review/{picked[0]}/next?{address.partition('?')[2]}")["Location"]
    assert following.startswith(f"/w/orchard/review/{picked[1]}?")


def test_the_page_of_a_conversation_leads_to_its_review_with_the_list(world, sign_in):
    conversation = world.conversations[0]
    page = BeautifulSoup(sign_in(world.ravi).get(f"{URL}{conversation.public_id}?q=parcel").content, "html.parser")
    link = page.select_one("a[data-shortcut=review]")["href"]
    assert link == f"/w/orchard/review/{conversation.public_id}?q=parcel&from=search"
    agent = BeautifulSoup(sign_in(world.nadia).get(f"{URL}{conversation.public_id}").content, "html.parser")
    assert agent.select_one("a[data-shortcut=review]") is None


def test_the_column_asks_the_same_number_of_queries_for_more_reviews(world, sign_in):
    client = sign_in(world.lena)

    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(URL + "?reviewed=yes")
        return len(captured)

    submit(world, "ravi", 0)
    few = count()
    for number in (1, 2, 3):
        submit(world, "ravi", number)
        submit(world, "greta", number)
    assert count() == few

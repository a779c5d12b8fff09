"""Who has been reviewed how often."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evenhand.quality.periods import Period
from evenhand.reviews import coverage
from evenhand.reviews.models import Review
from tests.facts.helpers import add_pairs
from tests.reviews.helpers import seat, submit
from tests.reviews.test_draws import draw

MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))
QUERY = "date=2026-03-01..2026-03-31"


def rows(world, period=MARCH):
    return {row.agent.name: row for row in coverage.of(seat(world, "lena"), period)}


def test_a_pair_counts_once_however_many_reviewed_it(world):
    submit(world, "ravi")
    submit(world, "greta")
    row = rows(world)["Nadia Agent"]
    assert (row.conversations, row.reviewed, row.share) == (3, 1, pytest.approx(1 / 3))
    assert row.last_reviewed


def test_self_reviews_and_deleted_ones_cover_nothing(world):
    submit(world, "ravi")
    Review.objects.update(kind="self")
    assert rows(world)["Nadia Agent"].reviewed == 0


def test_drawn_pairs_wait_until_they_are_reviewed_or_the_draw_is_closed(world):
    found = draw(world, size=6, design="simple")
    assert rows(world)["Nadia Agent"].waiting == 3
    found.items.filter(participation__agent=world.agents["nadia"]).update(state="reviewed")
    assert (rows(world)["Nadia Agent"].waiting, rows(world)["Owen Agent"].waiting) == (0, 3)


def test_those_with_the_fewest_reviews_come_first(world):
    submit(world, "ravi")
    assert list(rows(world)) == ["Owen Agent", "Nadia Agent"]


def test_other_periods_count_for_themselves(world):
    assert rows(world, Period(date(2026, 2, 1), date(2026, 3, 1))) == {}


def page(client, query=QUERY):
    return client.get(f"{reverse('reviews:coverage', args=['orchard'])}?{query}")


def test_the_page_keeps_the_filters_when_the_period_changes(world, sign_in):
    response = page(sign_in(world.lena), f"{QUERY}&q=parcel%20%26%20co&channel=email")
    assert "date=last_month&amp;channel=email&amp;q=parcel%20%26%20co" in response.content.decode()


def test_a_filter_that_cannot_be_read_is_told_at_its_chip(world, sign_in):
    told = page(sign_in(world.lena), f"{QUERY}&agent=nobody&nonsense=1").content.decode()
    assert told.count('class="chip bad"') == 2
    assert "There is no filter of this name." in told


def test_an_empty_page_says_what_to_do(world, sign_in):
    assert "Choose another period" in page(sign_in(world.lena), "date=2020-01-01").content.decode()
    assert "Bring in conversations first" in sign_in(world.sol).get("/w/harbour/coverage/").content.decode()


def test_agents_without_another_role_have_no_coverage(world, sign_in):
    assert page(sign_in(world.nadia)).status_code == 403


def test_the_queries_do_not_grow_with_the_agents(world, sign_in):
    lena = sign_in(world.lena)
    page(lena)
    with CaptureQueriesContext(connection) as few:
        page(lena)
    for number in range(5):
        add_pairs(world, f"Agent {number}", 2, first=100 + 10 * number)
    with CaptureQueriesContext(connection) as many:
        assert len(page(lena).context["rows"]) == 7
    assert len(many) == len(few)

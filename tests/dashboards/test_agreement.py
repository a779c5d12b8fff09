"""The page on agreement: who sees what, and what it says while there is nothing."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.facts.helpers import add_pairs, draw, rate, review

URL = "/w/orchard/agreement/"
MARCH = {"date": "2026-03-01..2026-03-31"}


def double(world, agent, first, count):
    pairs = add_pairs(world, agent, count, first=first)
    items = {item.participation_id: item for item in draw(world, count, seed=first, twice=100).items.all()}
    for number, pair in enumerate(pairs):
        item = items.get(pair.pk)
        for by, score in (("ravi", 60 + number % 5 * 8), ("greta", 55 + number % 7 * 6)):
            made = review(world, pair, score, by, item, blind=True)
            rate(world, made, "Solution", 1 + score // 25)
            rate(world, made, "Tone", 1 + score // 40)


@pytest.fixture
def full(world):
    double(world, "nadia", 10, 12)
    return world


def text(client, **query):
    html = client.get(URL, {**MARCH, **query}).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1]))


def test_while_nothing_was_reviewed_twice_it_says_how_to(world, sign_in):
    page = sign_in(world.lena).get(URL).content.decode()
    assert "Nothing was reviewed twice yet" in page
    assert "?twice=20" in page
    assert "?twice=20" not in sign_in(world.greta).get(URL).content.decode()


def test_a_lead_sees_everybody_by_name(full, sign_in):
    page = text(sign_in(full.lena))
    assert "12 conversations that two or more people reviewed" in page
    assert "Two by two" in page
    assert full.ravi.name in page
    assert full.greta.name in page


def test_a_reviewer_sees_their_own_line_alone(full, sign_in):
    page = text(sign_in(full.ravi))
    assert "Where you stand" in page
    assert "Two by two" not in page
    assert full.greta.name not in page
    assert "Another reviewer" in page


def test_every_category_has_number_interval_and_reading(full, sign_in):
    page = text(sign_in(full.lena))
    row = page[page.index("Solution") : page.index("Tone")]
    assert re.search(r"(Recalibrate first|Talk about it|Good enough to decide with|Not enough yet)", row)
    assert re.search(r"−?\d\.\d\d to −?\d\.\d\d", row)


def test_the_widest_disagreements_lead_to_both_reviews(full, sign_in):
    lena = sign_in(full.lena)
    html = lena.get(URL, MARCH).content.decode()
    links = re.findall(r'href="(/w/orchard/reviews/[^"]+)"', html.split('id="h-widest"', 1)[1])
    assert len(links) == 10
    assert lena.get(links[0]).status_code == 200


def test_queries_do_not_grow_with_reviews(full, sign_in):
    lena = sign_in(full.lena)
    lena.get(URL, MARCH)

    def count():
        with CaptureQueriesContext(connection) as queries:
            lena.get(URL, MARCH)
        return len(queries)

    before = count()
    double(full, "nadia", 60, 12)
    assert count() <= before

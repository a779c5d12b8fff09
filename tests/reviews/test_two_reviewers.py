"""Drawn pairs that two people review, neither seeing what the other said."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenhand.reviews import access, queries
from evenhand.reviews.models import DrawItem, Review
from evenhand.reviews.services import changes
from tests.facts.helpers import add_pairs, draw
from tests.reviews.helpers import drawn, seat, submit


@pytest.fixture
def item(world):
    return drawn(world, wanted=2)


def answer(world, item, name):
    ticket = {"draw_item": item.pk, "selection": "draw", "probability": item.probability}
    return submit(world, name, ticket_values=ticket)


def state(item):
    return DrawItem.objects.get(pk=item.pk).state


def test_a_share_of_a_draw_is_for_two(world):
    add_pairs(world, "nadia", 10)
    wanted = draw(world, 8, twice=50).items.values_list("wanted", flat=True)
    assert sorted(wanted) == [1] * 4 + [2] * 4


def test_a_draw_that_is_not_blind_is_never_for_two(world):
    add_pairs(world, "nadia", 10)
    assert set(draw(world, 8, twice=50, blind=False).items.values_list("wanted", flat=True)) == {1}


def test_it_stays_open_for_the_second_who_sees_nothing_of_the_first(world, item):
    first = answer(world, item, "ravi")
    greta, ravi = seat(world, "greta"), seat(world, "ravi")
    assert state(item) == "open"
    assert first not in access.visible(greta)
    assert first in access.visible(ravi)
    assert item in queries.open_items(greta)
    assert item not in queries.open_items(ravi)


def test_both_reviews_are_blind_and_close_it(world, item):
    answer(world, item, "ravi")
    answer(world, item, "greta")
    assert state(item) == "reviewed"
    assert list(Review.objects.filter(draw_item=item).values_list("blind", flat=True)) == [True, True]
    assert access.visible(seat(world, "greta")).filter(draw_item=item).count() == 2


def test_deleting_one_of_two_opens_it_again(world, item):
    answer(world, item, "ravi")
    second = answer(world, item, "greta")
    changes.delete(seat(world, "greta"), second)
    assert state(item) == "open"


def test_the_form_takes_a_share_for_two_in_blind_draws_alone(world, sign_in):
    add_pairs(world, "nadia", 10)
    lena, url = sign_in(world.lena), reverse("reviews:draw-new", args=[world.workspace.slug])
    form = {"size": 8, "design": "simple", "name": "x", "twice": 25, "date": "2026-03-01..2026-03-31"}
    assert "Only in a blind draw" in lena.post(url, form).content.decode()
    lena.post(url, {**form, "blind": "on"})
    assert DrawItem.objects.filter(wanted=2).count() == 2
    assert 'value="20"' in lena.get(f"{url}?twice=20").content.decode()

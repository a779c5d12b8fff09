"""Who sees which review, and what answers whom."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenhand.reviews import access
from evenhand.reviews.models import Review
from tests.reviews.helpers import drawn, seat, submit


def page(world, number=0, name="page", query=""):
    return reverse(f"reviews:{name}", args=["orchard", world.conversations[number].public_id]) + query


def of(review, name="review"):
    return reverse(f"reviews:{name}", args=["orchard", review.public_id])


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("ada", 200),
        ("mara", 200),
        ("lena", 200),
        ("ravi", 200),
        ("greta", 200),
        ("owen", 200),
        ("nadia", 403),
        ("sol", 404),
    ],
)
def test_who_opens_the_review_page_of_nadias_conversation(world, sign_in, name, status):
    assert sign_in(getattr(world, name)).get(page(world)).status_code == status


@pytest.mark.parametrize(("name", "status"), [("mara", 200), ("greta", 200), ("nadia", 200), ("sol", 404)])
def test_who_reads_a_review_of_nadia(world, sign_in, name, status):
    review = submit(world, "ravi")
    assert sign_in(getattr(world, name)).get(of(review)).status_code == status


def test_an_agent_does_not_see_a_colleagues_review_by_any_address(world, sign_in):
    review = submit(world, "ravi", 1)
    client = sign_in(world.nadia)
    for name in ("review", "edit"):
        assert client.get(of(review, name)).status_code == 404
    for name in ("edit", "delete", "seen", "discard"):
        assert client.post(of(review, name)).status_code == 404
    for name in ("page", "next", "previous"):
        assert client.get(page(world, 1, name)).status_code == 404
    for name in ("draft", "submit"):
        assert client.post(page(world, 1, name)).status_code == 404


@pytest.mark.parametrize(
    ("said", "leads"), [("/w/orchard/me/", "/w/orchard/me/"), ("https://evil.example/", None), ("", None)]
)
def test_seen_leads_back_to_the_page_of_ours_that_it_stood_on(world, sign_in, said, leads):
    review = submit(world, "ravi")
    answer = sign_in(world.nadia).post(of(review, "seen"), {"next": said})
    assert answer["Location"] == (leads or of(review))


def test_an_agent_reads_their_review_without_the_means_to_change_it(world, sign_in):
    review = submit(world, "ravi")
    html = sign_in(world.nadia).get(of(review)).content.decode()
    assert "Ravi Reviewer" in html
    assert of(review, "delete") not in html
    assert of(review, "seen") in html
    assert sign_in(world.nadia).post(of(review, "delete")).status_code == 403


def test_a_workspace_may_hide_who_reviewed_from_agents(world, sign_in):
    world.workspace.reviewers_hidden = True
    world.workspace.save()
    review = submit(world, "ravi")
    assert "Ravi Reviewer" not in sign_in(world.nadia).get(of(review)).content.decode()
    assert "Ravi Reviewer" in sign_in(world.greta).get(of(review)).content.decode()


def test_self_reviews_wait_for_the_workspace_to_allow_them(world, sign_in):
    assert sign_in(world.owen).get(page(world, 1)).status_code == 200
    assert "Nobody to review" in sign_in(world.owen).get(page(world, 1)).content.decode()
    world.workspace.self_reviews_allowed = True
    world.workspace.save()
    assert 'id="sheet"' in sign_in(world.nadia).get(page(world)).content.decode()


def test_a_draft_is_its_writers_alone(world, sign_in):
    submit(world, "ravi")
    Review.objects.update(state="draft")
    assert sign_in(world.mara).post(of(Review.objects.get(), "discard")).status_code == 404
    assert sign_in(world.mara).get(of(Review.objects.get())).status_code == 404
    assert sign_in(world.ravi).post(of(Review.objects.get(), "discard")).status_code == 302


def test_a_blind_draw_hides_the_others_reviews_until_it_is_done(world, sign_in):
    theirs = submit(world, "greta")
    item = drawn(world)
    assert sign_in(world.ravi).get(of(theirs)).status_code == 404
    assert sign_in(world.mara).get(of(theirs)).status_code == 404
    assert sign_in(world.greta).get(of(theirs)).status_code == 200
    submit(world, "ravi", ticket_values={"draw_item": item.pk, "probability": 0.3, "selection": "draw"})
    assert sign_in(world.ravi).get(of(theirs)).status_code == 200


@pytest.mark.parametrize("change", [{"blind": False}, {"state": "refused"}])
def test_an_open_draw_or_a_refused_pair_hides_nothing(world, change):
    submit(world, "greta")
    blind = change.pop("blind", True)
    drawn(world, blind=blind, **change)
    assert access.visible(seat(world, "ravi")).count() == 1


def test_the_agent_sees_their_review_although_a_blind_draw_waits(world):
    submit(world, "greta")
    drawn(world)
    assert access.visible(seat(world, "nadia")).count() == 1


def test_a_pair_drawn_for_somebody_else_hides_nothing_from_me(world):
    submit(world, "greta")
    drawn(world, reviewer=world.lena)
    assert access.visible(seat(world, "ravi")).count() == 1
    assert not access.visible(seat(world, "lena")).exists()


def test_an_agent_who_reviews_themselves_is_led_to_no_page_of_reviewers(world, sign_in):
    world.workspace.self_reviews_allowed = True
    world.workspace.save()
    drawn(world, 2)
    client = sign_in(world.nadia)
    assert client.get(page(world, 0, "next"))["Location"] == reverse("workspace", args=["orchard"])
    submit(world, "nadia")
    assert access.visible(seat(world, "nadia")).get().kind == "self"


def test_a_reviewer_who_is_the_agent_reads_reviews_of_themselves_also_while_a_blind_draw_waits(world):
    review = submit(world, "ravi", 1)
    drawn(world, 1)
    assert access.visible(seat(world, "owen")).get() == review
    assert not access.visible(seat(world, "greta")).exists()

""" "Great example": from anybody who reviews, into the agent's inbox."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenhand.people.models import AuditEntry, Notice, Workspace
from evenhand.reviews.models import Praise
from tests.reviews.helpers import drawn


@pytest.fixture
def at(world):
    ids = world.conversations[0].public_id, world.agents["nadia"].public_id
    return reverse("reviews:praise", args=["orchard", *ids])


def test_praise_lands_in_the_agents_inbox(world, sign_in, at):
    sign_in(world.ravi).post(at, {"words": "  So clear.  "})
    praise, notice = Praise.objects.get(), Notice.objects.get()
    assert (praise.words, praise.given_by, praise.agent) == ("So clear.", world.ravi, world.agents["nadia"])
    assert (notice.user, notice.kind, notice.data["by"]) == (world.nadia, "praise.received", "Ravi Reviewer")


def test_given_again_it_is_told_once(world, sign_in, at):
    ravi = sign_in(world.ravi)
    ravi.post(at, {"words": "Good"})
    ravi.post(at, {"words": "Better"})
    assert Praise.objects.get().words == "Better"
    assert Notice.objects.count() == AuditEntry.objects.filter(action="praise.give").count() == 1


def test_it_can_be_taken_back_by_who_gave_it(world, sign_in, at):
    sign_in(world.ravi).post(at, {"words": "Good"})
    sign_in(world.greta).post(at, {"take_back": "1"})
    assert Praise.objects.count() == 1
    sign_in(world.ravi).post(at, {"take_back": "1"})
    assert Praise.objects.count() == 0


def test_agents_do_not_praise_and_nobody_praises_themselves(world, sign_in, at):
    assert sign_in(world.nadia).post(at).status_code == 403
    own = reverse("reviews:praise", args=["orchard", world.conversations[1].public_id, world.agents["owen"].public_id])
    assert sign_in(world.owen).post(own).status_code == 403
    assert not Praise.objects.exists()


def test_who_took_no_part_is_not_praised(world, sign_in):
    wrong = world.conversations[0].public_id, world.agents["owen"].public_id
    assert sign_in(world.ravi).post(reverse("reviews:praise", args=["orchard", *wrong])).status_code == 404


def test_a_workspace_that_hides_reviewers_hides_who_praised(world, sign_in, at):
    Workspace.objects.update(reviewers_hidden=True)
    sign_in(world.ravi).post(at, {"words": "So clear."})
    nadia = sign_in(world.nadia)
    told = nadia.get(reverse("conversations:conversation", args=["orchard", world.conversations[0].public_id]))
    pages = told.content + nadia.get("/inbox").content + nadia.get("/w/orchard/me/?date=2026-03-01..").content
    assert b"So clear." in pages
    assert b"Ravi" not in pages


def test_a_blind_draw_keeps_praise_back_from_whoever_may_review(world, sign_in, at):
    sign_in(world.greta).post(at, {"words": "So clear."})
    drawn(world)
    url = reverse("conversations:conversation", args=["orchard", world.conversations[0].public_id])
    assert b"So clear." not in sign_in(world.ravi).get(url).content
    assert b"So clear." in sign_in(world.greta).get(url).content
    assert b"So clear." in sign_in(world.nadia).get(url).content

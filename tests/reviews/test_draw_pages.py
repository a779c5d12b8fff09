"""Drawing over HTTP."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evenhand.conversations.models import Group, GroupMembership, Participation
from evenhand.reviews.models import Draw, DrawItem
from tests.reviews.test_draws import draw

QUERY = "date=2026-03-01..2026-03-31"
FORM = {"name": "March", "design": "simple", "size": 3, "min_per_agent": "", "blind": "on",
        "date": "2026-03-01..2026-03-31"}  # fmt: skip


@pytest.fixture
def lena(world, sign_in):
    return sign_in(world.lena)


def url(name, *args):
    return reverse(f"reviews:{name}", args=["orchard", *args])


def test_a_lead_draws_and_sees_how_it_was_drawn(world, lena):
    response = lena.post(url("draw-new"), FORM, follow=True)
    found = Draw.objects.get()
    assert (found.size, found.blind, found.frame_size, found.filters) == (3, True, 6, QUERY)
    page = response.content.decode()
    assert "0 of 3 reviewed, drawn from 6 conversations." in page
    assert str(found.seed) in page
    assert "1 Mar 2026 – 31 Mar 2026" in page


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"size": ""}, "This field is required."),
        ({"size": 7}, "There are 6 conversations to draw from."),
        ({"design": "stratified", "size": 3, "min_per_agent": 2}, "That many of each agent takes at least 4"),
        ({"name": ""}, "This field is required."),
        ({"date": "2025-03-01"}, "There is nothing to draw from"),
        ({"channel": "chat"}, "There is nothing to draw from"),
        ({"agent": "nobody"}, "This agent is not there any more."),
        ({"date": "never"}, "is no day"),
    ],
)
def test_a_form_that_cannot_be_drawn_says_why(world, lena, values, told):
    response = lena.post(url("draw-new"), {**FORM, **values})
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not Draw.objects.exists()


def test_a_draw_of_an_agent_is_of_that_agents_pairs(world, lena):
    owen = world.agents["owen"]
    Participation.objects.create(
        workspace=world.workspace, conversation=world.conversations[0], agent=owen, replies=1, eligible=True,
        dated_at=world.conversations[0].happened_at,
    )  # fmt: skip
    lena.post(url("draw-new"), {**FORM, "agent": str(owen.public_id)})
    assert Draw.objects.get().frame_size == 4
    assert {item.participation.agent for item in DrawItem.objects.all()} == {owen}


def test_a_draw_of_a_group_is_of_who_belonged_to_it(world, lena):
    group = Group.objects.create(workspace=world.workspace, name="Night")
    GroupMembership.objects.create(group=group, agent=world.agents["owen"], since=date(2026, 3, 15))
    response = lena.get(f"{url('draw-new')}?{QUERY}&group={group.public_id}")
    assert response.context["frame"].agents == [world.agents["owen"].pk] * 2
    response = lena.get(f"{url('draw-new')}?{QUERY}&group=-{group.public_id}")
    assert len(response.context["frame"].keys) == 4


def test_one_at_random_is_a_blind_draw_of_one(world, sign_in):
    nadia = world.agents["nadia"]
    response = sign_in(world.ravi).post(url("review-one", nadia.public_id), {"date": "2026-03-01..2026-03-31"})
    item = DrawItem.objects.get()
    assert (item.draw.size, item.draw.blind, item.probability) == (1, True, pytest.approx(1 / 3))
    assert response["Location"] == f"{url('page', item.participation.conversation.public_id)}?item={item.public_id}"


def test_a_review_of_it_records_how_it_came_about(world, sign_in):
    ravi = sign_in(world.ravi)
    at = ravi.post(url("review-one", world.agents["nadia"].public_id), {"date": "2026-03-01..2026-03-31"})["Location"]
    ticket = ravi.get(at).context["bench"].ticket
    assert (ticket.selection, ticket.blind, ticket.probability) == ("draw", True, pytest.approx(1 / 3))
    assert ticket.draw_item == DrawItem.objects.get().pk


def test_one_at_random_says_when_there_is_none_left(world, sign_in):
    ravi, at = sign_in(world.ravi), url("review-one", world.agents["nadia"].public_id)
    for _again in range(3):
        ravi.post(at, {"date": "2026-03-01..2026-03-31"})
    response = ravi.post(at, {"date": "2026-03-01..2026-03-31"}, follow=True)
    assert "was drawn before" in response.content.decode()
    assert Draw.objects.count() == 3


def test_nobody_draws_a_conversation_of_their_own(world, sign_in):
    owen = sign_in(world.owen)
    at = url("review-one", world.agents["owen"].public_id)
    assert owen.post(at, {"date": "2026-03-01..2026-03-31"}).status_code == 403
    assert at not in owen.get(f"{url('coverage')}?{QUERY}").content.decode()
    assert not Draw.objects.exists()


def test_setting_aside_wants_a_reason(world, sign_in):
    item = draw(world).items.first()
    ravi = sign_in(world.ravi)
    ravi.post(url("draw-refuse", item.public_id), {"reason": " "})
    item.refresh_from_db()
    assert item.state == "open"
    ravi.post(url("draw-refuse", item.public_id), {"reason": "Spam"})
    item.refresh_from_db()
    assert (item.state, item.refused_reason) == ("refused", "Spam")


def test_closing_is_a_leads(world, sign_in):
    found = draw(world)
    assert sign_in(world.ravi).post(url("draw-close", found.public_id)).status_code == 403
    sign_in(world.lena).post(url("draw-close", found.public_id))
    found.refresh_from_db()
    assert found.closed_at


def test_the_pages_queries_do_not_grow_with_what_was_drawn(world, lena):
    small, large = draw(world, size=1, design="simple"), draw(world, size=5, design="simple")
    lena.get(url("draw", small.public_id))
    with CaptureQueriesContext(connection) as one:
        lena.get(url("draw", small.public_id))
    with CaptureQueriesContext(connection) as many:
        lena.get(url("draw", large.public_id))
    assert len(many) == len(one)

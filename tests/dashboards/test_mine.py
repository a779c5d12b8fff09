"""An agent's own page."""

from __future__ import annotations

import pytest

from evenhand.conversations.models import Agent
from evenhand.people.models import Workspace
from evenhand.reviews.models import Praise, Review
from tests.dashboards.helpers import HOME, MARCH, fill
from tests.facts.helpers import pair_of, review

ME = "/w/orchard/me/"


@pytest.fixture
def full(world):
    return fill(world)


def mine(client, query=MARCH):
    return client.get(f"{ME}?{query}")


@pytest.mark.parametrize("headline", ["iqs", "average"])
def test_my_number_is_the_dashboards_row(full, sign_in, headline):
    Workspace.objects.update(headline=headline)
    page = sign_in(full.lena).get(f"{HOME}?{MARCH}").context["page"]
    row = next(row for row in page.agents if row.agent.name == "Nadia Agent")
    own = mine(sign_in(full.nadia)).context["mine"]
    assert own.estimate == row.group.estimate
    assert own.team.estimate == page.headline.estimate


def test_i_see_my_reviews_of_the_period_and_nobody_elses(full, sign_in):
    own = mine(sign_in(full.nadia)).context["mine"]
    assert {review.agent.name for review in own.reviews} == {"Nadia Agent"}
    assert len(own.reviews) == Review.objects.filter(agent=full.agents["nadia"]).count()
    assert mine(sign_in(full.nadia), "date=2026-02-01..2026-02-28").context["mine"].reviews == []


def test_too_few_reviews_are_said_to_be(world, sign_in):
    review(world, pair_of(world, 0), 80)
    told = mine(sign_in(world.nadia)).content.decode()
    assert "There are too few reviews for a number of your own. It takes 3 more reviews." in told


def test_nobody_reviewed_me_yet(world, sign_in):
    assert "Nobody has reviewed a conversation of yours" in mine(sign_in(world.nadia)).content.decode()


def test_a_period_that_cannot_be_read_is_told(world, sign_in):
    told = mine(sign_in(world.nadia), "date=never")
    assert "is no day" in told.content.decode()
    assert told.context["chosen"] == "last_90_days"


def test_who_reviewed_may_be_hidden(full, sign_in):
    review(full, pair_of(full, 0), 80, "greta", comment="Well done")
    Praise.objects.create(
        workspace=full.workspace, conversation=full.conversations[0], agent=full.agents["nadia"], given_by=full.greta,
        words="Great",
    )  # fmt: skip
    assert "Greta" in mine(sign_in(full.nadia)).content.decode()
    Workspace.objects.update(reviewers_hidden=True)
    told = mine(sign_in(full.nadia)).content.decode()
    assert "Great" in told.replace("Greta", "")
    assert "Greta" not in told


def test_self_reviews_are_not_among_them(world, sign_in):
    review(world, pair_of(world, 0), 100, "nadia", kind="self")
    assert mine(sign_in(world.nadia)).context["mine"].reviews == []


def test_a_login_without_an_agent_is_told_whom_to_ask(world, sign_in):
    Agent.objects.filter(user=world.nadia).update(user=None)
    response = mine(sign_in(world.nadia))
    assert response.status_code == 200
    assert "Your login is not linked to an agent yet." in response.content.decode()


def test_who_answers_no_customers_has_no_such_page(world, sign_in):
    assert mine(sign_in(world.lena)).status_code == 404


def test_the_lowest_category_is_worth_a_look_unless_all_is_well(full, sign_in):
    own = mine(sign_in(full.nadia)).context["mine"]
    assert "is your lowest category" in own.look
    assert "Macro out of date" in own.look or "name" not in own.look


def test_each_review_is_a_dot_in_its_order(full, sign_in):
    chart = mine(sign_in(full.nadia)).context["mine"].chart
    values = chart.spec["data"]["values"]
    assert [value["i"] for value in values] == list(range(1, len(chart.rows) + 1))
    assert {value["seen"] for value in values} == {True, False}

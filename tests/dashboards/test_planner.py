"""How many reviews: the page, its answers, and where its figures come from."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evenhand.conversations.models import Participation
from evenhand.dashboards.planner.plan import Plan
from evenhand.quality.planner import Spread
from evenhand.reviews.models import Review
from tests.facts.helpers import add_pairs, review

HOME = "/w/orchard/planner/"
TEAM = {"n": 80, "population": 4000, "agents": 20, "minutes": 9, "within": 18, "between": 4}
NB = "\N{NO-BREAK SPACE}"


@pytest.fixture
def lena(world, sign_in):
    return sign_in(world.lena)


def plan(**values):
    return Plan(**{"n": 80, "population": 4000, "agents": 20, "minutes": 9.0, "design": "stratified", "rho": 0.7,
                   "spread": Spread(18, 4), **values})  # fmt: skip


def lately(world):
    """Everything so far lies in the last four weeks."""
    Participation.objects.update(dated_at=timezone.now() - timedelta(days=2))


def test_the_honest_sentence(lena, world):
    page = lena.get(HOME, TEAM)
    assert page.context["plan"].sentence == (
        "With 80 reviews of 20 agents in four weeks, about 12 hours of reviewing, the team’s score is known to"
        f" ±{NB}4.0 points, each agent’s to about ±{NB}18: too wide to compare people."
    )
    assert "<b>80 reviews</b>" in page.content.decode()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"n": 40}, "No agent gets a number of their own: that takes four reviews each."),
        ({"n": 1200}, f"each agent’s to about ±{NB}3.8: close enough to compare people."),
        ({"n": 400}, f"each agent’s to about ±{NB}7.5: enough to coach, too wide to compare people."),
        ({"n": 4000}, "every conversation is reviewed: nothing is left to guess."),
    ],
)
def test_it_says_what_the_margins_are_good_for(values, says):
    assert plan(**values).sentence.endswith(says)


def test_autoqa_stands_for_more_reviews():
    found = plan()
    assert found.corrected.team == pytest.approx(found.alone.team * (1 - 0.49) ** 0.5)
    assert (plan().worth, plan(rho=0.5).worth) == ("2", "1.3")


def test_the_other_questions_are_those_of_the_table_of_sizes():
    found = {answer.question: (answer.alone, answer.corrected) for answer in plan(population=20_000).answers}
    assert found[f"The team’s score to ±{NB}2 points"] == (307, 158)
    assert found["A change of 3 points to show, in each month"][0] == 567
    assert found["All agents, close enough to compare people"] == (20 * 48, 20 * 25)
    assert found["A failure in 2 of 100 to be seen at least once"] == (149, 149)


def test_what_takes_more_than_there_is_is_not_promised():
    found = [answer for answer in plan(population=100, n=80).answers if answer.alone is None]
    assert len(found) >= 3
    assert all(answer.time == "" for answer in found)


def test_people_who_do_not_differ_cannot_be_compared():
    answers = {answer.question: answer.alone for answer in plan(spread=Spread(18, 0)).answers}
    assert answers["All agents, close enough to compare people"] is None


def test_the_curve_falls_and_ends_at_its_limits():
    found = plan()
    sizes, margins = [n for n, *_ in found.curve], [alone.team for _, alone, _ in found.curve]
    assert (sizes[0], sizes[-1]) == (found.lowest, found.highest)
    beyond = [margin for n, margin in zip(sizes, margins, strict=True) if n >= 40]
    assert beyond == sorted(beyond, reverse=True)


def test_the_table_has_the_planned_size_among_round_ones(lena):
    rows = {row[0]: row for row in lena.get(HOME, {**TEAM, "n": 83}).context["chart"].rows}
    assert {20, 40, 83, 100, 200, 600} <= set(rows)
    assert rows[83][1] == f"±{NB}3.9"
    assert rows[20][3] == "–"


def test_without_data_everything_is_named_an_assumption(lena, world):
    Participation.objects.update(dated_at=timezone.now() - timedelta(days=90))
    page = lena.get(HOME)
    values = page.context["form"].settled
    assert (values["population"], values["agents"], values["minutes"], values["rho"]) == (1000, 10, 9.0, 0.7)
    text = page.content.decode()
    assert "Assumed: there were none in four weeks" in text
    assert "Assumed: no AutoQA runs here yet" in text
    assert "Assumed until there are more reviews" in text


def test_with_data_it_begins_with_the_workspaces_own(lena, world):
    for agent, first in (("nadia", 100), ("owen", 200)):
        for place, pair in enumerate(add_pairs(world, agent, 12, first=first)):
            made = review(world, pair, 60 + 3 * place, "ravi")
            Review.objects.filter(pk=made.pk).update(active_seconds=300)
    lately(world)
    page = lena.get(HOME)
    values = page.context["form"].settled
    assert (values["population"], values["agents"], values["minutes"], values["n"]) == (30, 2, 5.0, 8)
    assert values["within"] == pytest.approx(10.6, abs=0.05)
    assert "Measured on 24 reviews, active time only" in page.content.decode()


def test_a_figure_of_ones_own_names_the_one_that_it_replaces(lena, world):
    form = lena.get(HOME, {"agents": 25, "minutes": "9"}).context["form"]
    assert form["agents"].help_text == "Your figure, instead of 10"
    assert form["minutes"].help_text == "Assumed until some are measured"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"population": 50}, "There are 50 conversations in all."),
        ({"minutes": "long"}, "Enter a number."),
        ({"rho": 1}, "less than or equal to 0.99"),
        ({"design": "neyman"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_planned_is_told_and_the_rest_still_answers(lena, values, told):
    page = lena.get(HOME, {**TEAM, **values})
    assert page.status_code == 200
    assert told in page.content.decode()
    assert page.context["plan"].sentence


def test_htmx_gets_the_parts_that_change(lena):
    answer = lena.get(HOME, TEAM, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in answer
    assert 'id="sentence"' in answer
    assert answer.count("hx-swap-oob") == 3


def test_leads_are_led_on_to_the_draw_and_reviewers_are_not(sign_in, world):
    led = "/w/orchard/draws/new?date=last_28_days&amp;size=80&amp;design=stratified"
    assert led in sign_in(world.lena).get(HOME, TEAM).content.decode()
    assert "draws/new" not in sign_in(world.ravi).get(HOME, TEAM).content.decode()


def test_queries_do_not_grow(lena, world):
    lately(world)
    lena.get(HOME)
    with CaptureQueriesContext(connection) as few:
        lena.get(HOME)
    for number, pair in enumerate(add_pairs(world, "third", 30, first=300)):
        review(world, pair, 50 + number, "ravi")
    lately(world)
    with CaptureQueriesContext(connection) as many:
        lena.get(HOME)
    assert len(many) == len(few)

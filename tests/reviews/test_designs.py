"""What each design says before anything is drawn, and what that rests on."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evenhand.quality.planner import Spread
from evenhand.reviews import designs, measured, outlooks
from evenhand.reviews.measured import Measured
from evenhand.reviews.models import Draw, Review
from tests.facts.helpers import add_pairs, pair_of, review
from tests.reviews.helpers import seat

QUERY = "date=2026-03-01..2026-03-31"
FORM = {"name": "March", "design": "stratified", "size": 8, "min_per_agent": 4, "date": "2026-03-01..2026-03-31"}
TEAM = Measured(spread=Spread(18, 4), seconds=540)


def url(query=QUERY):
    return f"{reverse('reviews:draw-new', args=['orchard'])}?{query}"


def reviewed(world):
    """Twelve scores of Nadia's that vary little, twelve of Owen's that vary much; each took four minutes or more."""
    for agent, far, first in (("nadia", 2, 100), ("owen", 30, 200)):
        for place, pair in enumerate(add_pairs(world, agent, 12, first=first)):
            made = review(world, pair, 60 + far * (1 if place % 2 else -1), "ravi")
            Review.objects.filter(pk=made.pk).update(active_seconds=240 + 10 * place)


def offered(frame, n, minimum=4, known=TEAM, taken=None):
    """frame: conversations of each agent, by key."""
    pool = designs.Pool({str(key): size for key, size in frame.items()}, {str(k): m for k, m in (taken or {}).items()})
    return {offer.value: offer for offer in designs.offers(pool, n, minimum, known)}


def test_the_honest_sentence_about_four_reviews_each():
    found = offered(dict.fromkeys(range(1, 21), 200), 80)["stratified"]
    assert (
        found.says == "Team ±\N{NO-BREAK SPACE}4.0; each agent about ±\N{NO-BREAK SPACE}18: too wide to compare people."
    )
    assert found.cost == "12 hours"


def test_few_each_give_no_number_to_anybody():
    found = offered({1: 50, 2: 50}, 6, minimum=2)["simple"]
    assert found.says.endswith("no number for single agents: fewer than four reviews each.")
    assert found.without == ""


def test_a_simple_draw_may_leave_an_agent_without_a_number():
    found = offered({1: 200, 2: 200, 3: 4}, 40)
    assert found["simple"].without == "1 agent gets fewer than four, and no number."
    assert found["stratified"].without == ""


def test_numbers_that_cannot_be_drawn_promise_nothing():
    found = offered({1: 50, 2: 50}, 6)
    assert (found["stratified"].outlook, found["stratified"].says) == (None, "")
    assert found["stratified"].why == "That many of each agent takes at least 8."
    assert found["simple"].outlook is not None
    assert (offered({1: 5}, 6)["simple"].outlook, offered({1: 5}, 6)["simple"].why) == (
        None,
        "Only 5 are left to draw.",
    )


def test_what_was_drawn_before_counts_and_costs_nothing_again():
    alone, after = offered({1: 100, 2: 100}, 20), offered({1: 100, 2: 100}, 20, taken={1: 20, 2: 20})
    assert after["stratified"].outlook == offered({1: 100, 2: 100}, 60)["stratified"].outlook
    assert after["simple"].outlook.agent.n == 30
    assert (after["simple"].cost, alone["simple"].cost) == ("3 hours", "3 hours")


def test_what_two_people_review_takes_twice_as_long():
    pool = designs.Pool({"1": 100}, {})
    found = designs.offers(pool, 40, 4, TEAM, twice=25)[0]
    assert (found.n, found.cost) == (50, "8 hours")


def test_all_that_is_left_leaves_nothing_to_guess():
    found = offered({1: 10, 2: 10, 3: 5}, 15, taken={1: 5, 3: 5})
    assert [offer.says for offer in found.values()] == [
        "Every conversation would be reviewed: nothing is left to guess."
    ] * 2
    assert offered({1: 10}, 1, taken={1: 10})["simple"].outlook is None


def test_unequal_spreads_are_worth_a_design_of_their_own():
    known = Measured(spread=Spread(20, 2), own={1: 5.0, 2: 28.0})
    found = offered({1: 500, 2: 500}, 60, known=known)
    assert found["neyman"].outlook.team < found["stratified"].outlook.team
    assert "neyman" not in offered({1: 500, 2: 500, 3: 9, 4: 9, 5: 9}, 60, known=known)


def test_until_there_are_reviews_everything_is_named_an_assumption(world):
    known = measured.measured(seat(world, "lena"))
    assert (known.spread, known.scores, known.timed) == (Spread(18, 4), 0, 0)
    assert outlooks.basis(known) == (
        "Scores spread by 18 points within an agent and 4 between agents, assumed until there are more reviews. "
        "A review takes 9 minutes, assumed until some are measured."
    )


def test_then_it_is_measured(world):
    reviewed(world)
    known = measured.measured(seat(world, "lena"))
    assert (known.scores, known.timed, known.seconds) == (24, 24, 295)
    low, high = known.own[world.agents["nadia"].pk], known.own[world.agents["owen"].pk]
    assert low < known.spread.within < high
    assert "measured on 24 reviews" in outlooks.basis(known)


@pytest.mark.parametrize("values", [{"kind": "self"}, {"state": "draft"}, {"score": None}])
def test_what_counts_nowhere_measures_nothing(world, values):
    reviewed(world)
    Review.objects.update(**values)
    assert measured.measured(seat(world, "lena")).scores == 0


def test_the_page_has_each_design_with_what_it_says(world, sign_in):
    reviewed(world)
    response = sign_in(world.lena).get(url())
    page = response.content.decode()
    assert [offer.value for offer in response.context["form"].offers] == ["stratified", "simple", "neyman"]
    assert page.count("Team ±\N{NO-BREAK SPACE}") == 3
    assert 'value="stratified" checked' in page


def test_numbers_can_be_tried_without_drawing(world, sign_in):
    add_pairs(world, "nadia", 40)
    add_pairs(world, "owen", 40, first=200)
    lena = sign_in(world.lena)
    answer = lena.post(url(), {**FORM, "size": 60, "preview": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "60 reviews, about 9 hours" in answer
    assert "<html" not in answer
    whole = lena.post(url(), {**FORM, "size": 60, "preview": "1"})
    assert (whole.status_code, "60 reviews, about 9 hours" in whole.content.decode()) == (200, True)
    assert not Draw.objects.exists()


def test_more_is_drawn_where_scores_vary_more(world, sign_in):
    reviewed(world)
    sign_in(world.lena).post(url(), {**FORM, "design": "neyman", "size": 15, "min_per_agent": 2})
    found = Draw.objects.get()
    drawn = {stratum.agent.name: stratum.drawn for stratum in found.strata.select_related("agent")}
    assert (found.design, found.size) == ("neyman", 15)
    assert drawn["Owen Agent"] > drawn["Nadia Agent"] >= 2
    chance = {stratum.agent_id: stratum.drawn / stratum.population for stratum in found.strata.all()}
    for item in found.items.select_related("participation"):
        assert item.probability == pytest.approx(chance[item.participation.agent_id])


def test_a_design_without_data_cannot_be_chosen(world, sign_in):
    response = sign_in(world.lena).post(url(), {**FORM, "design": "neyman", "size": 6, "min_per_agent": 2})
    assert response.status_code == 422
    assert "too few reviews yet for this design" in response.content.decode()


def test_four_of_each_agent_are_the_default(world, sign_in):
    form = sign_in(world.lena).get(url()).context["form"]
    assert (form.initial["min_per_agent"], form.initial["size"]) == (4, 6)


def test_an_address_may_set_the_numbers_beforehand(world, sign_in):
    form = sign_in(world.lena).get(url(f"{QUERY}&size=5&design=simple")).context["form"]
    assert (str(form["size"].value()), form.chosen) == ("5", "simple")


def test_a_drawn_sample_says_its_filters_in_words_and_stands_under_coverage(world, sign_in):
    lena = sign_in(world.lena)
    page = lena.post(url(), {**FORM, "design": "simple", "size": 2, "channel": "email"}, follow=True).content.decode()
    assert "channel=email" not in page
    assert "<dt>Channel is</dt><dd>E-mail</dd>" in page
    assert 'href="/w/orchard/coverage/" aria-current="page"' in page
    assert 'href="/w/orchard/coverage/" aria-current="page"' in lena.get(url()).content.decode()


def test_the_pages_queries_do_not_grow_with_reviews_and_agents(world, sign_in):
    lena = sign_in(world.lena)
    review(world, pair_of(world, 0), 80, "ravi")
    lena.get(url())
    with CaptureQueriesContext(connection) as few:
        lena.get(url())
    reviewed(world)
    with CaptureQueriesContext(connection) as many:
        lena.get(url())
    assert len(many) == len(few)

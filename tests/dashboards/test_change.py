"""The page of changes: its words, periods, and what it refuses to compare."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.dashboards.change import words
from evenhand.dashboards.models import Watching
from evenhand.facts.metrics.changes import AGENT, Compared
from evenhand.people.models import AuditEntry
from evenhand.quality.change import Change
from evenhand.reviews.models import Rating, Review
from evenhand.scorecards.models import ScorecardVersion
from tests.dashboards.helpers import fill
from tests.facts.helpers import add_pairs, rate, review
from tests.worlds import NOW

HOME = "/w/orchard/change/"
MARCH = "date=2026-03-11..2026-03-20"


@pytest.fixture
def lena(world, sign_in):
    return sign_in(world.lena)


def reviewed(world, name, scores, days_ago, number):
    """Reviews of one conversation of an agent, each with a rating of Solution; the review average counts every one."""
    pair = add_pairs(world, name, 1, first=number)[0]
    for score in scores:
        rate(world, review(world, pair, score, dated_at=NOW - timedelta(days=days_ago)), "Solution", 1 + score // 25)


@pytest.fixture
def risen(world):
    """Nadia is better than in the ten days before, Owen as he was."""
    reviewed(world, "nadia", [40, 45, 50, 55, 60, 50], 12, 100)
    reviewed(world, "nadia", [95, 90, 100, 95, 90, 100], 2, 120)
    reviewed(world, "owen", [70, 75, 80, 75, 70, 80], 12, 140)
    reviewed(world, "owen", [70, 75, 80, 75, 75, 80], 2, 160)
    return world


def html(client, query=MARCH):
    return re.sub(r"\s+", " ", client.get(f"{HOME}?{query}").content.decode())


def test_words_come_first_and_say_what_stands(risen, lena):
    told = html(lena)
    nadia = told[told.index('<th scope="row">Nadia') :][:1500]
    assert re.search(r"▲</span> up: between \d+ and \d+ points", nadia)
    owen = told[told.index('<th scope="row">Owen') :][:1500]
    assert re.search(r"no clear change: between −\d+ and \+\d+", owen)
    assert re.search(r"Of \d comparisons, \d stand after allowing for how many were made", told)


def test_it_says_what_changed_in_the_agents_and_what_in_who_answered(risen, lena):
    told = html(lena)
    assert "The agents themselves, with one fixed mix of them: up by" in told
    assert "Who answered more and who less: no clear change" in told


def test_two_periods_can_be_chosen(risen, lena):
    page = lena.get(f"{HOME}?{MARCH}&against_from=2026-03-02&against_to=2026-03-08").context["page"]
    assert (page.earlier.period.start.day, page.earlier.period.last.day) == (2, 8)
    assert page.problem == ""
    assert "against=2026-03-02..2026-03-08" in page.asked.query


@pytest.mark.parametrize(
    "against", ["2026-03-10..2026-03-12", "2026-03-12..2026-03-10", "yesterday", "2026-13-01..2026-13-02"]
)
def test_a_period_that_cannot_be_compared_is_said_and_the_one_before_taken(risen, lena, against):
    page = lena.get(f"{HOME}?{MARCH}&against={against}").context["page"]
    assert page.problem
    assert page.earlier.period.last.day == 10


def test_another_version_of_the_scorecard_is_not_compared(risen, lena):
    version = ScorecardVersion.objects.create(
        scorecard=risen.scorecard, number=2, state="archived", published_at=datetime(2026, 3, 10, tzinfo=NOW.tzinfo)
    )
    Review.objects.filter(dated_at__gte=NOW - timedelta(days=5)).update(version=version)
    told = html(lena)
    assert "Scorecard changed: not compared." in told
    assert "scorecard changed: not compared" in told
    page = lena.get(f"{HOME}?{MARCH}").context["page"]
    assert not any(one.change.has_number for one in page.changes.agents)
    assert all(one.change.has_number for one in page.changes.categories), "a category of one scale goes on"


def test_a_category_on_another_scale_is_not_compared(risen, lena):
    Rating.objects.filter(review__dated_at__gte=NOW - timedelta(days=5)).update(scale_max=10)
    assert "scale changed: not compared" in html(lena)


def test_few_reviews_are_counted_and_not_compared(world, lena):
    reviewed(world, "nadia", [40, 45, 50], 12, 100)
    reviewed(world, "nadia", [95, 90, 100, 95], 2, 120)
    assert "too few to compare: 3 and 4 reviews" in html(lena)


def test_without_reviews_it_says_so(world, lena):
    told = html(lena)
    assert "No reviews in either period" in told
    assert "Nothing is watched yet" in told


def test_the_budget_is_an_audited_setting_of_leads(world, lena, sign_in):
    assert "False alarms a year" in html(lena)
    lena.post(f"{HOME}budget/", {"per_year": "4"})
    lena.post(f"{HOME}budget/", {"per_year": "4"})
    assert Watching.objects.get(workspace=world.workspace).per_year == 4
    entry = AuditEntry.objects.get(workspace=world.workspace, action="workspace.setting")
    assert (entry.actor, entry.data) == (
        world.lena,
        {"setting": "false_alarms", "old": "2", "new": "4", "name": "Orchard"},
    )
    assert "False alarms a year" not in html(sign_in(world.ravi))


def test_a_budget_of_nothing_is_refused(world, lena):
    told = lena.post(f"{HOME}budget/", {"per_year": "0"}, follow=True).content.decode()
    assert "whole number from 1 to 52" in told
    assert not Watching.objects.exists()


def test_queries_do_not_grow_with_agents(risen, lena):
    html(lena)
    with CaptureQueriesContext(
        connection,
    ) as few:
        html(lena)
    for number in range(6):
        reviewed(risen, f"Agent {number}", [60, 70, 80, 90], 12, 200 + number)
        reviewed(risen, f"Agent {number}", [60, 70, 80, 90], 2, 300 + number)
    with CaptureQueriesContext(connection) as many:
        assert "Agent 5" in html(lena)
    assert len(many) == len(few)


def test_filters_hold_here_too(risen, lena):
    told = html(lena, f"{MARCH}&agent={risen.agents['nadia'].public_id}")
    assert '<th scope="row">Nadia' in told
    assert '<th scope="row">Owen' not in told


@pytest.mark.parametrize(
    ("change", "stands", "told"),
    [
        ((5, 2, 7), True, "up: between 2 and 7 points"),
        ((-5, -7, -2), True, "down: between 2 and 7 points"),
        ((5, 2, 7), False, "perhaps up: between 2 and 7, but it may be chance"),
        ((1, -3, 5), False, "no clear change: between −3 and +5"),
        ((0.5, 0.2, 0.8), True, "up: between 0.2 and 0.8 points"),
    ],
)
def test_a_row_in_words(change, stands, told):
    assert words.row(Compared(AGENT, 1, Change(*change, 9, 9, "pooled"), stands=stands)) == told


def test_the_dashboard_of_a_filled_world_can_be_compared(world, lena):
    fill(world)
    assert "What changed" in html(lena, "date=2026-03-01..2026-03-31")

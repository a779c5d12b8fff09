"""The page about agents: estimates side by side, and no ranking that chance would make."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.conversations.models import Agent
from evenhand.dashboards.agents import words
from evenhand.facts.load import engine
from evenhand.reviews.models import Review
from tests.dashboards.helpers import MARCH, counted, fill, links
from tests.facts.helpers import add_pairs, review

HOME = "/w/orchard/agents/"


@pytest.fixture
def lena(world, sign_in):
    engine()
    return sign_in(world.lena)


@pytest.fixture
def full(world):
    return fill(world)


def show(client, query=""):
    return client.get(f"{HOME}?{MARCH}&{query}")


def rows(client, query=""):
    return show(client, query).context["page"].rows


def reviewed(world, **scores):
    """So many reviews of each agent, by hand."""
    for place, (name, given) in enumerate(scores.items()):
        pairs = add_pairs(world, name, len(given), first=200 + 50 * place)
        for pair, score in zip(pairs, given, strict=True):
            review(world, pair, score)


ALIKE = {"owen": [80, 60, 100, 70], "nadia": [70, 90, 60, 85], "amy": [100, 50, 85, 75]}


def test_agents_who_cannot_be_told_apart_stand_by_name_without_ranks(world, lena):
    reviewed(world, **ALIKE)
    response = show(lena)
    page = response.context["page"]
    assert not page.reliable
    names = [row.agent.name for row in page.rows]
    assert names == sorted(names, key=str.casefold)
    html = response.content.decode()
    assert "nobody gets a rank" in html
    assert not re.search(r"<(td|th)[^>]*>\s*#?1\.?\s*</", html)


def test_a_column_sorts_and_the_page_says_that_this_is_no_ranking(world, lena):
    reviewed(world, **ALIKE)
    values = [row.estimate.value for row in rows(lena, "sort=score")]
    assert values == sorted(values, reverse=True)
    html = show(lena, "sort=score").content.decode()
    assert 'aria-sort="descending"' in html
    assert "this is no ranking" in html
    assert show(lena, "sort=telepathy").context["page"].column == "name"
    assert not show(lena, "sort=score").context["asked"].chips()


def test_agents_who_stand_clear_of_each_other_are_marked_and_ordered(world, lena):
    reviewed(world, nadia=[30, 35, 40] * 10, owen=[90, 95, 100] * 10)
    page = show(lena).context["page"]
    assert page.reliable
    assert [row.standing for row in page.rows] == ["clear above the others", "clear below the others"]
    assert [row.side for row in page.rows] == ["probably above", "probably below"]  # of two, the mean is unsure
    assert "enough to put agents in an order" in show(lena).content.decode()


def test_too_few_reviews_say_how_many_are_missing_and_nothing_else(world, lena):
    reviewed(world, **ALIKE, mia=[90, 20])
    row = next(row for row in rows(lena) if row.agent.name == "mia")
    html = " ".join(show(lena).content.decode().split())
    cells = html[html.index(">mia</a>") :].split("</tr>")[0]
    assert f"{row.group.needed} more" in cells
    assert cells.count("<td>–</td>") == 1
    assert "below" not in cells


def test_each_row_leads_to_the_rows_behind_it(full, lena):
    for row in rows(lena):
        target = next(href for href, name in links(show(lena).content.decode(), HOME) if name == row.agent.name)
        assert counted(lena.get(target)) == row.group.n


def test_it_follows_the_dashboards_filters(full, lena):
    owen = full.agents["owen"]
    assert [row.agent for row in rows(lena, f"agent={owen.public_id}")] == [owen]
    assert show(lena, "channel=chat").context["page"].rows == []
    assert lena.get(f"{HOME}?date=2025-01-01..2025-01-31").context["page"].rows == []


def test_the_chart_draws_what_the_table_says(full, lena):
    chart = show(lena).context["chart"]
    shown = [row for row in rows(lena) if row.estimate.has_number]
    assert [row[0] for row in chart.rows] == [row.agent.name for row in shown]
    assert [dot["value"] for dot in chart.spec["data"]["values"]] == [row.estimate.value for row in shown]
    assert chart.spec["layer"][0]["data"]["values"] == [{"team": show(lena).context["page"].headline.estimate.value}]


def test_the_same_as_csv(full, lena):
    table = list(csv.DictReader(io.StringIO(show(lena, "format=csv&of=numbers").content.decode())))
    assert [row["agent"] for row in table] == [row.agent.name for row in show(lena).context["page"].agents]


def test_an_agent_learns_nothing_of_it(full, sign_in):
    nadia = sign_in(full.nadia)
    assert nadia.get(HOME).status_code == 404
    assert HOME not in nadia.get("/w/orchard/me/").content.decode()


def test_more_agents_take_no_more_queries(full, lena):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            show(lena)
        return len(found)

    queries()
    before = queries()
    reviewed(full, **{f"agent{number}": [80, 90, 70, 60] for number in range(6)})
    assert Agent.objects.count() > 6
    assert queries() == before
    assert Review.objects.count() > 30


@pytest.mark.parametrize(
    ("below", "told", "odds"),
    [
        (0.999, "almost certainly below", "99 % below"),
        (0.93, "very probably below", "93 % below"),
        (0.8, "probably below", "80 % below"),
        (0.5, "cannot be told", "50 % below"),
        (0.2, "probably above", "20 % below"),
        (0.0, "almost certainly above", "1 % below"),
    ],
)
def test_probabilities_in_words(below, told, odds):
    assert words.side(below) == told
    assert words.odds(below) == odds

"""The dashboard's page: its words, filters, periods, charts and tables."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evenhand.conversations.models import Agent, Conversation
from evenhand.dashboards import tables
from evenhand.people.models import AuditEntry, Workspace
from evenhand.reviews.models import Review
from evenhand.scorecards.models import ScorecardVersion
from tests.dashboards.helpers import HOME, MARCH, fill, links
from tests.facts.helpers import add_pairs, pair_of, review
from tests.worlds import NOW


@pytest.fixture
def lena(world, sign_in):
    return sign_in(world.lena)


@pytest.fixture
def full(world):
    return fill(world)


def show(client, query=MARCH):
    return client.get(f"{HOME}?{query}")


def html(client, query=MARCH):
    return show(client, query).content.decode()


def test_without_reviews_it_says_what_to_do_next(world, lena):
    told = html(lena)
    assert "No reviews in this period" in told
    assert any(href.startswith("/w/orchard/draws/new?date=2026-03-01..2026-03-31") for href, _w in links(told))


def test_without_conversations_it_leads_to_the_imports(world, lena, sign_in):
    Conversation.objects.filter(workspace=world.workspace).update(deleted_at=NOW)
    told = html(lena)
    assert "No conversations yet" in told
    assert ("/w/orchard/imports/", "Import conversations") in links(told)
    assert "Import conversations" not in html(sign_in(world.ravi))


def test_reviews_that_nobody_drew_are_named_so_with_one_click_to_draw(world, lena):
    for number in range(4):
        review(world, pair_of(world, number), 80)
    told = html(lena, f"{MARCH}&channel=email")
    assert "Review average, not drawn at random" in told
    target = next(href for href, words in links(told) if words == "Draw a sample")
    assert target == "/w/orchard/draws/new?date=2026-03-01..2026-03-31&channel=email"
    assert lena.get(target).context["frame"].keys


def test_who_may_not_draw_is_not_offered_to(world, sign_in):
    assert "draws/new" not in html(sign_in(world.ravi))


def test_whole_points_where_the_interval_is_wide(full, lena):
    page = show(lena).context["page"]
    assert page.headline.estimate.half_width > 1
    assert f'<span class="figure">{round(page.headline.estimate.value)}</span>' in html(lena)


def test_the_change_says_that_the_scorecard_changed_in_between(full, lena):
    Review.objects.filter(selection="list").update(dated_at=NOW - timedelta(days=25))
    Workspace.objects.update(headline="average")
    early = [pair_of(full, n) for n in range(4)]
    for pair in early:
        review(full, pair, 66, "greta", dated_at=NOW - timedelta(days=30))
    assert "In between" not in html(lena, "date=2026-03-01..2026-03-18")
    ScorecardVersion.objects.create(
        scorecard=full.scorecard, number=2, state="archived", published_at=datetime(2026, 3, 3, tzinfo=NOW.tzinfo)
    )
    told = html(lena, "date=2026-03-01..2026-03-18")
    assert "In between: scorecard changed." in told


def test_changes_of_settings_and_scorecards_are_marks_in_the_trend(full, lena):
    ScorecardVersion.objects.create(
        scorecard=full.scorecard, number=2, state="archived", published_at=datetime(2026, 3, 3, tzinfo=NOW.tzinfo)
    )
    made = AuditEntry.objects.create(
        workspace=full.workspace, action="workspace.setting", actor_name="Lena", data={"setting": "score_method"},
        at=datetime(2026, 3, 10, tzinfo=NOW.tzinfo),
    )  # fmt: skip
    assert made.at.day == 10
    marks = [value for layer in spec_of(html(lena))["layer"] for value in layer.get("data", {}).get("values", [])]
    words = {mark["at"][:6]: mark["words"] for mark in marks if "side" in mark}
    assert words == {"23 Feb": "this period", "2 Mar|": "scorecard changed", "9 Mar|": "setting changed"}


def spec_of(told, number=0):
    specs = re.findall(r'<template[^>]*class="chart-spec"[^>]*>(.*?)</template>', told, re.DOTALL)
    return json.loads(specs[number])


def test_every_chart_is_json_with_its_table_beside_it(full, lena):
    told = html(lena)
    assert told.count('<figure class="chart">') == told.count("Show as a table") == 2
    trend = spec_of(told)
    rows = re.findall(r"<tr><th scope=\"row\">(\d+ \w+)</th>", told)
    assert [value["at"].split("|")[0] for value in trend["data"]["values"]] == rows[: len(trend["data"]["values"])]
    assert {value["words"] for layer in trend["layer"] for value in layer.get("data", {}).get("values", [])} >= {
        "81 average, 2021", "88 average, 2023",
    }  # fmt: skip
    assert "They are no target" in told


@pytest.mark.parametrize("grain", ["day", "week", "month"])
def test_the_trend_begins_with_a_whole_step(full, lena, grain):
    page = show(lena, f"{MARCH}&grain={grain}").context["page"]
    starts = {"day": True, "week": page.trend_period.start.weekday() == 0, "month": page.trend_period.start.day == 1}
    assert starts[grain]
    assert sum(row[-1] for row in page.trend.rows) >= page.headline.estimate.n


def test_from_and_to_are_a_period(full, lena):
    asked = show(lena, "from=2026-03-17&to=2026-03-18").context["asked"]
    assert (asked.filters.period.start, asked.filters.period.last) == (date(2026, 3, 17), date(2026, 3, 18))
    assert "date=2026-03-17..2026-03-18" in asked.query
    open_end = show(lena, "from=2026-03-17&to=").context["asked"].filters.period
    assert open_end.start == date(2026, 3, 17)
    assert open_end.last == timezone.localdate()


@pytest.mark.parametrize("query", ["date=..", "from=1970-01-01&to=9998-12-31&grain=day", "date=..2026-03-18&grain=day"])
def test_a_period_without_end_is_cut_to_what_there_is(full, lena, query):
    page = show(lena, query).context["page"]
    assert page.headline.average.n == 16
    assert len(page.trend.rows) < 400


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("date=yesteryear", "is no day"),
        ("agent=nobody", "This agent is not there any more."),
        ("group=nobody", "This group is not there any more."),
        ("scorecard=x", "There is none of this name any more."),
        ("reviewer=019fb300-0000-7000-8000-000000000000", "There is none of this name any more."),
        ("nonsense=1", "There is no filter of this name."),
        ("from=2026-03-18&to=2026-03-01", "The first day is after the last one."),
    ],
)
def test_a_value_that_cannot_be_read_is_told_at_its_chip(full, lena, query, told):
    page = html(lena, query)
    chip = page.split('class="chip bad"')[1].split("</a>")[0]
    assert told in chip


def test_a_chip_takes_its_filter_away(full, lena):
    told = html(lena, f"{MARCH}&channel=email&reviewer={full.greta.public_id}")
    away = [href for href, _words in links(told) if href.startswith(f"{HOME}?") and "channel" not in href]
    assert f"{HOME}?{MARCH}&reviewer={full.greta.public_id}" in away


def test_me_is_whoever_looks(full, sign_in):
    page = show(sign_in(full.owen), f"{MARCH}&agent=me").context["page"]
    assert [row.agent.name for row in page.agents] == ["Owen Agent"]


@pytest.mark.parametrize("of", tables.TABLES)
def test_every_table_is_csv_with_full_numbers(full, lena, of):
    response = show(lena, f"{MARCH}&format=csv&of={of}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    head, *rows = csv.reader(io.StringIO(response.content.decode()))
    assert {len(row) for row in rows} == {len(head)}
    if of == "numbers":
        value = float(rows[0][1])
        assert value != round(value)
        assert value == show(lena).context["page"].headline.estimate.value


def test_the_csv_is_what_the_page_shows(full, lena):
    page = show(lena).context["page"]
    rows = list(csv.DictReader(io.StringIO(show(lena, f"{MARCH}&format=csv&of=agents").content.decode())))
    assert [(row["agent"], int(row["n"])) for row in rows] == [(r.agent.name, r.group.n) for r in page.agents]
    assert show(lena, f"{MARCH}&format=csv&of=nothing").status_code == 404


def test_a_spreadsheet_runs_nothing_that_an_agent_is_called(full, lena):
    Agent.objects.filter(name="Nadia Agent").update(name='=HYPERLINK("x")')
    names = [row[0] for row in csv.reader(io.StringIO(show(lena, f"{MARCH}&format=csv&of=agents").content.decode()))]
    assert '\'=HYPERLINK("x")' in names


def test_the_queries_do_not_grow_with_reviews_agents_and_groups(full, lena):
    show(lena)
    with CaptureQueriesContext(connection) as few:
        show(lena)
    for number in range(4):
        for pair in add_pairs(full, f"Agent {number}", 5, first=100 + 10 * number):
            review(full, pair, 70 + number)
    with CaptureQueriesContext(connection) as many:
        assert len(show(lena).context["page"].shrinkage.groups) == 2  # by hand: not in the IQS
    assert len(many) == len(few)


def test_agents_cannot_open_it(full, sign_in):
    nadia = sign_in(full.nadia)
    for path in ("", "behind/reviews/", "?format=csv"):
        assert nadia.get(f"{HOME}{path}").status_code == 403


def test_looking_at_one_agent_shows_the_teams_estimate_of_them(full, lena):
    nadia = full.agents["nadia"]
    team = {row.agent.pk: row.group for row in show(lena).context["page"].agents}
    alone = show(lena, f"{MARCH}&agent={nadia.public_id}").context["page"].agents
    assert [row.group.estimate for row in alone] == [team[nadia.pk].estimate]


def test_a_table_of_agents_says_no_mean_of_a_single_review(world, lena):
    review(world, pair_of(world, 0), 40, "greta")
    rows = list(csv.DictReader(io.StringIO(show(lena, f"{MARCH}&format=csv&of=agents").content.decode())))
    assert [(row["agent"], row["n"], row["value"], row["plain_mean"]) for row in rows] == [("Nadia Agent", "1", "", "")]

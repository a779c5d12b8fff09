"""No number of a page is alone: wherever an estimate's value is written, its interval and its n are beside it."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from evenhand.facts.words.figures import points
from evenhand.people.models import Workspace
from tests.dashboards.helpers import HOME, MARCH, fill

PAGES = {
    "dashboard": ("lena", HOME, "page"),
    "agents": ("lena", "/w/orchard/agents/", "page"),
    "mine": ("nadia", "/w/orchard/me/", "mine"),
}
NO_ESTIMATES = {"page": "", "mine": ", .chart"}
# What stands for a whole number: a sentence, a row of a table, an entry of a list, the headline.
PLACE = "p, tr, .score-figure, .figures > div, .chips"


@pytest.fixture(params=["iqs", "average"])
def full(world, request):
    Workspace.objects.update(headline=request.param)
    return fill(world)


def shown(client, address, name):
    response = client.get(f"{address}?{MARCH}")
    soup = BeautifulSoup(response.content.decode(), "html.parser")
    # A drawing repeats what its table says; what a button opens is said beside the number already. The chart of an
    # agent's own page shows single reviews, which are no estimates.
    for part in soup.select("script, template, svg, .meaning, .legend, .feedback, thead" + NO_ESTIMATES[name]):
        part.extract()
    return soup.select_one("main"), response.context[name]


def estimates(name, page):
    if name == "mine":
        return [page.estimate, page.team.estimate]
    agents = [row.group.estimate for row in page.agents]
    if name == "agents":
        return [page.headline.estimate, *agents]
    categories = [row.number.estimate for row in page.categories]
    return [page.headline.estimate, page.headline.average, page.pass_rate, page.csat, *agents, *categories]


REACH = re.compile(r"between [\d.]+ (– )?and [\d.]+|[\d.]+ to [\d.]+")


@pytest.mark.parametrize("name", PAGES)
def test_a_value_stands_beside_its_interval_and_n(full, sign_in, name):
    person, address, context = PAGES[name]
    main, page = shown(sign_in(getattr(full, person)), address, context)
    values = {points(one.value, one.half_width) for one in estimates(name, page) if one.has_number}
    written = [text for text in main.find_all(string=True) if str(text).strip(" \u202f%") in values]
    assert written
    for text in written:
        place = next((tag for tag in text.parents if tag.css.match(PLACE)), None)
        assert place, f"{text} stands alone"
        said = " ".join(place.get_text(" ").split())
        assert REACH.search(said), f"{text} has no interval: {said}"
        assert len(re.findall(r"\d[\d.,]*", said)) >= 4, f"{text} has no n: {said}"


@pytest.mark.parametrize("name", PAGES)
def test_every_number_has_a_button_that_says_what_it_is_worth(full, sign_in, name):
    person, address, context = PAGES[name]
    main, page = shown(sign_in(getattr(full, person)), address, context)
    buttons = main.select(".about > button[popovertarget]")
    shown_here = [one for one in estimates(name, page) if one.has_number][: 1 if name == "mine" else None]
    assert len(buttons) >= len(shown_here)
    assert all("What this number says" in button.get_text() for button in buttons)

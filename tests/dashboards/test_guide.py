"""The guide: short, linked, and true of what it computes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from evenhand.dashboards.guide.pages import PAGES, SLUGS
from evenhand.dashboards.guide.pictures import PICTURES
from evenhand.facts.words import KINDS
from evenhand.facts.words.figures import rounded


def opened(client, slug):
    response = client.get(reverse("dashboards:guide", args=[slug]))
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


@pytest.fixture
def lena(world, sign_in):
    return sign_in(world.lena)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_is_short_and_has_pictures_with_their_tables(lena, slug):
    article = opened(lena, slug).select_one("article")
    figures = [figure.extract() for figure in article.select("figure.chart")]
    assert 1 <= len(figures) <= 2
    assert all(figure.select_one("table tbody tr") and figure.select_one(".chart-spec") for figure in figures)
    assert 250 <= len(article.get_text(" ").split()) <= 450


@pytest.mark.parametrize("slug", SLUGS)
def test_every_figure_that_a_page_names_is_computed(lena, slug):
    """A sentence may hold the figures of its picture, and those small ones that are part of the language."""
    plain = {"0", "1", "3", "4", "5", "7", "10", "20", "50", "70", "79", "80", "81", "82", "88", "100", "0.67", "0.7",
             "0.8"}  # fmt: skip
    article = opened(lena, slug).select_one("article")
    for part in article.select("figure.chart, .eyebrow"):
        part.extract()
    told = article.get_text(" ").replace(",", "")
    for number in _flat(PICTURES[slug]().told):
        plain |= {str(rounded(abs(number), digits)) for digits in range(3)}
    assert set(re.findall(r"\d+(?:\.\d+)?", told)) <= plain


def _flat(told):
    for value in told.values():
        for one in value if isinstance(value, tuple) else (value,):
            yield from (one.value, one.low, one.high) if hasattr(one, "low") else (one,)


def test_pages_lead_to_their_neighbours(lena):
    middle = opened(lena, SLUGS[1])
    hrefs = [middle.select_one(f"a[rel={rel}]")["href"] for rel in ("prev", "next")]
    assert hrefs == [reverse("dashboards:guide", args=[slug]) for slug in (SLUGS[0], SLUGS[2])]
    assert not opened(lena, SLUGS[0]).select("a[rel=prev]")
    assert not opened(lena, SLUGS[-1]).select("a[rel=next]")


def test_the_contents_list_every_page_and_every_page_of_the_product_leads_there(lena):
    address = reverse("dashboards:guide-contents")
    listed = BeautifulSoup(lena.get(address).content.decode(), "html.parser").select(".guide-contents a")
    assert [link.string for link in listed] == [str(page.title) for page in PAGES]
    assert f'href="{address}"' in lena.get("/w/orchard/review/").content.decode()


def test_the_documentation_names_every_page():
    table = (Path(__file__).parents[2] / "docs/guide/README.md").read_text()
    listed = re.findall(r"\n\| (.+) \| `/guide/([\w-]+)/` \|", table)
    assert listed == [(str(page.title), page.slug) for page in PAGES]


def test_every_number_leads_to_a_page_that_there_is():
    assert {kind.page for kind in KINDS.values()} <= set(SLUGS)


def test_there_is_no_other_page(lena):
    assert lena.get("/guide/nothing/").status_code == 404


@pytest.mark.parametrize(
    ("person", "slug", "to"),
    [
        ("lena", "random-draws", "reviews:draw-new"), ("greta", "random-draws", "reviews:work"),
        ("lena", "intervals", "dashboards:dashboard"), ("nadia", "intervals", "dashboards:mine"),
        ("nadia", "ranks", None),
    ],
)  # fmt: skip
def test_one_tries_it_where_one_may(world, sign_in, person, slug, to):
    link = opened(sign_in(getattr(world, person)), slug).select_one(".try a")
    assert (link["href"].split("#")[0] if link else None) == (to and reverse(to, args=["orchard"]))


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_offered_to_try_is_there_for_whoever_is_offered_it(world, sign_in, slug):
    for person in ("lena", "greta", "nadia"):
        client = sign_in(getattr(world, person))
        link = opened(client, slug).select_one(".try a")
        assert link is None or client.get(link["href"]).status_code == 200


def told(slug):
    return PICTURES[slug]().told


def test_the_pictures_show_what_their_sentences_say():
    assert told("intervals")["holds"] > 0.9 * told("intervals")["people"]
    small = told("small-samples")
    assert small["half_10"] > small["half_30"] > small["half_120"]
    ranks = told("ranks")
    assert ranks["gap"] > 15 > 5 > ranks["fair_gap"]
    assert ranks["stayed"] < 4 < ranks["best_later"]
    draws = told("random-draws")
    assert draws["random_many"].contains(draws["truth"])
    assert not draws["picked_many"].contains(draws["truth"])
    blind = told("blind-review")
    assert blind["blind"] >= 18 > 12 > blind["beside"]
    corrected = told("corrected-autoqa")
    assert corrected["half_corrected"] < 0.75 * corrected["half_alone"]
    assert corrected["holds"] >= 17
    both, kind, guess = told("agreement")["alpha"]
    assert both.value > 0.6 > 0.2 > max(kind.value, guess.value)
    assert min(share.value for share in told("agreement")["percent"]) > 65
    assert told("change")["clear"] <= 1 < told("change")["steps"]
    plan = told("planning")
    assert 1.8 < plan["few_team"] / plan["many_team"] < 2.2
    assert plan["many_agent"] > 3 * plan["many_team"]
    assert told("benchmarks")["highest"] - told("benchmarks")["lowest"] > 10

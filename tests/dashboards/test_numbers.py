"""Every number opens a page that counts what it counted."""

from __future__ import annotations

import csv
import io
import re

import pytest

from evenhand.people.models import Workspace
from tests.dashboards.helpers import HOME, MARCH, counted, fill, first_number, links

QUESTIONS = {
    "all": "",
    "by channel": "&channel=email",
    "not by channel": "&channel=-chat",
    "by tag": "&tag=vip",
    "by text": "&q=parcel%201",
    "by review date": "&dates=review",
    "by reviewer": "&reviewer={greta}",
    "by agent": "&agent={nadia}",
    "by group": "&group={nights}",
    "by satisfaction": "&csat=positive",
}


@pytest.fixture
def lena(world, sign_in):
    fill(world)
    return sign_in(world.lena)


def asked(world, question):
    from evenhand.conversations.models import Group

    return f"{HOME}?{MARCH}" + QUESTIONS[question].format(
        greta=world.greta.public_id, nadia=world.agents["nadia"].public_id,
        nights=Group.objects.get(name="Nights").public_id,
    )  # fmt: skip


def behind(html):
    """(address, number) of every link that leads behind a number; a cause's number is in the cell beside it."""
    found = [(href, first_number(words)) for href, words in links(html) if "/behind/" in href or "/category/" in href]
    causes = re.findall(r'href="([^"]*/cause/[^"]*)">[^<]*</a></th><td class="num">(\d+)', html)
    return found + [(links(f'<a href="{href}">x</a>')[0][0], int(n)) for href, n in causes]


@pytest.mark.parametrize(("question", "headline"), [*((question, "iqs") for question in QUESTIONS), ("all", "average")])
def test_every_number_opens_a_page_whose_count_is_its_n(world, lena, question, headline):
    Workspace.objects.update(headline=headline)
    html = lena.get(asked(world, question)).content.decode()
    found = behind(html)
    assert 'class="chip bad"' not in html
    assert len(found) >= 6
    counts = {href: counted(lena.get(href)) for href, _n in found}
    assert dict(found) == counts


def test_the_whole_dashboard_has_all_its_numbers(world, lena):
    html = lena.get(asked(world, "all")).content.decode()
    kinds = {re.search(r"(behind/\w+|category|cause)", href).group() for href, _n in behind(html)}
    assert kinds >= {"behind/reviews", "behind/csat", "behind/critical", "behind/timed", "behind/average",
                     "behind/unseen", "behind/conversations", "category", "cause"}  # fmt: skip


def test_the_headline_is_what_a_hand_count_says(world, lena):
    page = lena.get(asked(world, "all")).context["page"]
    assert (page.headline.name, page.headline.reviews, page.headline.estimate.n) == ("iqs", 13, 12)
    assert (page.headline.left_out, page.headline.average.n, page.headline.frame) == (3, 16, 22)
    by_tag = lena.get(asked(world, "by tag")).context["page"]
    assert by_tag.headline.frame == 4


def test_rows_behind_a_number_lead_to_their_review_or_conversation(world, lena):
    html = lena.get(f"{HOME}behind/average/?{MARCH}").content.decode()
    targets = [href for href, _words in links(html) if "/reviews/" in href]
    assert len(targets) == 16
    assert lena.get(targets[0]).status_code == 200
    html = lena.get(f"{HOME}behind/frame/?{MARCH}").content.decode()
    assert sum("/conversations/" in href for href, _words in links(html)) >= 22


def test_long_lists_are_cut_into_pages(world, lena, monkeypatch):
    monkeypatch.setattr("evenhand.dashboards.behind.PAGE_SIZE", 10)
    first = lena.get(f"{HOME}behind/average/?{MARCH}")
    last = lena.get(f"{HOME}behind/average/?{MARCH}&page=2")
    assert [len(r.context["found"].rows) for r in (first, last)] == [10, 6]
    assert counted(first) == counted(last) == 16
    assert lena.get(f"{HOME}behind/average/?{MARCH}&page=99").context["found"].page == 2
    assert lena.get(f"{HOME}behind/average/?{MARCH}&page=x").context["found"].page == 1


def test_what_a_blind_draw_hides_is_counted_and_not_shown(world, sign_in):
    from tests.facts.helpers import draw, pair_of, review

    review(world, pair_of(world, 0), 37, "greta")
    draw(world, 6, design="simple")
    told = sign_in(world.ravi).get(f"{HOME}behind/average/?{MARCH}").content.decode()
    assert 'data-count="1"' in told
    assert "hidden until you have reviewed it" in told
    assert "37" not in re.sub(r'"[^"]*"', "", told)


@pytest.mark.parametrize("pairs", [1, 4])
def test_a_failure_is_neither_counted_among_few_nor_named_through_a_blind_draw(world, sign_in, pairs):
    from evenhand.reviews.models import Review
    from tests.facts.helpers import draw, pair_of, rate, review

    for number in range(pairs):
        rate(world, review(world, pair_of(world, number), 0, "greta"), "Privacy", 1)
    Review.objects.update(critical_failed=True, score_uncritical=60)
    draw(world, 6, design="simple")
    ravi = sign_in(world.ravi)
    told = ravi.get(f"{HOME}?{MARCH}").content.decode()
    assert ("behind/critical/" in told) == ("failed" in told) == (pairs == 4)
    listed = ravi.get(f"{HOME}behind/critical/?{MARCH}").content.decode()
    assert f'data-count="{pairs if pairs == 4 else 0}"' in listed
    assert "/conversations/" not in listed.split("<tbody>")[1].split("</tbody>")[0]
    rows = list(csv.DictReader(io.StringIO(ravi.get(f"{HOME}?{MARCH}&format=csv&of=categories").content.decode())))
    assert [row["failed"] for row in rows] == ["4" if pairs == 4 else ""]


def test_no_such_number_is_not_found(world, lena):
    assert lena.get(f"{HOME}behind/nothing/").status_code == 404
    assert counted(lena.get(f"{HOME}cause/Nobody%20named%2Fthis/?{MARCH}")) == 0

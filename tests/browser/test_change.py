"""The page of changes in Chromium: two periods chosen by keyboard, the chart as a table, axe."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from evenhand.conversations.models import Participation
from evenhand.reviews.models import Review
from tests.browser.steps import tab_to, visit
from tests.facts.helpers import review
from tests.worlds import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOME = "/w/orchard/change/?date=2026-03-11..2026-03-20"
SCORES = (80, 70, 90, 60)


@pytest.fixture
def opened(page, signed_in, world):
    pairs = list(Participation.objects.filter(workspace=world.workspace).order_by("pk")[:2])
    for days in range(0, 7 * 14, 7):
        for pair in pairs:
            for score in SCORES:
                review(world, pair, score, dated_at=NOW - timedelta(days=days))
    Review.objects.filter(dated_at__gt=NOW - timedelta(days=5)).update(score=40)
    signed_in(world.lena)
    visit(page, HOME)
    return page


def test_two_periods_are_chosen_by_keyboard(opened):
    summary = opened.locator(".from-to summary")
    tab_to(opened, summary)
    opened.keyboard.press("Enter")
    tab_to(opened, opened.get_by_label("From", exact=True).nth(1))
    opened.keyboard.type("02242026")
    tab_to(opened, opened.get_by_role("button", name="Compare"))
    with opened.expect_navigation():
        opened.keyboard.press("Enter")
    expect(opened.locator(".page-head .soft")).to_have_text("11 Mar to 20 Mar, against 24 Feb to 10 Mar")


def test_words_and_chart_can_be_read_without_colour_or_mouse(opened, axe):
    row = opened.get_by_role("row").filter(has_text="Nadia Agent").first
    expect(row).to_contain_text("between")
    expect(opened.locator("#h-watch")).to_be_visible()
    figure = opened.locator("figure.chart")
    expect(figure).to_have_attribute("data-drawn", "")
    tab_to(opened, figure.locator("summary"))
    opened.keyboard.press("Enter")
    expect(figure.get_by_role("table")).to_be_visible()
    axe()


def test_a_phone_needs_no_sideways_scrolling(opened):
    opened.set_viewport_size({"width": 360, "height": 800})
    assert opened.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0

"""Agreement by keyboard alone: to both reviews of a disagreement, and from an empty page to a draw for two."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import tab_to, visit
from tests.dashboards.test_agreement import URL, double

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MARCH = f"{URL}?date=2026-03-01..2026-03-31"


def test_a_disagreement_is_followed_by_keyboard_to_both_reviews(page, signed_in, world):
    double(world, "nadia", 10, 8)
    signed_in(world.lena)
    visit(page, MARCH)
    expect(page.get_by_role("row", name=re.compile("Solution")).first).to_contain_text(" to ")
    more = page.get_by_text("More numbers", exact=True)
    tab_to(page, more)
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="AC2")).to_be_visible()
    tab_to(page, page.locator(".disagreement").first.get_by_role("link", name="Ravi").first)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/reviews/"))


def test_an_empty_page_leads_to_a_draw_that_two_people_review(page, signed_in, world):
    signed_in(world.lena)
    visit(page, MARCH)
    tab_to(page, page.get_by_role("link", name="Draw a sample, partly for two"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_label("Reviewed by two people, in %")).to_have_value("20")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 360)])
def test_it_reads_well_everywhere(page, signed_in, world, axe, scheme, width):
    double(world, "nadia", 10, 8)
    signed_in(world.lena)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, MARCH)
    axe()
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0

"""Choosing a design in Chromium, by keyboard, with what each will say in sight."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from evenhand.reviews.models import Draw
from tests.browser.steps import tab_to, visit, write
from tests.browser.test_dashboard import overflow
from tests.facts.helpers import add_pairs, review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "/w/orchard/draws/new?date=2026-03-01..2026-03-31"


@pytest.fixture
def opened(page, signed_in, world):
    for agent, far, first in (("nadia", 2, 100), ("owen", 30, 200)):
        for place, pair in enumerate(add_pairs(world, agent, 40, first=first)):
            if place < 12:
                review(world, pair, 60 + far * (1 if place % 2 else -1), "ravi")
    signed_in(world.lena)
    return visit(page, NEW)


def test_numbers_are_tried_and_a_design_is_chosen_without_a_mouse(opened):
    write(opened, "How many", "70")
    cards = opened.locator("#designs")
    expect(cards).to_contain_text("70 reviews, about 11 hours")
    write(opened, "At least per agent optional", "40")
    expect(cards).to_contain_text("That many of each agent takes at least 80.")
    write(opened, "At least per agent optional", "4")
    expect(cards).not_to_contain_text("takes at least")
    tab_to(opened, opened.get_by_role("radio", name="By agent: at least so many of each"))
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("ArrowDown")
    expect(opened.get_by_role("radio", name="By agent, more where scores vary more")).to_be_checked()
    tab_to(opened, opened.get_by_role("button", name="Draw", exact=True))
    with opened.expect_navigation(url="**/draws/**"):
        opened.keyboard.press("Enter")
    found = Draw.objects.get()
    assert (found.design, found.size) == ("neyman", 70)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_designs_read_well_everywhere(opened, axe, screenshot, scheme, width):
    opened.emulate_media(color_scheme=scheme)
    opened.set_viewport_size({"width": width, "height": 900})
    visit(opened, f"{NEW}&size=30")
    axe()
    screenshot(f"designs-{width}-{scheme}")
    assert overflow(opened) <= 0

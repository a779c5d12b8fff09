"""The page about agents in Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import visit
from tests.browser.test_dashboard import overflow
from tests.dashboards.helpers import MARCH, fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(page, signed_in, world):
    fill(world)
    signed_in(world.lena)
    return visit(page, f"/w/orchard/agents/?{MARCH}")


def test_it_is_sorted_and_read_by_keyboard_alone(opened):
    expect(opened.locator("figure.chart[data-drawn] svg.marks")).to_be_visible()
    opened.get_by_role("link", name="Score", exact=True).focus()
    opened.keyboard.press("Enter")
    expect(opened.locator("#agents th[aria-sort=descending]")).to_have_text("Score")
    opened.locator("#agents tbody th a").first.focus()
    opened.keyboard.press("Enter")
    expect(opened).to_have_url(re.compile("/dashboard/behind/conversations/"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_it_reads_well_everywhere(opened, axe, screenshot, scheme, width):
    opened.emulate_media(color_scheme=scheme)
    opened.set_viewport_size({"width": width, "height": 900})
    opened.reload()
    expect(opened.locator("figure.chart[data-drawn]")).to_have_count(1)
    axe()
    screenshot(f"agents-{width}-{scheme}")
    assert overflow(opened) <= 0

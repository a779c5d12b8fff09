"""An agent's own page in Chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from evenhand.reviews.models import Review
from tests.browser.steps import visit
from tests.browser.test_dashboard import overflow
from tests.dashboards.helpers import MARCH, fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(page, signed_in, world):
    fill(world)
    signed_in(world.nadia)
    return visit(page, f"/w/orchard/me/?{MARCH}")


def test_a_review_is_marked_as_seen_by_keyboard(opened, world):
    mine = Review.objects.filter(agent=world.agents["nadia"])
    before = mine.filter(seen_at=None).count()
    with opened.expect_navigation():
        opened.keyboard.press("v")
    assert mine.filter(seen_at=None).count() == before - 1
    assert opened.url.endswith(f"/w/orchard/me/?{MARCH}")


def test_t_opens_the_table_of_the_dots(opened):
    expect(opened.locator("figure.chart[data-drawn] svg.marks")).to_be_visible()
    opened.keyboard.press("t")
    expect(opened.get_by_role("table")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_it_reads_well_everywhere(opened, axe, screenshot, scheme, width):
    opened.emulate_media(color_scheme=scheme)
    opened.set_viewport_size({"width": width, "height": 900})
    opened.reload()
    expect(opened.locator("figure.chart[data-drawn]")).to_have_count(1)
    axe()
    screenshot(f"my-quality-{width}-{scheme}")
    assert overflow(opened) <= 0

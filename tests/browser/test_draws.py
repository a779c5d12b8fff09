"""Coverage and drawing in Chromium, by keyboard."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from evenhand.reviews.models import Draw, DrawItem
from tests.browser.steps import ready, tab_to, visit, write
from tests.browser.test_dashboard import overflow
from tests.facts.helpers import pair_of, review
from tests.reviews.test_draws import draw

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MARCH = "date=2026-03-01..2026-03-31"


def coverage(page, signed_in, user):
    signed_in(user)
    return visit(page, f"/w/orchard/coverage/?{MARCH}")


def test_one_at_random_opens_blind(page, signed_in, world):
    for number in (0, 2, 4):
        review(world, pair_of(world, number), 37, "greta", comment="A secret remark")
    coverage(page, signed_in, world.ravi)
    tab_to(page, page.get_by_role("row", name="Nadia Agent").get_by_role("button"))
    with page.expect_navigation(url="**/review/**"):
        page.keyboard.press("Enter")
    item = DrawItem.objects.get()
    assert (item.draw.size, item.draw.blind, item.participation.agent.name) == (1, True, "Nadia Agent")
    expect(page.get_by_role("region", name="Queue")).to_contain_text("Blind: other reviews appear after you submit")
    assert "A secret remark" not in page.content()


def test_a_sample_is_drawn_without_a_mouse(page, signed_in, world):
    coverage(page, signed_in, world.lena)
    tab_to(page, page.get_by_role("link", name="Draw a sample"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    write(page, "At least per agent optional", "2")
    write(page, "How many", "4")
    with page.expect_navigation(url="**/draws/**"):
        page.keyboard.press("Enter")
    assert Draw.objects.get().size == 4
    expect(page.get_by_text("0 of 4 reviewed, drawn from 6 conversations.")).to_be_visible()
    ready(page)
    with page.expect_navigation(url="**/review/**"):
        page.keyboard.press("n")
    expect(page.get_by_role("region", name="Queue")).to_contain_text("1 of 4")


def test_a_size_that_cannot_be_is_told_at_its_field(page, signed_in, world):
    signed_in(world.lena)
    page.goto(f"/w/orchard/draws/new?{MARCH}")
    page.get_by_label("How many").fill("99")
    page.get_by_label("How many").press("Enter")
    expect(page.get_by_text("There are 6 conversations to draw from.")).to_be_visible()
    expect(page.get_by_label("How many")).to_have_attribute("aria-invalid", "true")


def test_setting_aside_by_keyboard(page, signed_in, world):
    found = draw(world, size=1, design="simple")
    signed_in(world.ravi)
    page.goto(reverse("reviews:draw", args=["orchard", found.public_id]))
    tab_to(page, page.locator("td summary"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Why it cannot be reviewed"))
    page.keyboard.type("Spam")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name="Set aside: Spam")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_pages_read_well_everywhere(page, signed_in, world, axe, screenshot, scheme, width):
    found = draw(world, size=4)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    signed_in(world.lena)
    paths = {"coverage": f"/w/orchard/coverage/?{MARCH}", "draw-new": f"/w/orchard/draws/new?{MARCH}",
             "draw": reverse("reviews:draw", args=["orchard", found.public_id])}  # fmt: skip
    for name, path in paths.items():
        page.goto(path)
        axe()
        screenshot(f"{name}-{width}-{scheme}")
        assert overflow(page) <= 0, name

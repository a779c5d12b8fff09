"""The button beside a number, and the guide that it leads to: by keyboard, by finger, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_dashboard import overflow, tab_to
from tests.dashboards.helpers import HOME, MARCH, fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADLINE = ".score-figure .about"


@pytest.fixture
def opened(page, signed_in, world):
    fill(world)
    signed_in(world.lena)
    page.goto(f"{HOME}?{MARCH}")
    page.wait_for_selector("html[data-ready]")
    return page


def test_it_opens_and_closes_by_keyboard_and_leads_to_the_guide(opened, axe):
    button, sheet = opened.locator(f"{HEADLINE} button"), opened.locator(f"{HEADLINE} .meaning")
    tab_to(opened, button)
    opened.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("It cannot say")
    axe()
    opened.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()
    opened.keyboard.press("Space")
    opened.keyboard.press("Tab")
    expect(sheet.get_by_role("link")).to_be_focused()
    with opened.expect_navigation():
        opened.keyboard.press("Enter")
    expect(opened.get_by_role("heading", level=1)).to_have_text("Random and hand-picked")


def test_on_a_phone_it_lies_inside_the_window(opened, axe):
    opened.set_viewport_size({"width": 360, "height": 700})
    for about in opened.locator(".about").all()[:6]:
        about.locator("button").click()
        box = about.locator(".meaning").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["y"] + box["height"] <= 700
        opened.keyboard.press("Escape")
    assert overflow(opened) <= 0


def test_it_needs_no_script(chromium, live_server, context, signed_in, world):
    fill(world)
    signed_in(world.lena)
    plain = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=context.storage_state()
    )
    page = plain.new_page()
    page.goto(f"{HOME}?{MARCH}", timeout=60_000)
    page.locator(f"{HEADLINE} button").click()
    expect(page.locator(f"{HEADLINE} .meaning")).to_be_visible()
    plain.close()


@pytest.fixture
def guide(page, signed_in, world):
    signed_in(world.nadia)

    def at(slug):
        page.goto(f"/guide/{slug}/" if slug else "/guide/", timeout=60_000)
        page.wait_for_selector("html[data-ready]")
        return page

    return at


def test_the_guide_is_read_by_keyboard(guide):
    page = guide("")
    tab_to(page, page.get_by_role("link", name="What “between” means"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("figure.chart[data-drawn]")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", level=1)).to_have_text("What “between” means")
    tab_to(page, page.get_by_role("link", name="Next Small samples"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Small samples")


@pytest.mark.parametrize(
    ("slug", "width", "scheme"), [("ranks", 360, "dark"), ("change", 1440, "light"), ("", 360, "light")]
)
def test_the_guide_reads_well_everywhere(guide, page, axe, slug, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    guide(slug)
    if slug:
        expect(page.locator("figure.chart[data-drawn]")).to_have_count(2)
    axe()
    assert overflow(page) <= 0

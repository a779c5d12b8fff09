"""The dashboard in Chromium: drawn, read as tables, filtered and followed by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.steps import tab_to, visit
from tests.dashboards.helpers import HOME, MARCH, fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(page, signed_in, world):
    fill(world)
    signed_in(world.lena)
    return show(page)


def show(page, query=MARCH):
    visit(page, f"{HOME}?{query}")
    expect(page.locator("figure.chart[data-drawn]")).to_have_count(2)
    return page


def overflow(page):
    return page.evaluate("document.scrollingElement.scrollWidth - innerWidth")


def test_the_charts_are_drawn_and_t_opens_their_table(opened):
    chart = opened.locator("figure.chart").first
    expect(chart.locator("svg.marks")).to_be_visible()
    chart.scroll_into_view_if_needed()
    opened.keyboard.press("t")
    expect(chart.get_by_role("table")).to_be_visible()
    expect(chart.get_by_role("row", name="16 Mar")).to_be_visible()
    opened.keyboard.press("t")
    expect(chart.get_by_role("table")).to_be_hidden()


def test_filter_by_keyboard(opened):
    opened.keyboard.press("f")
    agent = opened.get_by_role("combobox", name="Agent")
    tab_to(opened, agent)
    opened.keyboard.type("Nadia")
    opened.keyboard.press("Enter")
    tab_to(opened, opened.locator(".add-filter").get_by_role("button", name="Show"))
    with opened.expect_navigation():
        opened.keyboard.press("Enter")
    expect(opened.locator(".chip").first).to_contain_text("Nadia Agent")
    expect(opened.get_by_role("row").filter(has_text="Owen Agent")).to_have_count(0)


def test_a_number_is_followed_and_left_again_with_its_filters(opened):
    tab_to(opened, opened.locator(".headline").get_by_role("link", name="13 reviews"))
    with opened.expect_navigation():
        opened.keyboard.press("Enter")
    expect(opened.locator("[data-count]")).to_have_attribute("data-count", "13")
    tab_to(opened, opened.get_by_role("link", name="Dashboard, 1 Mar to 31 Mar"))
    with opened.expect_navigation():
        opened.keyboard.press("Enter")
    assert opened.url.endswith(f"{HOME}?{MARCH}")


def test_from_and_to_by_keyboard(opened):
    tab_to(opened, opened.locator(".from-to summary"))
    opened.keyboard.press("Enter")
    opened.get_by_label("From", exact=True).fill("2026-03-10")
    opened.get_by_label("to", exact=True).fill("2026-03-17")
    with opened.expect_navigation():
        opened.keyboard.press("Enter")
    expect(opened.get_by_role("heading", level=1)).to_have_text("Quality, 10 Mar to 17 Mar")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_it_reads_well_everywhere(opened, axe, screenshot, scheme, width):
    opened.emulate_media(color_scheme=scheme)
    opened.set_viewport_size({"width": width, "height": 900})
    show(opened)
    axe()
    screenshot(f"dashboard-{width}-{scheme}")
    assert overflow(opened) <= 0


def test_long_names_do_not_break_a_phone(opened, world, axe):
    from evenhand.conversations.models import Agent
    from evenhand.scorecards.models import Lineage

    Agent.objects.update(name="Wilhelmina-Alexandrine van der Grootenhuijsen-Oberschleissheim " * 2)
    Lineage.objects.update(name="Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichen")
    opened.set_viewport_size({"width": 360, "height": 900})
    show(opened)
    axe()
    assert overflow(opened) <= 0


@pytest.mark.parametrize("path", ["behind/reviews/", "behind/csat/", "behind/frame/"])
def test_the_rows_behind_a_number_fit_a_phone(opened, axe, path):
    opened.set_viewport_size({"width": 360, "height": 900})
    opened.goto(f"{HOME}{path}?{MARCH}")
    axe()
    assert overflow(opened) <= 0


def test_an_empty_dashboard_fits_too(page, signed_in, world, axe):
    signed_in(world.lena)
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(f"{HOME}?{MARCH}")
    expect(page.get_by_role("link", name="Draw a sample")).to_be_visible()
    axe()
    assert overflow(page) <= 0

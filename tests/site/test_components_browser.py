"""Dialogs, menus, theme, charts and their tables, in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from evenhand.site.build import CHART_BUNDLE, build_chart_bundle

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def _chart_bundle():
    if not CHART_BUNDLE.exists():
        build_chart_bundle()


def drawn(page):
    """Wait for both charts. (A function to poll would be evaluated, which the content policy forbids.)"""
    page.locator(".chart[data-drawn]").nth(1).wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_patterns_has_no_fault_that_axe_knows(patterns, axe, theme, width):
    page = patterns(theme)
    page.set_viewport_size({"width": width, "height": 900})
    drawn(page)
    axe()


@pytest.mark.parametrize("width", [1600, 1024, 768, 360])
def test_nothing_runs_over_the_edge(patterns, width):
    page = patterns()
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_the_map_of_keys_opens_closes_and_gives_the_focus_back(patterns):
    page = patterns()
    button = page.locator(".colophon [data-opens='#keys']")
    button.click()
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    assert button.evaluate("element => element === document.activeElement")


def test_a_question_mark_opens_the_map_and_its_cross_closes_it(patterns):
    page = patterns()
    page.keyboard.press("?")
    page.locator("#keys").get_by_role("button", name="Close").click()
    assert not page.locator("#keys").is_visible()


def test_a_press_beside_closes_a_map_but_not_a_question(patterns):
    page = patterns()
    page.keyboard.press("?")
    page.mouse.click(5, 5)
    assert not page.locator("#keys").is_visible()
    page.get_by_role("button", name="Erase the conversation").first.click()
    page.mouse.click(5, 5)
    assert page.locator("#ask-light").is_visible()


def test_keys_of_the_page_sleep_under_a_dialog(patterns):
    page = patterns()
    page.keyboard.press("?")
    page.keyboard.press("t")
    page.keyboard.press("Escape")
    assert page.locator(".chart details[open]").count() == 0


def test_a_menu_closes_on_escape_and_when_one_goes_elsewhere(patterns):
    page = patterns()
    menu = page.locator("details.menu").first
    menu.locator("summary").click()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    menu.locator("summary").click()
    page.locator("h1").click()
    assert menu.get_attribute("open") is None


def test_the_theme_goes_round(patterns):
    page = patterns("")
    button = page.locator("[data-do=theme]")
    seen = []
    for _turn in range(3):
        button.click()
        seen.append(
            (page.evaluate("document.documentElement.dataset.theme ?? ''"), " ".join(button.inner_text().split()))
        )
    assert seen == [("light", "Theme: light"), ("dark", "Theme: dark"), ("", "Theme: system")]


def test_a_dark_page_has_dark_paper_and_charts_of_its_own(patterns):
    page = patterns("dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(20, 21, 23)"
    drawn(page)
    lines = page.locator(".canvas path[stroke-width='2']")
    assert lines.first.get_attribute("stroke") != lines.last.get_attribute("stroke")


def test_the_table_stands_in_the_chart_s_place(patterns):
    page = patterns()
    chart = page.locator("figure.chart").first
    chart.scroll_into_view_if_needed()
    drawn(page)
    chart.locator("summary").focus()
    page.keyboard.press("t")
    assert chart.get_by_role("table").is_visible()
    assert not chart.locator(".canvas").is_visible()
    assert page.locator("#live").inner_text().strip() == "Show as a chart"


def test_without_the_bundle_the_table_is_shown(patterns, page):
    page.route("**/vega-bundle.js", lambda route: route.abort())
    patterns()
    chart = page.locator("figure.chart").first
    chart.get_by_role("table").wait_for()
    assert not chart.locator(".canvas").is_visible()


def test_a_key_field_takes_the_key_that_is_pressed(patterns):
    page = patterns()
    field = page.locator("[data-key-field]").first
    field.focus()
    for pressed, value in (("Control+Enter", "mod+enter"), ("q", "q"), ("Backspace", "")):
        page.keyboard.press(pressed)
        assert field.input_value() == value


@pytest.mark.parametrize(
    ("status", "words"), [(0, "The server does not answer"), (403, "not allowed"), (500, "a fault")]
)
def test_a_failed_request_is_told_and_stays_until_closed(patterns, status, words):
    page = patterns()
    kind = "htmx:responseError" if status else "htmx:sendError"
    page.evaluate("([kind, xhr]) => htmx.trigger(document.body, kind, { xhr })", [kind, {"status": status}])
    assert words in page.get_by_role("alert").last.inner_text()
    page.locator("#trouble button").click()
    assert page.locator("#trouble").inner_text() == ""


def test_scripts_and_styles_keep_to_the_content_policy(patterns, page):
    broken = []
    page.on(
        "console", lambda message: broken.append(message.text) if "Content Security Policy" in message.text else None
    )
    patterns()
    drawn(page)
    assert broken == []


def test_the_skip_link_leads_to_the_content(patterns):
    page = patterns()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

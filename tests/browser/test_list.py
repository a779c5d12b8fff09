"""The list of conversations by keyboard and with htmx."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import arrived, still, visit
from tests.worlds import add_conversation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
URL = "/w/orchard/conversations/"


@pytest.fixture
def opened(world, signed_in, page):
    def open_list(user=None, query=""):
        signed_in(user or world.ravi)
        return visit(page, URL + query)

    return open_list


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_rows_are_walked_selected_and_opened_without_a_mouse(world, opened):
    page = opened()
    press(page, "j", "j", "x", "j", "x")
    expect(page.locator("[data-picked]")).to_have_text("2 selected")
    press(page, "k", "Enter")
    arrived(page, "Question 1")
    press(page, "n")
    expect(page.locator("h1")).to_have_text("Question 2")


def test_escape_clears_the_selection_and_the_bar_goes(opened):
    page = opened()
    expect(page.locator(".bulk")).to_be_hidden()
    press(page, "j", "x")
    expect(page.locator(".bulk")).to_be_visible()
    press(page, "Escape")
    expect(page.locator(".bulk")).to_be_hidden()


def test_all_on_the_page_are_selected_at_once(opened):
    page = opened()
    page.locator("[data-all]").check()
    expect(page.locator("[data-picked]")).to_have_text("6 selected")


def test_slash_searches_and_marks(opened):
    page = opened()
    press(page, "/")
    page.keyboard.type("parcel")
    press(page, "Enter")
    expect(page.locator(".snippet mark").first).to_have_text("parcel")
    expect(page).to_have_url(re.compile("q=parcel"))


def test_a_filter_is_added_changed_and_taken_off_by_keyboard(world, opened):
    add_conversation(world, world.agents["owen"], 60, channel="chat")
    page = opened()
    press(page, "f")
    expect(page.locator("#filter-dialog")).to_be_visible()
    still(page).get_by_role("link", name="Channel", exact=True).press("Enter")
    expect(page.locator("#options")).to_be_visible()
    still(page).locator("#options").get_by_label("Chat").check()
    press(page, "Enter")
    expect(page.locator(".chip").first).to_contain_text("Channel is Chat")
    expect(page.locator(".convs tbody tr")).to_have_count(1)
    still(page).locator(".chip a").first.press("Enter")
    expect(page.locator("#options").get_by_label("Chat")).to_be_checked()
    still(page).get_by_label("is none of").check()
    page.get_by_role("button", name="Apply").press("Enter")
    expect(page.locator(".convs tbody tr")).to_have_count(6)
    still(page).get_by_role("link", name="Remove filter: Channel is not Chat").press("Enter")
    expect(page.locator(".convs tbody tr")).to_have_count(7)
    expect(page).to_have_url(re.compile(f"{URL}$"))


def test_older_and_back_again(world, opened):
    for number in range(6, 60):
        add_conversation(world, world.agents["nadia"], number)
    page = opened()
    press(page, "n")
    expect(page.locator(".convs tbody tr")).to_have_count(10)
    still(page).go_back()
    expect(page.locator(".convs tbody tr")).to_have_count(50)


def test_a_view_is_saved_and_counted(world, opened):
    page = opened(query="?channel=email")
    page.get_by_role("button", name="Save view").click()
    expect(page.get_by_label("Name")).to_be_focused()
    still(page).get_by_label("Name").fill("All mail")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h1")).to_have_text("All mail")
    expect(page.locator(".views a[aria-current]")).to_have_text("All mail 6")


def test_the_page_and_its_dialog_pass_axe(opened, axe):
    page = opened(query="?channel=email&date=zzz")
    axe()
    press(page, "f")
    expect(page.locator("#filter-dialog")).to_be_visible()
    still(page)
    axe()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_a_conversation_passes_axe(world, opened, axe, scheme):
    page = opened()
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{URL}{world.conversations[0].public_id}?q=parcel")
    axe()


def test_nothing_sticks_out_on_a_phone(opened):
    page = opened(query="?q=parcel&channel=email")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

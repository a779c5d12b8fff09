"""Keys in a browser: by name, never while one types, switched off, changed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CONTROLS = """
<button type="button" data-shortcut="submit">Submit</button>
<button type="button" data-shortcut="submit-next">Submit and next</button>
<button type="button" data-shortcut="praise" disabled>Praise</button>
<a href="#here" data-shortcut="go-dashboard" data-key="g d">Dashboard</a>
<textarea aria-label="Comment" data-shortcut="comment"></textarea>
<input aria-label="Search" type="search" data-shortcut="search">
<select aria-label="Card"><option>Support</option><option>Desk</option></select>
<input type="range" aria-label="Reviews" value="40">
<label><input type="radio" name="r" value="1">One</label>
"""


def test_a_key_presses_the_element_of_its_action(stage, pressed):
    page = stage(CONTROLS)
    page.keyboard.press("s")
    assert pressed() == ["submit"]


def test_a_key_leads_into_a_field_without_writing_into_it(stage):
    page = stage(CONTROLS)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    assert page.get_by_label("Search").input_value() == ""


@pytest.mark.parametrize("label", ["Comment", "Search", "Card"])
def test_single_keys_do_nothing_while_one_types(stage, pressed, label):
    page = stage(CONTROLS)
    page.get_by_label(label).focus()
    page.keyboard.type("s?gd")
    assert pressed() == []
    assert not page.locator("#keys").is_visible()


def test_ctrl_enter_works_while_one_types(stage, pressed):
    page = stage(CONTROLS)
    page.get_by_label("Comment").fill("Good.")
    page.keyboard.press("Control+Enter")
    assert pressed() == ["submit-next"]


def test_escape_gives_the_keys_back(stage, pressed):
    page = stage(CONTROLS)
    page.keyboard.press("c")
    page.keyboard.type("Fine, thanks")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    assert pressed() == ["submit"]
    assert page.get_by_label("Comment").input_value() == "Fine, thanks"


def test_radio_buttons_leave_letters_free(stage, pressed):
    page = stage(CONTROLS)
    page.get_by_label("One").focus()
    page.keyboard.press("s")
    assert pressed() == ["submit"]


def test_two_keys_one_after_the_other_lead_to_a_room(stage, pressed):
    page = stage(CONTROLS)
    page.keyboard.press("g")
    page.keyboard.press("d")
    assert pressed() == ["go-dashboard"]


def test_a_sequence_that_leads_nowhere_presses_nothing(stage, pressed):
    page = stage(CONTROLS)
    page.keyboard.press("g")
    page.keyboard.press("s")
    assert pressed() == []
    page.keyboard.press("s")
    assert pressed() == ["submit"]


def test_disabled_buttons_stay_unpressed(stage, pressed):
    page = stage(CONTROLS)
    page.keyboard.press("w")
    assert pressed() == []


def test_a_person_s_own_key_takes_the_place_of_the_first(stage, pressed):
    page = stage(CONTROLS, {"submit": "z", "search": "shift+s"})
    page.keyboard.press("s")
    assert pressed() == []
    page.keyboard.press("z")
    assert pressed() == ["submit"]
    page.keyboard.press("Shift+S")
    assert page.evaluate("document.activeElement.type") == "search"


def test_switched_off_only_chords_and_arrows_are_left(stage, pressed):
    page = stage(CONTROLS, {"off": True})
    for key in ("s", "g", "d", "/", "?"):
        page.keyboard.press(key)
    assert pressed() == []
    assert not page.locator("#keys").is_visible()
    page.keyboard.press("Control+Enter")
    assert pressed() == ["submit-next"]


def test_what_was_swapped_in_later_has_its_key(stage, pressed):
    page = stage("<p>Nothing yet</p>")
    page.evaluate("document.querySelector('#main').innerHTML = '<button data-shortcut=seen>Seen</button>'")
    page.keyboard.press("v")
    assert pressed() == ["seen"]


def test_what_is_hidden_cannot_be_pressed(stage, pressed):
    page = stage("<details><summary>More</summary><button data-shortcut='seen'>Seen</button></details>")
    page.keyboard.press("v")
    assert pressed() == []


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"key": "ы", "code": "KeyS"}, ["submit"]),
        ({"key": "s", "code": "KeyS", "isComposing": True}, []),
        ({"key": "s", "code": "KeyS", "repeat": True}, []),
        ({"key": "s", "code": "KeyS", "ctrlKey": True}, []),
        ({"key": "S", "code": "KeyS", "shiftKey": True}, []),
    ],
    ids=["cyrillic", "composing", "held", "ctrl", "shift"],
)
def test_keyboards_of_all_kinds(stage, pressed, event, expected):
    page = stage(CONTROLS)
    page.evaluate("e => document.body.dispatchEvent(new KeyboardEvent('keydown', {...e, bubbles: true}))", event)
    assert pressed() == expected


REGISTER = """async (path) => {
  const keys = await import(path);
  window.heard = [];
  window.takeBack = keys.register("down", () => window.heard.push("down"), { repeat: true });
  keys.register("open", () => { window.heard.push("open"); return false; });
  keys.register("category-next", () => window.heard.push("next"), { when: () => window.ready });
}"""


@pytest.fixture
def registered(stage):
    page = stage(CONTROLS)
    page.evaluate(REGISTER, "/static/evenhand/js/keys.js")
    return page


def test_a_page_registers_what_its_keys_do(registered):
    registered.keyboard.press("j")
    registered.evaluate("window.takeBack()")
    registered.keyboard.press("j")
    assert registered.evaluate("window.heard") == ["down"]


def test_an_action_waits_for_its_condition(registered):
    registered.keyboard.press("ArrowDown")
    registered.evaluate("window.ready = true")
    registered.keyboard.press("ArrowDown")
    assert registered.evaluate("window.heard") == ["next"]


def test_a_slider_keeps_its_arrows(registered):
    registered.evaluate("window.ready = true")
    registered.get_by_label("Reviews").focus()
    registered.keyboard.press("ArrowDown")
    assert registered.get_by_label("Reviews").input_value() == "39"
    assert registered.evaluate("window.heard") == []


def test_enter_on_a_link_is_the_link_s(registered):
    registered.locator("#main a").focus()
    registered.keyboard.press("Enter")
    expect(registered).to_have_url(re.compile("#here$"))
    assert registered.evaluate("window.heard") == []


ROWS = """
<table><tbody data-rows>
<tr><td><input type="checkbox" aria-label="Pick 1"></td><th><a href="#one">One</a></th></tr>
<tr><td><input type="checkbox" aria-label="Pick 2"></td><th><a href="#two">Two</a></th></tr>
<tr><td colspan="2">A row to read, with nothing to open</td></tr>
<tr><td><input type="checkbox" aria-label="Pick 3"></td><th><a href="#three">Three</a></th></tr>
</tbody></table>
"""


def test_rows_are_walked_opened_and_ticked_by_keys(stage):
    page = stage(ROWS)
    for key in ("j", "j", "j", "j", "k", "x", "Enter"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("#two$"))
    assert [page.get_by_label(f"Pick {n}").is_checked() for n in (1, 2, 3)] == [False, True, False]
    assert page.locator("[data-at]").count() == 1

"""Actions, their keys, and what a person makes of them."""

from __future__ import annotations

import re

from evenhand.site import keymap


def row(shortcuts, label):
    return next(row for _title, rows in keymap.sections(shortcuts) for row in rows if str(row.label) == label)


def test_every_action_has_a_name_of_its_own():
    names = [action.name for action in keymap.actions()]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


def test_every_action_has_words_of_its_own():
    labels = [str(action.label) for action in keymap.actions()]
    assert len(labels) == len(set(labels))
    assert "Rate with 3" in labels


def test_every_key_that_a_button_starts_with_is_in_the_map():
    from evenhand.conversations.registry import registry

    assert {keymap.DEFAULTS.get(action.shortcut) for action in registry.actions.values() if action.key} == {"r"}


def test_keys_are_written_small():
    assert all(action.key == action.key.lower() for action in keymap.actions())


def test_the_keys_at_first_do_not_clash():
    assert keymap.clashes({}) == []


def test_a_person_s_own_key_wins():
    assert keymap.key_of("submit", {"submit": "z"}) == "z"
    assert keymap.key_of("submit", {}) == "s"
    assert keymap.key_of("submit", {"submit": ""}) == ""


def test_switching_off_leaves_what_is_no_character():
    assert keymap.key_of("submit", {"off": True}) == ""
    assert keymap.key_of("submit-next", {"off": True}) == "mod+enter"
    assert keymap.key_of("category-next", {"off": True}) == "arrowdown"
    assert keymap.is_character("g d")


def test_fixed_keys_cannot_be_given_away():
    assert keymap.key_of("back", {"back": "q"}) == "escape"


def test_the_map_draws_a_row_of_neighbours_together():
    assert row({}, "Rate the current category").keys == [["1"], ["5"]]
    assert row({}, "Next, previous conversation").keys == [["N"], ["P"]]
    assert row({}, "Submit and next, also while writing").keys == [["Ctrl", "↵"]]


def test_the_map_shows_a_person_s_own_keys():
    assert row({"submit": "z"}, "Submit, stay here").keys == [["Z"]]
    shown = [str(row.label) for _title, rows in keymap.sections({"off": True}) for row in rows]
    assert "Submit, stay here" not in shown
    assert "Submit and next, also while writing" in shown


def test_two_actions_on_one_key_are_told():
    [(first, second)] = keymap.clashes({"comment": "s"})
    assert {first.name, second.name} == {"comment", "submit"}
    assert keymap.clashes({"comment": ""}) == []

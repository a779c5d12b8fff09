from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from evenhand.people.forms import shortcuts


def test_only_what_differs_from_the_keys_at_first_is_kept():
    assert shortcuts.read({"key-comment": "c", "key-submit": "z"}) == {"submit": "z"}


def test_an_empty_field_takes_the_key_away():
    assert shortcuts.read({"key-submit": ""}) == {"submit": ""}


def test_single_keys_can_be_switched_off():
    assert shortcuts.read({"off": "1"}) == {"off": True}


def test_two_actions_with_one_key_are_refused_by_name():
    with pytest.raises(ValidationError) as refused:
        shortcuts.read({"key-submit": "c"})
    wrong = refused.value.message_dict
    assert "C already does “Comment”" in wrong["submit"][0]
    assert "Submit, stay here" in wrong["comment"][0]


def test_keys_that_swap_places_are_fine():
    assert shortcuts.read({"key-submit": "c", "key-comment": "s"}) == {"comment": "s", "submit": "c"}


@pytest.mark.parametrize("key", ["g", "g d", "mod+c", "enter"])
def test_keys_of_the_browser_and_of_the_pages_are_refused(key):
    with pytest.raises(ValidationError, match="already belongs"):
        shortcuts.read({"key-submit": key})


@pytest.mark.parametrize("key", ["hello", "mod+", "a b c", "<script>"])
def test_what_is_no_key_is_refused(key):
    with pytest.raises(ValidationError, match="is no key"):
        shortcuts.read({"key-submit": key})


def test_a_key_that_cannot_be_moved_stays():
    assert shortcuts.read({"key-back": "q"}) == {}


def test_the_page_saves_and_shows_what_is_wrong_beside_its_field(sign_in, world):
    client = sign_in(world.nadia)
    assert client.post("/me/keyboard", {"key-submit": "z"}).status_code == 302
    world.nadia.refresh_from_db()
    assert world.nadia.shortcuts == {"submit": "z"}
    page = client.post("/me/keyboard", {"key-submit": "c"}).content.decode()
    assert 'id="key-submit-error"' in page
    assert 'value="c"' in page


def test_one_can_go_back_to_the_keys_at_first(sign_in, world):
    client = sign_in(world.nadia)
    client.post("/me/keyboard", {"key-submit": "z"})
    client.post("/me/keyboard", {"reset": "1", "key-submit": "z"})
    world.nadia.refresh_from_db()
    assert world.nadia.shortcuts == {}

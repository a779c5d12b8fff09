from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from evenhand.conversations.models import ConversationSearch, Message
from evenhand.conversations.text import search_terms

URL = "/w/orchard/conversations/"


def write(world, number, text):
    conversation = world.conversations[number]
    Message.objects.filter(conversation=conversation, position=0).update(text=text)
    ConversationSearch.objects.filter(conversation=conversation).update(terms=search_terms(text))


def rows(client, query):
    response = client.get(URL, {"q": query})
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    return [row.select_one(".subject").get_text() for row in page.select(".convs tbody tr")], page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("grinder", True), ("GRINDER squeaks", True), ('"grinder squeaks"', True), ('"squeaks grinder"', False),
        ("grin*", True), ("grin", False), ("kettle OR grinder", True), ("grinder -squeaks", False), ("café", True),
    ],
)  # fmt: skip
def test_words_phrases_beginnings_and_exclusions(world, sign_in, query, is_found):
    write(world, 2, "My grinder squeaks at the Café.")
    assert rows(sign_in(world.ravi), query)[0] == (["Question 2"] if is_found else [])


@pytest.mark.parametrize(
    ("text", "query"), [("保証期間内かどうか", "保証"), ("เครื่องชงกาแฟรั่ว", "กาแฟ"), ("هل تشمل الكفالة", "الكفالة")]
)
def test_scripts_without_spaces_are_found(world, sign_in, text, query):
    write(world, 3, text)
    found, page = rows(sign_in(world.ravi), query)
    assert found == ["Question 3"]
    assert page.select_one(".snippet mark").get_text() == query


def test_the_hit_is_marked_in_the_message_that_has_it(world, sign_in):
    write(world, 1, "Hello. " + "Nothing of note. " * 30 + "The kumquat <b>leaks</b>.")
    _found, page = rows(sign_in(world.ravi), "kumquat")
    assert page.select_one(".snippet mark").get_text() == "kumquat"
    assert page.select_one(".snippet b") is None


def test_the_hit_is_marked_in_the_subject(world, sign_in):
    world.conversations[1].subject = "Kumquat, urgent"
    world.conversations[1].save()
    write(world, 1, "kumquat urgent")
    _found, page = rows(sign_in(world.ravi), "kumquat")
    assert page.select_one(".subject mark").get_text() == "Kumquat"


NASTY = [
    '"', "'", "*", "(", ")", "a AND", "NEAR(a b)", "a^2", "terms:x", "{a b}", "-", "--", "a*b*", ":*", "!a",
    "a & b | !", "<->", "\\", "%", "a:*:B", "' OR 1=1 --", "😀", "OR OR", '"" ""', "x" * 5000, "a " * 2000,
]  # fmt: skip


@pytest.mark.parametrize("query", NASTY)
def test_no_text_breaks_the_search(world, sign_in, query):
    assert sign_in(world.ravi).get(URL, {"q": query}).status_code == 200


def test_common_words_and_rare_ones_find_the_same(world, sign_in, monkeypatch):
    """The three ways to ask the index give one answer."""
    write(world, 2, "kumquat here")
    write(world, 4, "kumquat there")
    client, answers = sign_in(world.ravi), []
    for few, many in ((100, 1000), (0, 1000), (0, 1)):
        monkeypatch.setattr("evenhand.conversations.search.FEW", few)
        monkeypatch.setattr("evenhand.conversations.search.MANY", many)
        answers.append(rows(client, "kumquat")[0])
    assert answers == [["Question 2", "Question 4"]] * 3


def test_an_agent_finds_only_their_own(world, sign_in):
    for number in (0, 1):
        write(world, number, "kumquat")
    assert rows(sign_in(world.nadia), "kumquat")[0] == ["Question 0"]


def test_another_workspace_finds_nothing_of_this_one(world, sign_in):
    response = sign_in(world.sol).get("/w/harbour/conversations/", {"q": "parcel"})
    assert "Question" not in response.content.decode()

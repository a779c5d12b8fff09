"""What a filter offers tells of conversations: agents are offered nothing but what their own hold."""

from __future__ import annotations

import pytest

from evenhand.conversations.models import ConversationTag, Tag

URL = "/w/orchard/conversations/filters/"


@pytest.fixture
def of_a_colleague(world):
    """One of Owen's conversations with a custom field and a tag that no other has."""
    conversation = world.conversations[1]
    conversation.fields = {"contract": "Hush & Sons"}
    conversation.save()
    tag = Tag.objects.create(workspace=world.workspace, name="lawsuit")
    ConversationTag.objects.create(conversation=conversation, tag=tag)


@pytest.mark.parametrize(
    ("address", "word"), [("field/", "contract"), ("field/?part=contract", "Hush"), ("tag/", "lawsuit")]
)
def test_agents_are_not_offered_what_only_others_have(world, sign_in, of_a_colleague, address, word):
    assert word in sign_in(world.ravi).get(URL + address).content.decode()
    page = sign_in(world.nadia).get(URL + address)
    assert page.status_code == 200
    assert f'value="{word}' not in page.content.decode()
    assert f">{word}" not in page.content.decode()

"""Two agents who turn out to be one: what becomes of their pairs, and of the page of the one that is gone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenhand.conversations.models import Agent, FrameRule, Participation
from evenhand.conversations.services import agents


@pytest.fixture
def twin(world):
    """Somebody who answered once in Nadia's conversation, and is Nadia."""
    other = Agent.objects.create(workspace=world.workspace, name="N. Agent")
    conversation = world.conversations[0]
    Participation.objects.create(
        workspace=world.workspace, conversation=conversation, agent=other, replies=1, dated_at=conversation.happened_at
    )
    return other


def test_replies_of_both_count_together_for_the_rule(world, twin):
    FrameRule.objects.create(workspace=world.workspace, version=2, min_agent_replies=2)
    Participation.objects.update(eligible=False)
    agents.merge(twin, world.agents["nadia"], None)
    pair = Participation.objects.get(conversation=world.conversations[0], deleted_at=None)
    assert (pair.replies, pair.eligible, pair.rule_version) == (2, True, 2)


def test_an_excluded_status_stays_excluded(world, twin):
    FrameRule.objects.create(workspace=world.workspace, version=2, excluded_statuses=["solved"])
    agents.merge(twin, world.agents["nadia"], None)
    assert not Participation.objects.get(conversation=world.conversations[0], deleted_at=None).eligible


def test_an_agent_who_was_merged_gets_no_new_names(world, twin, sign_in):
    agents.merge(twin, world.agents["nadia"], None)
    url = reverse("conversations:agent-alias", args=["orchard", twin.public_id])
    assert sign_in(world.lena).post(url, {"kind": "email", "value": "n@team.example"}).status_code == 404
    assert not twin.aliases.exists()

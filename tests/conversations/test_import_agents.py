from __future__ import annotations

import pytest

from evenhand.conversations.models import Agent, AgentAlias, Connection, Participation
from evenhand.conversations.services import agents
from evenhand.conversations.services.store import Store, store
from evenhand.sources.records import PersonRef
from tests.conversations.records import NADIA, conversation, message


@pytest.fixture
def into(world):
    return Connection.objects.create(workspace=world.workspace, name="Desk")


def author_of(into, external_id, ref, role="agent"):
    store(into, [conversation(external_id, message(0), message(1, role, author=ref))])
    pair = Participation.objects.filter(conversation__connection=into, conversation__external_id=external_id).first()
    return pair and pair.agent


def test_an_email_is_one_agent_over_all_connections(into):
    other = Connection.objects.create(workspace=into.workspace, name="Chat")
    first = author_of(into, "c1", PersonRef("7", "kim@help.example", "Kim"))
    assert author_of(other, "c1", PersonRef("900", "kim@help.example", "Kim L.")) == first


def test_an_external_id_holds_within_its_connection(into):
    other = Connection.objects.create(workspace=into.workspace, name="Chat")
    first = author_of(into, "c1", PersonRef("7", "", "Kim"))
    assert author_of(into, "c2", PersonRef("7", "", "Kim Lee")) == first
    assert author_of(other, "c1", PersonRef("7", "", "Somebody")) != first


def test_a_bare_name_is_an_agent_of_its_connection(into):
    first = author_of(into, "c1", PersonRef("Kim", "", "Kim"))
    assert author_of(into, "c2", PersonRef(name="Kim")) == first


def test_what_becomes_known_later_is_remembered(into):
    first = author_of(into, "c1", PersonRef("7", "", "Kim"))
    author_of(into, "c2", PersonRef("7", "kim@help.example", "Kim"))
    assert author_of(into, "c3", PersonRef("", "kim@help.example", "")) == first


def test_a_member_with_the_same_email_becomes_the_agents_user(world, into):
    agent = author_of(into, "c1", PersonRef("9", "greta@team.example", "Greta"))
    assert agent.user == world.greta


def test_a_stranger_with_the_same_email_does_not(world, into):
    agent = author_of(into, "c1", PersonRef("9", "sol@team.example", "Sol"))
    assert agent.user is None


def test_an_agent_who_has_a_login_is_found_by_its_email(world, into):
    assert author_of(into, "c1", PersonRef("9", "nadia@team.example", "N.")) == world.agents["nadia"]


def test_a_bot_never_goes_by_a_persons_name(into):
    author_of(into, "c1", PersonRef("7", "", "Kim"))
    assert author_of(into, "c2", PersonRef("7", "", "Kim"), role="bot") is None


def test_a_merged_agent_is_found_as_the_other(world, into):
    twin = author_of(into, "c1", NADIA)
    agents.merge(twin, world.agents["nadia"], by=world.mara)
    assert author_of(into, "c2", NADIA) == world.agents["nadia"]
    assert not Participation.objects.filter(agent=twin, deleted_at=None).exists()
    assert AgentAlias.objects.filter(agent=twin).count() == 0


def test_merging_two_agents_of_one_conversation_makes_one_pair(world, into):
    one, other = PersonRef("1", "", "Kim"), PersonRef("2", "", "Kim (old)")
    turns = [message(0), message(1, "agent", author=one), message(2, "agent", author=other)]
    store(into, [conversation("c1", *turns)])
    kim, old = Agent.objects.get(name="Kim"), Agent.objects.get(name="Kim (old)")
    agents.merge(old, kim, by=world.mara)
    pair = Participation.objects.get(conversation__external_id="c1", conversation__connection=into, deleted_at=None)
    assert (pair.agent, pair.replies, pair.conversation.main_agent) == (kim, 2, kim)


def test_the_connections_own_name_for_somebody_wins(world, into):
    for agent, scope in (("nadia", None), ("owen", into)):
        AgentAlias.objects.create(
            workspace=world.workspace, agent=world.agents[agent], connection=scope, kind="name", value="Support"
        )
    assert author_of(into, "c1", PersonRef(name="Support")) == world.agents["owen"]


def test_an_agent_merged_in_the_middle_of_an_import_gets_no_new_pair(world, into):
    writer = Store(into)
    writer.chunk([conversation("c1")])
    agents.merge(Agent.objects.get(name="Nadia"), world.agents["nadia"], by=world.mara)
    writer.chunk([conversation("c2")])
    assert set(into.conversations.values_list("main_agent__name", flat=True)) == {"Nadia Agent"}


def test_who_becomes_a_bot_in_the_middle_of_an_import_is_one(world, into):
    writer = Store(into)
    writer.chunk([conversation("c1")])
    agents.change(Agent.objects.get(name="Nadia"), world.mara, is_bot=True)
    writer.chunk([conversation("c2")])
    pairs = Participation.objects.filter(conversation__connection=into)
    assert set(pairs.values_list("is_bot", flat=True)) == {True}

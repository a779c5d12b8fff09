from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.conversations.models import Agent, Connection
from evenhand.conversations.registry import registry
from evenhand.conversations.services import agents
from evenhand.conversations.services.store import store
from evenhand.sources.records import ResponseRecord
from evenhand.surveys.models import SurveyResponse
from tests.conversations.records import T0, conversation, csat


@pytest.fixture
def into(world):
    return Connection.objects.create(workspace=world.workspace, name="Desk")


def answers(into):
    return SurveyResponse.objects.filter(conversation__connection=into).order_by("conversation", "external_id")


def test_each_answer_is_kept_on_its_own_scale(into):
    nps = ResponseRecord("nps", 9, 0, 10, "fine", T0, "n1")
    store(into, [conversation(responses=[csat(4), nps])])
    found = answers(into).values_list("external_id", "kind", "score", "minimum", "maximum", "comment")
    assert list(found) == [("csat#1", "csat", 4, 1, 5, ""), ("n1", "nps", 9, 0, 10, "fine")]


def test_an_answer_is_the_main_agents_and_dated_by_itself(into):
    at = T0 + timedelta(days=2)
    store(into, [conversation("c1", responses=[csat(4, responded_at=at)]), conversation("c2", responses=[csat(1)])])
    first, second = answers(into)
    assert (first.agent.name, first.dated_at) == ("Nadia", at)
    assert second.dated_at == second.conversation.happened_at


def test_the_same_answers_again_are_not_doubled(into):
    store(into, [conversation(responses=[csat(4)])])
    store(into, [conversation(responses=[csat(4)], status="solved")])
    assert answers(into).count() == 1


def test_a_changed_answer_is_updated_by_the_database_clock(into):
    store(into, [conversation(responses=[csat(4)])])
    before = answers(into).get()
    SurveyResponse.objects.update(updated_at=T0)
    store(into, [conversation(responses=[csat(2, comment="worse")], status="solved")])
    after = answers(into).get()
    assert (after.pk, after.score, after.comment) == (before.pk, 2, "worse")
    assert after.updated_at >= before.updated_at


def test_an_untouched_answer_keeps_its_stamp(into):
    store(into, [conversation(responses=[csat(4)])])
    SurveyResponse.objects.update(updated_at=T0)
    store(into, [conversation(responses=[csat(4)], status="solved")])
    assert answers(into).get().updated_at == T0


def test_answers_follow_a_merged_agent(world, into):
    store(into, [conversation(responses=[csat(4)])])
    agents.merge(Agent.objects.get(name="Nadia"), world.agents["nadia"], by=world.mara)
    assert answers(into).get().agent == world.agents["nadia"]


def test_erasing_takes_the_words_and_leaves_the_score(into):
    store(into, [conversation(responses=[csat(4, comment="my name is Cara")])])
    answer = answers(into).get()
    assert registry.content_places["surveys_surveyresponse.comment"].erase([answer.conversation_id]) == 1
    answer.refresh_from_db()
    assert (answer.comment, answer.score) == ("", 4)

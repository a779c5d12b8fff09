from __future__ import annotations

import pytest

from evenhand.conversations.models import Connection, FrameRule, Participation
from evenhand.conversations.services import frame
from evenhand.conversations.services.store import store
from evenhand.people.jobs import run_job
from tests.conversations.records import T0, conversation, message


@pytest.fixture
def into(world):
    return Connection.objects.create(workspace=world.workspace, name="Desk")


def counting(into):
    pairs = Participation.objects.filter(conversation__connection=into, eligible=True)
    return set(pairs.values_list("conversation__external_id", flat=True))


def test_a_new_rule_is_the_next_version_and_is_applied_to_what_is_there(world, into):
    quiet = [message(n, "agent" if n == 1 else "customer") for n in range(3)]
    store(into, [conversation("busy"), conversation("quiet", *quiet), conversation("spam", tags=["spam"])])
    assert counting(into) == {"busy", "quiet", "spam"}
    rule, job = frame.change(world.workspace, world.mara, min_agent_replies=2, excluded_tags=["spam"])
    run_job.call(job.pk)
    job.refresh_from_db()
    assert (rule.version, job.state, counting(into)) == (2, "done", {"busy"})
    versions = Participation.objects.filter(conversation__connection=into).values_list("rule_version", flat=True)
    assert set(versions) == {2}


def test_pairs_that_the_rule_changed_are_stamped_for_the_facts(world, into):
    store(into, [conversation("c1", status="solved")])
    Participation.objects.update(updated_at=T0)
    _, job = frame.change(world.workspace, world.mara, excluded_statuses=["solved"])
    run_job.call(job.pk)
    assert Participation.objects.get(conversation__external_id="c1", conversation__connection=into).updated_at > T0


def test_without_a_change_there_is_no_new_version(world):
    before = frame.ensure(world.workspace)
    rule, job = frame.change(world.workspace, world.mara, min_agent_replies=before.min_agent_replies)
    assert (rule.pk, job) == (before.pk, None)
    assert FrameRule.objects.filter(workspace=world.workspace).count() == 1


@pytest.mark.parametrize("replies", [0, 1])
def test_a_pair_without_a_public_reply_never_counts(replies):
    rule = frame.Rule(1, 0, 0, frozenset(), frozenset())
    assert rule.eligible(replies, 1, "", set()) == bool(replies)

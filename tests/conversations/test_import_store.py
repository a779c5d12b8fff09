from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from evenhand.conversations.models import (
    Agent,
    Connection,
    Conversation,
    ConversationSearch,
    FrameRule,
    Message,
    Participation,
    RawPayload,
)
from evenhand.conversations.services.store import Counts, Store, is_clash, store
from evenhand.conversations.storing.keys import Keys
from evenhand.sources.records import AttachmentRecord, PersonRef
from tests.conversations.records import NADIA, OWEN, T0, conversation, csat, message


@pytest.fixture
def into(world):
    return Connection.objects.create(workspace=world.workspace, name="Desk")


def one(into, *records):
    counts = store(into, records)
    return counts, Conversation.objects.get(connection=into, external_id=records[0].external_id)


def test_a_new_conversation_is_stored_with_its_messages(into):
    counts, row = one(into, conversation(subject="Late parcel", channel="chat", status="solved", tags=["vip"]))
    assert counts == Counts(new=1)
    assert (row.subject, row.channel, row.message_count, row.agent_reply_count) == ("Late parcel", "chat", 4, 2)
    assert [m.text for m in row.messages.order_by("position")] == [f"words {n}" for n in range(4)]
    assert [tag.name for tag in row.tags.all()] == ["vip"]
    assert zlib.decompress(row.raw.payload) == b"{}"


def test_the_same_conversation_again_changes_nothing(into):
    one(into, conversation())
    counts, row = one(into, conversation())
    assert counts == Counts(unchanged=1)
    assert Message.objects.filter(conversation=row).count() == 4


def test_a_newer_version_updates_and_doubles_nothing(into):
    one(into, conversation(status="open"))
    longer = [message(n, "agent" if n % 2 else "customer") for n in range(6)]
    counts, row = one(into, conversation("c1", *longer, status="solved"))
    assert counts == Counts(updated=1)
    assert (row.status, row.message_count, row.messages.count()) == ("solved", 6, 6)
    assert RawPayload.objects.filter(conversation=row).count() == 1


def test_an_older_version_by_the_source_clock_changes_nothing(into):
    one(into, conversation(status="solved", updated_at=T0 + timedelta(hours=2)))
    counts, row = one(into, conversation(status="open", updated_at=T0 + timedelta(hours=1)))
    assert counts == Counts(unchanged=1)
    assert row.status == "solved"


def test_an_older_version_by_its_last_message_changes_nothing(into):
    one(into, conversation())
    counts, row = one(into, conversation("c1", message(0), message(1, "agent")))
    assert counts == Counts(unchanged=1)
    assert row.message_count == 4


def test_what_was_erased_does_not_come_back(into):
    _, row = one(into, conversation())
    Conversation.objects.filter(pk=row.pk).update(deleted_at=T0, subject="")
    counts, row = one(into, conversation(subject="again"))
    assert counts == Counts(unchanged=1)
    assert row.subject == ""


def test_a_changed_text_makes_the_next_version_and_keeps_the_old_one(into):
    _, row = one(into, conversation())
    before = row.messages.get(position=1)
    one(into, conversation("c1", message(0), message(1, "agent", "mended"), message(2), message(3, "agent")))
    after = row.messages.get(position=1)
    assert (after.pk, after.text, after.text_version) == (before.pk, "mended", 2)
    assert [(v.version, v.text) for v in after.versions.all()] == [(1, "words 1")]


def test_messages_that_no_longer_come_are_kept_where_they_stood(into):
    one(into, conversation())
    _, row = one(into, conversation("c1", message(0), message(3, "agent"), message(4)))
    assert [m.external_id for m in row.messages.order_by("position")] == ["m0", "m1", "m2", "m3", "m4"]


def test_a_message_that_comes_late_is_put_in_its_place(into):
    one(into, conversation())
    turns = [message(0), message(9, "agent", "a note", public=False), *(message(n, "agent") for n in (1, 2, 3))]
    _, row = one(into, conversation("c1", *turns, updated_at=T0))
    assert [m.external_id for m in row.messages.order_by("position")] == ["m0", "m9", "m1", "m2", "m3"]


def test_messages_without_ids_are_matched_by_what_they_say_and_where_they_stand(into):
    def turns(*texts):
        return [message(n, text=t, external_id=f"#{n + 1}", sent_at=None) for n, t in enumerate(texts)]

    _, row = one(into, conversation("c1", *turns("hello", "my parcl", "bye")))
    before = {m.text: m.pk for m in row.messages.all()}
    one(into, conversation("c1", *turns("hello", "my parcel", "bye", "and?")))
    after = {m.text: m.pk for m in row.messages.all()}
    assert after["my parcel"] == before["my parcl"]
    assert (after["hello"], after["bye"], len(after)) == (before["hello"], before["bye"], 4)


def test_html_is_sanitised_and_its_text_is_searched(into):
    body = message(1, "agent", html="<p>Kindly <b>wait</b><script>alert(1)</script></p>")
    _, row = one(into, conversation("c1", message(0), replace(body, text="")))
    stored = row.messages.get(position=1)
    assert "script" not in stored.html
    assert stored.text.split() == ["Kindly", "wait"]
    assert "kindly" in ConversationSearch.objects.get(conversation=row).terms


def test_search_finds_private_notes_and_not_system_events(into):
    turns = [message(0), message(1, "agent", "refundable", public=False), message(2, "system", "rerouted")]
    _, row = one(into, conversation("c1", *turns))
    terms = ConversationSearch.objects.get(conversation=row).terms.split()
    assert "refundable" in terms
    assert "rerouted" not in terms


def test_search_finds_the_number_and_the_customer(into):
    record = replace(conversation("TKT-4711"), customer_name="Edith Parrot", customer_email="ep@example.org")
    _, row = one(into, record)
    terms = ConversationSearch.objects.get(conversation=row).terms.split()
    assert {"4711", "edith", "parrot", "example"} <= set(terms)


def test_the_search_index_follows_a_changed_text(into):
    one(into, conversation())
    _, row = one(into, conversation("c1", message(0, text="zanzibar"), message(3, "agent")))
    question = {
        "sqlite": "SELECT rowid FROM conversations_fts WHERE terms MATCH 'zanzibar'",
        "postgresql": "SELECT conversation_id FROM conversations_conversationsearch"
        " WHERE vector @@ to_tsquery('simple', 'zanzibar')",
    }
    with database.cursor() as cursor:
        cursor.execute(question[database.vendor])
        assert cursor.fetchall() == [(row.pk,)]


def test_a_pair_says_how_often_and_when_its_agent_replied(into):
    _, row = one(into, conversation())
    pair = Participation.objects.get(conversation=row)
    assert (pair.replies, pair.eligible, pair.has_times) == (2, True, True)
    assert (pair.first_reply_at, pair.last_reply_at) == (T0 + timedelta(minutes=1), T0 + timedelta(minutes=3))
    assert pair.dated_at == pair.last_reply_at


def test_a_pair_moves_with_its_last_reply_by_the_database_clock(into):
    _, row = one(into, conversation())
    before = Participation.objects.get(conversation=row)
    one(into, conversation("c1", *(message(n, "agent" if n % 2 else "customer") for n in range(6))))
    after = Participation.objects.get(conversation=row)
    assert (after.pk, after.replies) == (before.pk, 3)
    assert after.dated_at == T0 + timedelta(minutes=5)
    assert after.updated_at >= before.updated_at


def test_private_notes_make_no_pair(into):
    _, row = one(into, conversation("c1", message(0), message(1, "agent", public=False)))
    assert not Participation.objects.filter(conversation=row).exists()
    assert row.main_agent is None


def test_a_reply_that_became_private_leaves_a_pair_that_does_not_count(into):
    one(into, conversation())
    turns = [message(n, "agent" if n % 2 else "customer", public=not n % 2) for n in range(4)]
    _, row = one(into, conversation("c1", *turns))
    pair = Participation.objects.get(conversation=row)
    assert (pair.replies, pair.eligible) == (0, False)


def test_without_times_the_import_is_the_date_and_it_stays(into):
    timeless = [message(0, sent_at=None), message(1, "agent", sent_at=None)]
    when = T0 - timedelta(days=3)
    Store(into, now=when).chunk([conversation("c1", *timeless)])
    Store(into, now=T0).chunk([conversation("c1", *timeless, status="solved")])
    row = Conversation.objects.get(connection=into, external_id="c1", status="solved")
    pair = Participation.objects.get(conversation=row)
    assert (row.happened_at, row.has_times) == (when, False)
    assert (pair.dated_at, pair.has_times) == (when, False)


def test_the_newest_rule_decides_what_counts(into):
    FrameRule.objects.create(workspace=into.workspace, version=2, excluded_tags=["spam"])
    store(into, [conversation("c1", tags=["spam"]), conversation("c2")])
    pairs = Participation.objects.filter(conversation__connection=into, conversation__external_id__in=["c1", "c2"])
    found = pairs.values_list("conversation__tags__name", "eligible", "rule_version")
    assert set(found) == {("spam", False, 2), (None, True, 2)}


def test_bots_and_people_are_pairs_of_their_own(into):
    bot = PersonRef(name="Helper")
    turns = [message(0), message(1, "bot", author=bot), message(2, "bot", author=bot), message(3, "agent")]
    _, row = one(into, conversation("c1", *turns))
    assert {(p.agent.name, p.is_bot) for p in row.participations.all()} == {("Helper", True), ("Nadia", False)}
    assert row.main_agent.name == "Nadia"


def test_the_main_agent_wrote_most_replies(into):
    turns = [message(0), message(1, "agent"), message(2, "agent", author=OWEN), message(3, "agent", author=OWEN)]
    _, row = one(into, conversation("c1", *turns, assignee=NADIA))
    assert (row.main_agent.name, row.assignee.name) == ("Owen", "Nadia")


def test_tags_that_the_source_took_away_go(into):
    one(into, conversation(tags=["a", "b"]))
    _, row = one(into, conversation(tags=["b", "c"]))
    assert {tag.name for tag in row.tags.all()} == {"b", "c"}


def test_the_newest_satisfaction_answer_is_on_the_row(into):
    answers = [csat(5, responded_at=T0), csat(2, responded_at=T0 + timedelta(days=1)), csat(4)]
    _, row = one(into, conversation(responses=answers))
    assert (row.csat_score, row.csat_max, row.csat_positive) == (2, 5, False)


def test_attachments_are_kept_as_references(into):
    file = AttachmentRecord("bill.pdf", "https://files.example/1", "application/pdf", 10)
    _, row = one(into, conversation("c1", message(0, attachments=[file]), message(1, "agent")))
    assert row.messages.get(position=0).attachments[0]["name"] == "bill.pdf"


def test_the_customer_is_who_wrote_first_where_the_source_names_none(into):
    _, row = one(into, conversation())
    assert (row.customer_name, row.preview) == ("Cara", "words 0")


def test_the_number_of_queries_does_not_grow_with_the_chunk(into):
    def queries(count, **values):
        with CaptureQueriesContext(database) as seen:
            writer.chunk([conversation(f"{count}-{n}", tags=["b", "c"], **values) for n in range(count)])
        return len(seen)

    writer = Store(into)
    writer.keys = Keys(first=1_000)  # blocks of keys are fetched as they run out
    writer.chunk([conversation("warm", tags=["b", "c"])])
    writer.chunk([conversation("warm", message(0, text="mended"), message(3, "agent"), tags=["b"])])
    assert queries(30) == queries(2)
    assert queries(30, status="solved") == queries(2, status="solved")


def test_another_writer_between_plan_and_write_is_noticed(into, monkeypatch):
    one(into, conversation(status="open"))
    writer = Store(into)
    planned = writer._plan

    def plan_then_be_overtaken(*args):
        plan = planned(*args)
        if not overtaken:
            overtaken.append(True)
            writer.chunk([conversation(status="pending", updated_at=T0 + timedelta(days=9))])
        return plan

    overtaken: list[bool] = []
    monkeypatch.setattr(writer, "_plan", plan_then_be_overtaken)
    assert writer.chunk([conversation(status="solved", updated_at=T0)]) == Counts(unchanged=1)
    assert Conversation.objects.get(connection=into, external_id="c1").status == "pending"


def test_an_import_of_the_same_new_conversations_at_the_same_time_doubles_none(into, monkeypatch):
    """The other one is faster after this one has looked what is there; nothing but the conversations is new."""
    store(into, [conversation("known")])
    make, planned = Store._plan, []

    def overtaken(self, *args):
        plan = make(self, *args)
        planned.append(plan)
        if len(planned) == 1:
            Store(into).chunk([conversation("c1"), conversation("c2")])
        return plan

    monkeypatch.setattr(Store, "_plan", overtaken)
    counts = Store(into).chunk([conversation("c1"), conversation("c2"), conversation("c3")])
    assert counts == Counts(new=1, unchanged=2)
    assert Conversation.objects.filter(connection=into).count() == 4


def test_agents_are_not_made_twice(into):
    store(into, [conversation(f"c{n}") for n in range(30)])
    assert Agent.objects.filter(workspace=into.workspace, name="Nadia").count() == 1


@pytest.mark.parametrize(("state", "again"), [("40P01", True), ("57014", False), (None, False)])
def test_a_deadlock_is_tried_again_and_no_other_fault(state, again):
    error = OperationalError("…")
    error.__cause__ = type("Fault", (Exception,), {"sqlstate": state})()
    assert is_clash(error) == again

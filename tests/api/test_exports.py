"""What leaves a workspace comes back as it was."""

from __future__ import annotations

import io

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.api import exports
from evenhand.conversations.models import AgentAlias, Connection, Conversation, ConversationTag, Message, Tag
from evenhand.conversations.services.store import Store
from evenhand.reviews.models import Evidence, RatingCause
from evenhand.sources.jsonl import reader
from evenhand.surveys.models import SurveyResponse
from tests.facts.helpers import draw, rate, review
from tests.worlds import NOW

KEPT = ("id", "channel", "subject", "status", "language", "created_at", "closed_at", "tags", "url", "brand", "fields",
        "assignee", "messages", "responses")  # fmt: skip


@pytest.fixture
def full(world):
    """One conversation with everything: tags, html, a note, an event, an attachment, answers, own fields."""
    found = world.conversations[0]
    Conversation.objects.filter(pk=found.pk).update(
        url="https://desk.example/1", brand="Orchard", fields={"plan": "pro", "seats": 3}, closed_at=NOW
    )
    AgentAlias.objects.create(
        workspace=world.workspace, agent=world.agents["nadia"], kind="email", value="nadia@team.example"
    )
    more = {"conversation": found, "agent": world.agents["nadia"], "author_name": "Nadia Agent", "sent_at": NOW}
    Message.objects.create(**more, position=2, role="agent", is_public=False, text="A note, ünïcode: 日本語 🎉")
    attached = [{"name": "a.pdf", "url": "", "media_type": "application/pdf", "size": 3}]
    html = "<p>Hello <b>you</b></p>"
    Message.objects.create(**more, position=3, role="agent", text="Hello you", html=html, attachments=attached)
    Message.objects.create(conversation=found, position=4, role="system", is_public=False, text="Closed", sent_at=NOW)
    for message in Message.objects.filter(conversation=found):
        Message.objects.filter(pk=message.pk).update(external_id=f"m{message.position}")
    for name in ("vip", "délai"):
        tag = Tag.objects.create(workspace=world.workspace, name=name)
        ConversationTag.objects.create(conversation=found, tag=tag)
    SurveyResponse.objects.create(
        workspace=world.workspace, conversation=found, external_id="r1", kind="nps", score=9, minimum=0, maximum=10,
        comment="Würde ich empfehlen", responded_at=NOW, dated_at=NOW,
    )  # fmt: skip
    return world


def exported(workspace, kind="conversations"):
    return [orjson.loads(line) for line in exports.lines(kind, workspace)]


def test_conversations_come_back_unchanged(full):
    written = b"".join(exports.lines("conversations", full.workspace))
    records = list(reader.read(io.BytesIO(written)))
    there = Connection.objects.create(workspace=full.other, kind="file", name="Files")
    Store(there).chunk(records)
    before, after = exported(full.workspace), exported(full.other)
    key = {row["id"]: row for row in after}
    assert len(before) == len(after) == 6
    for row in before:
        assert {k: row.get(k) for k in KEPT} == {k: key[row["id"]].get(k) for k in KEPT}


def test_what_evenhand_knows_is_no_field_of_the_conversation(full):
    written = b"".join(exports.lines("conversations", full.workspace))
    first = next(iter(reader.read(io.BytesIO(written))))
    assert first.fields == {"plan": "pro", "seats": 3}
    assert first.messages[1].author.email == "nadia@team.example"


def test_only_its_own_workspace(full):
    assert exported(full.other) == exported(full.other, "reviews") == exported(full.other, "ratings") == []


def test_deleted_and_unfinished_reviews_stay_behind(world):
    pairs = [c.participations.get() for c in world.conversations[:3]]
    review(world, pairs[0], 80)
    review(world, pairs[1], 80, deleted_at=NOW)
    review(world, pairs[2], None, state="draft", submitted_at=None)
    assert len(exported(world.workspace, "reviews")) == 1


def test_a_review_says_how_it_was_selected(world):
    item = draw(world, 3, design="simple").items.first()
    made = review(world, item.participation, 200 / 3, item=item, blind=True, comment="Good")
    row = exported(world.workspace, "reviews")[0]
    assert row["score"] == made.score
    assert (row["selection"], row["blind"], row["probability"]) == ("draw", True, 0.5)
    assert (row["draw_id"], row["id"]) == (str(item.draw.public_id), str(made.public_id))
    assert (row["kind"], row["reviewer"], row["version"]) == ("specialist", "Ravi Reviewer", 1)


def test_scores_follow_the_workspaces_method(world):
    review(world, world.conversations[0].participations.get(), 50, score_over_max=60)
    world.workspace.score_method = "max_ratio"
    assert exported(world.workspace, "reviews")[0]["score"] == 60


def test_a_rating_says_all_that_was_in_force(world):
    """Points, scale, weight, critical flags, lineage, N/A, evidence, the suggestion and when it was shown."""
    made = review(world, world.conversations[0].participations.get(), 80)
    rating = rate(world, made, "Privacy", 1, suggested_points=2, suggestion_confidence=0.9, suggestion_shown_at=NOW,
                  suggestion_rater="rules 1", suggestion_accepted=False)  # fmt: skip
    cause = rating.category.root_causes.get()
    RatingCause.objects.create(rating=rating, root_cause=cause)
    message = made.conversation.messages.get(position=1)
    Evidence.objects.create(rating=rating, message=message, text_version=1, start=2, end=9)
    row = exported(world.workspace, "ratings")[0]
    assert (row["points"], row["scale_min"], row["scale_max"], row["weight"]) == (1, 1, 2, 10)
    assert (row["critical"], row["not_applicable"], row["lineage_id"]) == (
        "review", False, str(rating.lineage.public_id),
    )  # fmt: skip
    assert row["evidence"] == [{"message": 1, "text_version": 1, "start": 2, "end": 9}]
    assert row["root_causes"] == [{"label": "Macro out of date", "kind": "process"}]
    assert (row["suggested_points"], row["suggestion_accepted"], row["suggestion_rater"]) == (2, False, "rules 1")
    assert row["suggestion_shown_at"] == "2026-03-18T15:00:00Z"


def test_a_rating_that_was_taken_back_stays_behind(world):
    made = review(world, world.conversations[0].participations.get(), 80)
    rate(world, made, "Tone", 3, deleted_at=NOW)
    assert exported(world.workspace, "ratings") == []


@pytest.mark.parametrize("kind", ["conversations", "reviews", "ratings"])
def test_rows_are_read_a_block_at_a_time(world, monkeypatch, kind):
    for conversation in world.conversations:
        rate(world, review(world, conversation.participations.get(), 80), "Tone", 3)
    monkeypatch.setattr(exports, "BLOCK", 2)
    stream = exports.lines(kind, world.workspace)
    with CaptureQueriesContext(connection) as first:
        next(stream)
    with CaptureQueriesContext(connection) as rest:
        assert len(list(stream)) == 5
    assert len(rest) == 2 * len(first) + 1  # two more blocks, and the one that finds nothing

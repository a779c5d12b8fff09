"""The transcript: days, turns, folded quotes, and marks as ranges of code points."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string

from evenhand.conversations import transcript
from evenhand.conversations.models import Message, MessageVersion
from evenhand.conversations.text import query_terms
from evenhand.conversations.transcript import Mark
from tests.worlds import NOW

UTC = ZoneInfo("UTC")


def mark(start, end, **values):
    return Mark(
        **{"message_id": 1, "text_version": 1, "label": "Tone 2", "href": "#c-tone", "id": "e-1", **values},
        start=start,
        end=end,
    )


def runs(text, *marks, terms=None):
    return [
        run
        for part in transcript.parts(text, marks, terms)
        for block in part.blocks
        for line in block.lines
        for run in line
    ]


def test_runs_joined_with_their_breaks_are_the_text():
    text = "Dear Mo,\nthank you. 😀 Ünïcode!\n\nBye\n"
    for run in runs(text, mark(3, 12), mark(10, 25)):
        assert text[run.at : run.at + len(run.text)] == run.text


def test_offsets_count_code_points_not_utf_16():
    (first, marked) = runs("😀😀 sorry", mark(3, 8))
    assert (marked.text, marked.at, first.at) == ("sorry", 3, 0)


def test_overlapping_marks_each_begin_and_end_once():
    one, two = mark(0, 8, id="e-1"), mark(4, 12, id="e-2")
    found = runs("0123456789ab", one, two)
    assert [run.text for run in found] == ["0123", "4567", "89ab"]
    assert [[cover.mark.id for cover in run.covers if cover.is_first] for run in found] == [["e-1"], ["e-2"], []]
    assert [[m.id for m in run.ends] for run in found] == [[], ["e-1"], ["e-2"]]


def test_a_mark_over_two_paragraphs_marks_both_and_links_once():
    found = runs("One two.\n\nThree four.", mark(4, 15))
    assert [(run.text, bool(run.covers), len(run.ends)) for run in found] == [
        ("One ", False, 0),
        ("two.", True, 0),
        ("Three", True, 1),
        (" four.", False, 0),
    ]


def test_a_mark_that_ends_in_the_blank_between_paragraphs_still_has_its_link():
    found = runs("One two.\n\nThree.", mark(4, 10))
    assert [run.ends for run in found].count(()) == len(found) - 1


def test_search_hits_are_marked():
    found = runs("My parcel is late", terms=query_terms("parcel"))
    assert [(run.text, run.found) for run in found] == [("My ", False), ("parcel", True), (" is late", False)]


def test_quotes_are_folded_and_open_where_something_in_them_is_marked():
    text = "Yes.\n\n> Is it late?\n> Very late?"
    assert [(part.kind, part.line_count, part.is_open) for part in transcript.parts(text)][1] == ("quote", 2, False)
    assert transcript.parts(text, [mark(12, 16)])[1].is_open


def test_a_day_break_comes_with_each_new_day_of_the_workspace(world):
    conversation = world.conversations[0]
    Message.objects.filter(conversation=conversation, position=1).update(sent_at=NOW + timedelta(hours=9))
    utc = transcript.build(conversation, UTC)
    assert [item.kind for item in utc] == ["day", "turn", "day", "turn"]
    auckland = transcript.build(conversation, ZoneInfo("Pacific/Auckland"))
    assert [item.kind for item in auckland] == ["day", "turn", "turn"]


def test_private_notes_and_events_are_told_apart(world):
    conversation = world.conversations[0]
    Message.objects.create(conversation=conversation, position=2, role="agent", is_public=False, text="Who owns it?")
    Message.objects.create(conversation=conversation, position=3, role="system", text="Solved")
    items = transcript.build(conversation, UTC)
    assert [getattr(item, "role", item.kind) for item in items] == ["day", "customer", "agent", "note", "event"]


def test_the_reviewee_is_named_and_other_agents_are_not(world):
    conversation = world.conversations[0]
    owen = world.agents["owen"]
    Message.objects.create(conversation=conversation, position=2, role="agent", agent=owen, text="I take over.")
    nadia_turn, owen_turn = [
        i
        for i in transcript.build(conversation, UTC, reviewee_id=world.agents["nadia"].pk)
        if i.kind == "turn" and i.role == "agent"
    ]
    assert (str(nadia_turn.label), nadia_turn.is_other) == ("Agent, reviewee", False)
    assert (str(owen_turn.label), owen_turn.is_other) == ("Agent", True)


def test_a_mark_on_an_older_text_shows_what_it_said_then(world):
    conversation = world.conversations[0]
    message = conversation.messages.get(position=1)
    MessageVersion.objects.create(message=message, version=1, text="It left on Monday.")
    Message.objects.filter(pk=message.pk).update(text_version=2, text="It left on Tuesday.")
    turn = transcript.build(conversation, UTC, [mark(3, 17, message_id=message.pk)])[-1]
    assert [former.text for former in turn.former] == ["left on Monday"]
    assert not any(run.covers for part in turn.parts for b in part.blocks for line in b.lines for run in line)


def test_the_page_escapes_what_customers_write(world):
    conversation = world.conversations[0]
    message = conversation.messages.get(position=0)
    text = "<script>alert(1)</script> & so on"
    Message.objects.filter(pk=message.pk).update(text=text, html='<p onclick="x()">Hi<script>y()</script></p>')
    items = transcript.build(conversation, UTC, [mark(0, 7, message_id=message.pk)])
    html = render_to_string("conversations/_transcript.html", {"items": items, "language": "en"})
    assert "<script" not in html
    assert "onclick" not in html
    assert '<span class="evidence" id="e-1"><span data-at="0">&lt;script</span></span>' in html


@pytest.mark.parametrize("extra", [0, 40])
def test_the_number_of_queries_does_not_grow_with_the_messages(world, extra, django_assert_num_queries):
    conversation = world.conversations[0]
    for position in range(2, 2 + extra):
        Message.objects.create(
            conversation=conversation, position=position, role="agent", text="x", agent=world.agents["nadia"]
        )
    with django_assert_num_queries(1):
        assert len(transcript.build(conversation, UTC)) == 3 + extra

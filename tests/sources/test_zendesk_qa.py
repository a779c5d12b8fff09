"""The Zendesk QA import payload."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.sources.cutter import Cutter
from evenhand.sources.errors import SourceError
from evenhand.sources.limits import Limits
from evenhand.sources.records import BadRow, PersonRef
from evenhand.sources.stream import ByteStream
from evenhand.sources.zendesk_qa import reader
from tests.sources.helpers import read, read_tickets, tickets


def ticket(**changes) -> dict:
    return {"id": "t", "comments": []} | changes


def only(**changes):
    (row,) = read_tickets(ticket(**changes))
    return row


def test_the_author_who_is_no_client_is_an_agent():
    row = only(
        comments=[{"authorEmail": "Ana@x.example", "authorIsNotClient": True, "comment": "Hi"}, {"comment": "?"}]
    )
    assert [m.role for m in row.messages] == ["agent", "customer"]
    assert row.messages[0].author == PersonRef(email="ana@x.example")


def test_the_assignee_is_an_agent_without_the_flag():
    row = only(assigneeEmail="ana@x.example", comments=[{"authorEmail": "ANA@x.example", "comment": "Hi"}])
    assert row.messages[0].role == "agent"


def test_comments_are_html_or_text_and_notes_where_not_public():
    row = only(comments=[{"comment": "<p>Hi</p>"}, {"comment": "a < b > c", "public": False}])
    first, second = row.messages
    assert (first.html, first.text, first.kind) == ("<p>Hi</p>", "", "message")
    assert (second.html, second.text, second.kind, second.public) == ("", "a < b > c", "note", False)


def test_the_description_opens_the_conversation_once():
    row = only(
        description="Help\n me", customerEmail="mia@x.example", created="2024-01-02", comments=[{"comment": "Yes"}]
    )
    assert [m.external_id for m in row.messages] == ["description", "#1"]
    assert row.messages[0].author == PersonRef(email="mia@x.example")
    assert len(only(description="Help\n me", comments=[{"comment": "Help me"}]).messages) == 1


@pytest.mark.parametrize(
    ("score", "expected"),
    [("4", (4, 1, 5)), (5, (5, 1, 5)), ("good", (1, 0, 1)), ("Bad", (0, 0, 1)), ("offered", None), ("", None)],
)
def test_the_satisfaction_score_becomes_an_answer(score, expected):
    found = [(r.score, r.minimum, r.maximum) for r in only(satisfactionScore=score, satisfactionComment="x").responses]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize("score", ["9", 0, "great", True, [1]])
def test_another_score_is_refused(score):
    assert only(satisfactionScore=score).field == "satisfactionScore"


def test_ticket_fields_go_by_their_labels():
    row = only(
        type="question",
        ticketFields=[
            {"id": "1", "label": "Plan", "values": [{"label": "Gold", "value": "g"}]},
            {"id": 2, "values": ["a", {"value": "b"}]},
            {"id": "3", "label": "Empty", "values": []},
        ],
    )
    assert row.fields == {"type": "question", "Plan": "Gold", "2": ["a", "b"]}


def test_a_telephone_number_in_place_of_an_address_is_an_id():
    assert only(customerEmail="+49 151 1").customer_external_id == "+49 151 1"


def test_a_call_has_its_recording_and_length():
    row = only(comments=[{"recordingUrl": "https://x.example/r.mp3", "callDuration": "65"}])
    (call,) = row.messages
    assert (call.kind, call.duration_ms, call.attachments[0].media_type) == ("call", 65_000, "audio")


def test_one_broken_ticket_leaves_the_others():
    content = tickets(ticket(id=1), {"no": "id"}, 7, ticket(id=2), indent=1).replace(b'"no"', b'"caf\xe9"')
    rows = read(content, kind=reader)
    assert [type(row) is BadRow for row in rows] == [False, True, True, False]
    assert "not UTF-8 at byte 10" in rows[1].reason
    assert (rows[1].line, rows[2].line) == (7, 10)


def test_the_bare_list_and_other_keys_beside_data():
    bare = tickets(ticket(), wrapped=False)
    full = b'{"meta": {"data": [1, "]}"]}, "data": %s, "after": [{}]}' % bare
    assert read(bare, kind=reader) == read(full, kind=reader) == read(full, kind=reader, packed=True)


def test_a_document_that_breaks_off_says_so():
    content = tickets(ticket(id=1), ticket(id=2))
    for end in range(content.index(b"[") + 1, len(content) - 2):
        last = read(content[:end], kind=reader)[-1]
        assert isinstance(last, BadRow)
        assert "ends inside this record" in last.reason or "is not closed" in last.reason


def test_a_truncated_gzip_document_says_so():
    packed = gzip.compress(tickets(*(ticket(id=n) for n in range(5000))))
    *good, last = reader.read(io.BytesIO(packed[:-200]))
    assert len(good) > 100
    assert "ends too early" in last.reason


def test_a_ticket_over_the_limit_is_cut_and_the_next_one_read():
    rows = read_tickets(ticket(subject='"]}' * 400_000), ticket(id=2), limits=Limits(record_bytes=1000, kept_bytes=9))
    assert (rows[0].cut, rows[0].raw) == (True, b'{"id": "t')
    assert "of 1.53 MiB is more than the 1000 bytes" in rows[0].reason
    assert rows[1].external_id == "2"


@pytest.mark.parametrize(
    "content", [b"", b"7", b"{}", b'{"data": {}}', b'"data"', b'{"data"', b'{"x": [{"data": []}]}']
)
def test_a_document_without_the_list_is_refused(content):
    with pytest.raises(SourceError, match="expected a JSON list"):
        read(content, kind=reader)


@pytest.mark.parametrize(
    "content", [b"[:", b"[}", b'[{"a":1]]', b'["', b"[,,,]", b"[1 2,{}]", b'[{"a" "b"}:,{}]', b"[[]}"]
)
def test_stray_characters_do_not_stop_the_reading_for_ever(content):
    assert len(read(content, kind=reader)) < 6


values = st.recursive(
    st.none() | st.integers() | st.text(st.sampled_from('ab"\\[]{},: \n')),
    lambda deep: st.lists(deep) | st.dictionaries(st.text(), deep),
)


class Trickle(io.RawIOBase):
    """Gives a few bytes at a time, so that every token is cut somewhere."""

    def __init__(self, content: bytes, size: int) -> None:
        self._content, self._size = io.BytesIO(content), size

    def read(self, _size: int = -1) -> bytes:
        return self._content.read(self._size)

    def peek(self, _size: int) -> bytes:
        return b""


@given(st.lists(values), st.none() | st.integers(0, 2), st.integers(1, 9))
def test_records_are_cut_where_json_ends_them(found, indent, size):
    content = json.dumps({"a": found, "data": found, "z": found}, indent=indent).encode()
    pieces = Cutter(ByteStream(Trickle(content, size))).records("data")
    assert [json.loads(piece.raw) for piece in pieces] == found

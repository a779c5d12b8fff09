from __future__ import annotations

import dataclasses
import io
import string
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.sources.jsonl import reader, writer
from evenhand.sources.records import (
    MESSAGE_KINDS,
    RESPONSE_KINDS,
    ROLES,
    AttachmentRecord,
    ConversationRecord,
    MessageRecord,
    PersonRef,
    ResponseRecord,
    content_hash,
)

plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
words = plain.map(str.strip)
slugs = st.text(string.ascii_lowercase, min_size=1, max_size=8)
emails = slugs.map(lambda name: f"{name}@example.com")
moments = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2199, 12, 31)).map(
    lambda at: at.replace(tzinfo=UTC)
)
maybe = st.none() | moments
people = st.builds(PersonRef, slugs, st.just("") | emails, words)
attachments = st.builds(AttachmentRecord, words, st.just("https://x.example/a"), slugs, st.none() | st.integers(0, 99))
messages = st.builds(
    MessageRecord,
    external_id=slugs,
    role=st.sampled_from(ROLES),
    author=st.none() | people,
    text=plain,
    html=plain,
    sent_at=maybe,
    public=st.booleans(),
    kind=st.sampled_from(MESSAGE_KINDS),
    attachments=st.lists(attachments, max_size=2),
    offset_ms=st.none() | st.integers(0, 10**9),
)
responses = st.builds(
    ResponseRecord,
    st.sampled_from(RESPONSE_KINDS),
    st.floats(0, 1),
    st.just(0.0),
    st.just(1.0),
    words,
    maybe,
    slugs,
)
records = st.builds(
    ConversationRecord,
    external_id=slugs,
    channel=st.sampled_from(["email", "chat", "live-chat", "other"]),
    subject=words,
    customer_name=words,
    customer_email=emails,
    assignee=st.none() | people,
    created_at=maybe,
    tags=st.lists(slugs, unique=True, max_size=3),
    fields=st.dictionaries(slugs, plain | st.integers(0, 9) | st.lists(plain), max_size=3),
    messages=st.lists(messages, max_size=4, unique_by=lambda message: message.external_id),
    responses=st.lists(responses, max_size=2),
)


@given(records)
def test_what_is_written_is_read_back(record):
    (back,) = reader.read(io.BytesIO(writer.line(record)))
    assert back == record
    assert content_hash(back) == content_hash(record)


def test_raw_takes_no_part_in_comparison():
    one, other = ConversationRecord("a", raw=b"1"), ConversationRecord("a", raw=b"2")
    assert one == other
    assert content_hash(one) == content_hash(other)


@pytest.mark.parametrize("change", [{"subject": "x"}, {"fields": {"a": 1}}, {"messages": [MessageRecord("1", "bot")]}])
def test_any_change_changes_the_hash(change):
    assert content_hash(ConversationRecord("a")) != content_hash(dataclasses.replace(ConversationRecord("a"), **change))


def test_the_order_of_fields_does_not_change_the_hash():
    one = ConversationRecord("a", fields={"x": 1, "y": 2})
    assert content_hash(one) == content_hash(ConversationRecord("a", fields={"y": 2, "x": 1}))


def test_records_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        ConversationRecord("a").subject = "x"

"""Evenhand JSONL: what a line may say, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evenhand.sources.records import BadRow, PersonRef
from tests.sources.helpers import bad, line, message, one, read


def test_a_full_line_becomes_a_record():
    row = one(
        line(
            channel="Live Chat",
            status="On Hold",
            language="pt_br",
            customer={"id": 7, "email": "Mia@Example.com", "name": "Mia"},
            assignee="Ana@shop.example",
            tags=["a", "b", "a", ""],
            fields={"plan": "gold"},
        )
    )
    assert (row.channel, row.status, row.language) == ("live-chat", "on-hold", "pt-BR")
    assert (row.customer_external_id, row.customer_email, row.customer_name) == ("7", "mia@example.com", "Mia")
    assert row.assignee == PersonRef(email="ana@shop.example")
    assert (row.tags, row.fields) == (["a", "b"], {"plan": "gold"})


def test_ids_may_be_numbers():
    assert one(line(id=12)).external_id == "12"


@pytest.mark.parametrize("value", [True, 1.5, None, "", "  ", [], "x" * 201])
def test_other_ids_are_refused(value):
    assert bad(line(id=value)).field == "id"


def test_a_role_outside_the_list_names_what_was_expected():
    row = bad(line(messages=[message(), message(role="robot")]))
    assert row.field == "messages[1].role"
    assert str(row) == 'line 1: messages[1].role: expected one of customer, agent, bot, system, got "robot"'
    assert row.value == '"robot"'


@pytest.mark.parametrize(
    ("given", "kind", "public"),
    [
        ({}, "message", True),
        ({"kind": "note"}, "note", False),
        ({"public": False}, "note", False),
        ({"role": "system"}, "event", False),
        ({"kind": "call"}, "call", True),
        ({"kind": "document_link"}, "message", True),
        ({"kind": "message", "public": False}, "message", False),
    ],
)
def test_kind_and_visibility_follow_from_each_other(given, kind, public):
    (found,) = one(line(messages=[message(**given)])).messages
    assert (found.kind, found.public) == (kind, public)


def test_messages_without_ids_are_numbered():
    assert [m.external_id for m in one(line(messages=[message(), message(id="x"), message()])).messages] == [
        "#1",
        "x",
        "#3",
    ]


def test_the_same_message_id_twice_is_refused():
    row = bad(line(messages=[message(id=1), message(id="1")]))
    assert (row.field, row.reason) == ("messages[1].id", '"1" is already the id of messages[0]')


def test_unknown_plain_keys_become_fields_and_others_are_ignored():
    row = one(line(plan="gold", seats=3, labels={"x": 1}, parts=[{}], names=["a"], fields={"plan": "silver"}))
    assert row.fields == {"plan": "silver", "seats": 3, "names": ["a"]}


@pytest.mark.parametrize(
    ("given", "person"),
    [
        ("Ana", PersonRef("Ana", "", "Ana")),
        ("ana@x.example", PersonRef("", "ana@x.example", "")),
        ({"id": 5}, PersonRef("5", "", "")),
        ({"name": "Ana"}, PersonRef("Ana", "", "Ana")),
        ({}, None),
        ("", None),
        (None, None),
    ],
)
def test_people_are_objects_or_texts(given, person):
    assert one(line(messages=[message(author=given)])).messages[0].author == person


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("messages", None),
        ("messages", {}),
        ("messages", ["x"]),
        ("tags", "a"),
        ("fields", []),
        ("url", "javascript:alert(1)"),
        ("language", "Brazilian Portuguese"),
        ("customer", {"email": "nobody"}),
        ("subject", ["x"]),
        ("responses", [{"score": 6}]),
        ("responses", [{"kind": "nps", "score": -1}]),
        ("responses", [{"score": 1, "minimum": 5}]),
        ("responses", [{"comment": "no score"}]),
    ],
)
def test_a_wrong_value_is_named_by_its_field(field, value):
    row = read(line(**{field: value}))[0]
    if value is None:
        assert not isinstance(row, BadRow)  # an empty list
    else:
        assert row.field.startswith(field)


def test_a_line_without_messages_is_refused():
    assert bad(b'{"id": 1}').reason == "missing; expected a list, which may be empty"


def test_an_answer_to_a_survey_has_the_usual_scale_of_its_kind():
    row = one(line(responses=[{"score": "4.5"}, {"kind": "nps", "score": 0, "at": 1717165500}]))
    first, second = row.responses
    assert (first.kind, first.score, first.minimum, first.maximum) == ("csat", 4.5, 1, 5)
    assert (second.minimum, second.maximum) == (0, 10)
    assert second.responded_at == datetime(2024, 5, 31, 14, 25, tzinfo=UTC)


def test_raw_is_the_line_itself():
    content = b' {"id" : 1, "messages":[]}\r\n'
    assert one(content).raw == content


def test_reading_goes_on_from_any_row():
    content = b"".join(line(id=n) if n % 3 else b"broken\n\n" for n in range(10))
    rows = read(content)
    for start in range(11):
        assert read(content, start=start) == rows[start:]
        assert read(content, start=start, packed=True) == rows[start:]

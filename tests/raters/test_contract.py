from __future__ import annotations

import pyarrow as pa
import pytest

from evenhand.raters import RATINGS, rate
from evenhand.raters.needs import Need
from evenhand.raters.rater import BINARY, Card, Kind
from evenhand.raters.rating import abstain, not_applicable, passage, rated

from .making import batch, conversation

COLUMNS = "conversation_id agent rater version config value na_reason abstained confidence evidence error"


class Shouting:
    """Whether an agent writes in capitals."""

    card = Card("shouting", "Shouting", 3, Kind.CATEGORY, BINARY, per_agent=True, any_language=True)
    config = "abc"

    def rate(self, conversation, features):
        for agent in conversation.agents:
            first = conversation.replies(agent)[0]
            if not first.text:
                yield not_applicable(agent, "no_text")
            elif "boom" in first.text:
                raise RuntimeError("boom")
            elif first.text == "?":
                yield abstain(agent)
            else:
                yield rated(agent, first.text.isupper(), 0.9, passage(first, 0, len(first.text)))


class Encoding:
    card = Card("encoding", "Encoding", 1, Kind.CATEGORY, BINARY, per_agent=True, needs=frozenset({Need.ENCODER}))
    config = ""

    def rate(self, conversation, features):
        return []


def rows(*conversations):
    return rate(batch(*conversations), [Shouting()]).to_pylist()


def test_the_columns_come_in_their_order():
    ratings = rate(batch(conversation("agent: HELLO")), [Shouting()])
    assert ratings.schema.names == COLUMNS.split()
    assert ratings.schema.equals(RATINGS)


def test_one_row_for_every_agent_who_replied():
    found = rows(conversation("customer: hi", "agent ana: HELLO", "note bea: THIS IS PRIVATE", "agent cy: hello"))
    assert [(row["agent"], row["value"]) for row in found] == [("ana", 1.0), ("cy", 0.0)]
    assert {(row["rater"], row["version"], row["config"]) for row in found} == {("shouting", 3, "abc")}


def test_evidence_points_into_the_text():
    (row,) = rows(conversation("agent: HÉLLO 👋"))
    assert row["evidence"] == [{"message": "m0", "text_version": 1, "start": 0, "end": 7, "note": ""}]


@pytest.mark.parametrize(
    ("text", "column", "value"), [("", "na_reason", "no_text"), ("?", "abstained", True), ("ok", "value", 0.0)]
)
def test_a_value_a_reason_or_an_abstention(text, column, value):
    (row,) = rows(conversation(f"agent: {text}"))
    assert row[column] == value
    assert sum([row["value"] is not None, row["na_reason"] is not None, row["abstained"]]) == 1


def test_a_conversation_that_fails_is_an_error_row_and_the_rest_goes_on():
    found = rows(conversation("agent: boom", name="a"), conversation("agent: HELLO", name="b"))
    assert [(row["conversation_id"], row["error"]) for row in found] == [("a", "RuntimeError: boom"), ("b", None)]
    assert found[0]["value"] is None


def test_a_row_that_cannot_be_read_is_an_error_row():
    bad = conversation("agent: HELLO", name="a")
    bad["messages"][0]["role"] = "manager"
    broken, good = rows(bad, conversation("agent: HELLO", name="b"))
    assert "the role 'manager'" in broken["error"]
    assert good["error"] is None


def test_a_batch_without_messages_is_refused_whole():
    with pytest.raises(ValueError, match="no column 'messages'"):
        rate(pa.RecordBatch.from_pylist([{"id": "a"}]), [Shouting()])


def test_a_rater_whose_needs_are_not_met_is_refused_by_name():
    with pytest.raises(ValueError, match="encoding needs encoder"):
        rate(batch(), [Encoding()])


def test_an_empty_batch_has_no_rows():
    assert rate(batch(), [Shouting()]).num_rows == 0

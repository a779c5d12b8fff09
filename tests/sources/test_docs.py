"""The examples of docs/import-format.md are read as they stand; its limits are the true ones."""

from __future__ import annotations

import re
from pathlib import Path

from evenhand.sources.limits import LIMITS
from evenhand.sources.records import ConversationRecord
from evenhand.sources.zendesk_qa import reader as zendesk_qa
from tests.sources.helpers import read

PAGE = (Path(__file__).parents[2] / "docs" / "import-format.md").read_text()


def example(language: str) -> bytes:
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[1].encode()


def test_the_jsonl_example_is_read():
    first, second = read(example("jsonl"))
    assert [m.kind for m in first.messages] == ["message", "message", "note"]
    assert (first.customer_email, first.responses[0].score, first.fields) == ("mia@example.com", 4, {"plan": "gold"})
    assert (second.external_id, second.messages[0].role) == ("4712", "bot")


def test_the_zendesk_qa_example_is_read():
    (row,) = read(example("json"), kind=zendesk_qa)
    assert isinstance(row, ConversationRecord)
    assert [m.role for m in row.messages] == ["customer", "agent"]
    assert (row.fields, row.responses[0].score) == ({"Plan": "Gold"}, 5)


def test_every_limit_is_told():
    for limit in (LIMITS.messages, LIMITS.text_chars, LIMITS.brackets, LIMITS.depth, LIMITS.gzip_ratio):
        assert f"{limit:,}" in PAGE

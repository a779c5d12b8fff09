from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evenhand.sources import zendesk_qa
from evenhand.sources.errors import SourceError
from evenhand.sources.records import ConversationRecord
from evenhand.sources.registry import KINDS, detect, open_source
from tests.sources.helpers import line, message, tickets


@pytest.fixture
def file(tmp_path):
    def write(content: bytes, name: str = "file.bin"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (line(), "jsonl"),
        (b"\xef\xbb\xbf\n" + line(), "jsonl"),
        (b"broken\n" + line(), "jsonl"),
        (line(messages=[message(text="x" * 500_000)]), "jsonl"),
        (line(data=[{"subject": 1}]), "jsonl"),
        (tickets({"id": 1, "comments": []}), "zendesk_qa"),
        (tickets({"id": 1, "subject": "x" * 500_000}), "zendesk_qa"),
        (tickets({"id": 1, "subject": "x"}, indent=2), "zendesk_qa"),
        (tickets({"id": 1, "subject": "x"}, wrapped=False), "zendesk_qa"),
        (tickets(), "zendesk_qa"),
    ],
)
def test_the_kind_is_told_from_the_content(file, content, kind):
    assert detect(file(content, "misleading.csv")) == kind
    assert detect(file(gzip.compress(content), "misleading.json")) == kind


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (b"", "an empty file"),
        (b"PK\x03\x04...", "a ZIP archive"),
        (b"%PDF-1.7", "a PDF"),
        (b"id,subject,text\n1,2,3", 'a table (CSV) that begins "id,subject,text"'),
        (b"Dear team", 'text that begins "Dear team"'),
        (b"<!doctype html>", "HTML or XML"),
        ('{"id": 1}'.encode("utf-16"), "UTF-16 text"),
        ('{"id": 1}'.encode("utf-16-le"), "UTF-16 text"),
        (b'{"foo": 1}\n', "JSON objects with the keys foo"),
        (json.dumps([{"id": 1, "messages": []}]).encode(), "write one object a line"),
        (b"[1, 2]", "a JSON list of values that are no objects"),
        (gzip.compress(gzip.compress(line(), mtime=0)), "gzip data inside gzip"),
        (b"\x01\x02\x03\x04", "binary data"),
    ],
)
def test_another_file_is_refused_by_what_it_is(file, content, seen):
    with pytest.raises(SourceError) as error:
        detect(file(content))
    assert seen in str(error.value)
    assert "expected Evenhand JSONL or Zendesk QA import payload" in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"nowhere.jsonl: No such file"):
        open_source(tmp_path / "nowhere.jsonl")


def test_an_unknown_format_lists_the_known_ones(file):
    with pytest.raises(SourceError, match='no format "csv"; the formats are jsonl, zendesk_qa'):
        open_source(file(b""), "csv")


def test_a_source_can_be_read_again_from_anywhere(file):
    with open_source(file(gzip.compress(b"".join(line(id=n) for n in range(5))))) as source:
        assert source.kind.name == "jsonl"
        first = list(source.records())
        assert list(source.records(start=3)) == first[3:]
        assert source.position == source.size


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_kinds_recognise_their_own_files_only(kind):
    own = {"jsonl": line(), "zendesk_qa": tickets({"id": 1, "subject": "x"})}
    assert {name for name, content in own.items() if kind.looks_like(content)} == {kind.name}


def test_real_conversations_are_read_without_a_bad_row(shared):
    for name in ("star", "wmt24_chat", "maia_dqe", "twcs_airlines"):
        meta = json.loads((shared / "data" / name / "meta.json").read_text())["parts"]["dev"]
        with open_source(shared / "data" / name / "dev.jsonl.gz") as source:
            rows = list(source.records())
        assert all(isinstance(row, ConversationRecord) for row in rows)
        assert (len(rows), sum(len(row.messages) for row in rows)) == (meta["rows"], meta["messages"])


def test_every_property_of_the_published_payload_is_taken(shared):
    spec = json.loads((shared / "samples" / "klaus" / "klaus-import.json").read_text())["definitions"]
    folder = Path(zendesk_qa.__file__).parent
    code = (folder / "reader.py").read_text() + (folder / "comments.py").read_text()
    ticket = spec["protoPubTicketImport"]["properties"].keys()
    comment = spec["protoPubCommentImport"]["properties"].keys() - {"updated", "isBucketKey"}  # nothing to keep them in
    people = {"authorEmail", "authorName"}
    assert [key for key in (ticket | comment) - people if f'"{key}"' not in code] == []

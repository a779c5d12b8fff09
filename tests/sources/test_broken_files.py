"""Files that are damaged, hostile or odd: good rows land, bad ones say where and why."""

from __future__ import annotations

import gzip
import io

import pytest

from evenhand.sources.errors import SourceError
from evenhand.sources.jsonl import reader
from evenhand.sources.limits import Limits
from evenhand.sources.records import BadRow, ConversationRecord
from tests.sources.helpers import bad, line, message, one, read

GOOD = line()


def test_marks_blank_lines_and_missing_newlines_are_harmless():
    content = b"\xef\xbb\xbf" + line(id=1).rstrip() + b"\r\n\n  \r\n" + line(id=2).rstrip()
    assert [row.external_id for row in read(content)] == ["1", "2"]
    assert [row.external_id for row in read(content, packed=True)] == ["1", "2"]


def test_lines_are_counted_with_the_blank_ones():
    assert [row.line for row in read(b"\n\nx\n\ny") if isinstance(row, BadRow)] == [3, 5]


def test_a_line_that_is_not_utf8_names_line_and_byte():
    good, row = read(GOOD + b'{"id":"caf\xe9","messages":[]}\n')
    assert isinstance(good, ConversationRecord)
    assert (row.line, row.reason) == (2, "not UTF-8 at byte 11 (0xe9); save the file as UTF-8")
    assert row.raw == b'{"id":"caf\xe9","messages":[]}\n'


def test_half_of_a_surrogate_pair_is_refused():
    assert "half of a surrogate pair (\\ud83d) at byte" in bad(b'{"id":"\\ud83d","messages":[]}').reason


def test_a_whole_surrogate_pair_is_one_character():
    assert one(b'{"id":"\\ud83d\\ude00","messages":[]}').external_id == "😀"


def test_nul_characters_are_removed():
    row = one(b'{"id":"a\\u0000b","messages":[{"role":"bot","text":"x\\u0000y"}],"fields":{"k\\u0000":["\\u0000"]}}')
    assert (row.external_id, row.messages[0].text, row.fields) == ("ab", "xy", {"k": [""]})
    assert one(b'{"id":"a\0b","messages":[]}').external_id == "ab"


def test_a_key_that_appears_twice_is_refused():
    assert bad(b'{"id":1,"messages":[{"role":"bot","text":"a","text":"b"}]}').field == "text"
    assert bad(b'{"id":1,"id" :2,"messages":[]}').field == "id"


def test_a_text_that_looks_like_a_key_is_not_mistaken_for_one():
    assert one(line(subject=':"x":', messages=[message(text=':)"')])).messages[0].text == ':)"'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"id":1,', "not valid JSON at byte"),
        (b"[1]", "expected an object in braces, got a list"),
        (b"null", "expected an object in braces, got null"),
        (b'"x"', "expected an object in braces, got text"),
        (b"[" * 5000, "nested too deeply"),
        (b'{"id":1,"messages":[],"x":' + b"[" * 40 + b"]" * 40 + b"}", "nested 41 deep"),
        (b'{"id":NaN,"messages":[]}', "not valid JSON at byte"),
    ],
)
def test_what_is_no_conversation_is_refused(content, reason):
    assert reason in bad(content).reason


def test_limits_of_one_record():
    limits = Limits(messages=2, text_chars=5, brackets=40)
    assert "at most 2 entries, got 3" in bad(line(messages=[message(text="")] * 3), limits=limits).reason
    assert "at most 5 characters, got 6" in bad(line(messages=[message(text="123456")]), limits=limits).reason
    assert "brackets" in bad(b"[" + b"{}," * 30 + b"{}]", limits=limits).reason


def test_a_line_over_the_limit_is_skipped_and_the_next_one_read():
    limits = Limits(record_bytes=1000, kept_bytes=10)
    row, good = read(line(subject="x" * 5000) + GOOD, limits=limits)
    assert (row.line, row.cut, len(row.raw)) == (1, True, 10)
    assert "more than the 1000 bytes" in row.reason
    assert isinstance(good, ConversationRecord)


def test_a_line_of_exactly_the_limit_is_read():
    assert isinstance(one(GOOD, limits=Limits(record_bytes=len(GOOD) - 1)), ConversationRecord)


def test_a_truncated_gzip_file_gives_its_good_rows_and_one_bad_one():
    packed = gzip.compress(b"".join(line(id=n, subject=str(n) * 50) for n in range(500)))
    rows = list(reader.read(io.BytesIO(packed[: len(packed) // 2])))
    assert len(rows) > 10
    assert all(isinstance(row, ConversationRecord) for row in rows[:-1])
    assert rows[-1].reason.startswith("the gzip file ends too early")


def test_damaged_gzip_data_is_one_bad_row():
    packed = bytearray(gzip.compress(GOOD))
    packed[-6] ^= 255  # the check sum
    good, row = list(reader.read(io.BytesIO(bytes(packed))))
    assert isinstance(good, ConversationRecord)
    assert "damaged" in row.reason


def test_gzip_members_and_padding_follow_each_other():
    packed = gzip.compress(line(id=1)) + gzip.compress(line(id=2)) + b"\0" * 512
    assert [row.external_id for row in reader.read(io.BytesIO(packed))] == ["1", "2"]


def test_a_bomb_is_refused():
    packed = io.BytesIO(gzip.compress(b" " * 30_000_000))
    with pytest.raises(SourceError, match="more than 200 times its size"):
        list(reader.read(packed))


def test_a_file_that_unpacks_to_too_much_is_refused():
    packed = io.BytesIO(gzip.compress(GOOD * 1000))
    with pytest.raises(SourceError, match=r"unpacks to more than 9.77 KiB; split it"):
        list(reader.read(packed, limits=Limits(total_bytes=10_000)))


def test_huge_numbers_are_no_trap():
    assert isinstance(one(line(n=10**300, subject=":)")), ConversationRecord)
    assert "not valid JSON" in bad(line(n=10**4000, subject=":)")).reason

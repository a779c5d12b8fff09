from __future__ import annotations

import gzip
import json

import pytest

from evenhand.conversations.models import BadRow, Connection, Conversation, Import
from evenhand.conversations.services import imports, mending
from evenhand.sources.errors import SourceError


@pytest.fixture
def into(world):
    return Connection.objects.create(workspace=world.workspace, name="Desk")


def line(number, **values):
    turns = [{"role": "customer", "text": f"hello {number}"}, {"role": "agent", "author": "Kim", "text": "hi"}]
    return json.dumps({"id": f"c{number}", "messages": turns, **values})


@pytest.fixture
def file(tmp_path):
    def write(*lines, name="in.jsonl"):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n")
        return path

    return write


def bring_in(into, path, **hooks):
    return imports.run(imports.begin(into.workspace, into, path, path.name), **hooks)


class Killed(Exception):
    pass


def stop_after(chunks):
    calls = iter(range(chunks))

    def look():
        if next(calls, None) is None:
            raise Killed

    return look


def test_counts_go_in_and_come_out(into, file):
    item = bring_in(into, file(*(line(n) for n in range(7))))
    assert (item.state, item.kind) == ("done", "jsonl")
    assert (item.read, item.new, item.updated, item.unchanged, item.bad) == (7, 7, 0, 0, 0)
    again = bring_in(into, file(*(line(n) for n in range(7))))
    assert (again.pk != item.pk, again.unchanged) == (True, 7)


def test_gzip_is_read_as_it_is(into, tmp_path):
    path = tmp_path / "in.gz"
    path.write_bytes(gzip.compress(line(1).encode()))
    assert bring_in(into, path).new == 1


def test_bad_rows_are_kept_with_line_field_and_reason_and_good_ones_land(into, file):
    item = bring_in(into, file(line(0), '{"id": "x", "messages": [{"role": "boss"}]}', "{oops", line(1)))
    assert (item.new, item.bad) == (2, 2)
    first, second = BadRow.objects.filter(source=item).order_by("line")
    assert (first.line, first.field, first.value) == (2, "messages[0].role", '"boss"')
    assert (second.line, second.field) == (3, "")
    assert "boss" in first.reason


def test_what_was_set_aside_can_be_mended_and_imported_again(into, file, tmp_path):
    item = bring_in(into, file(line(0), line(1).replace("customer", "boss"), line(2)))
    mended = tmp_path / "mended.jsonl"
    mended.write_bytes(b"".join(mending.records(item)).replace(b"boss", b"customer"))
    assert bring_in(into, mended).new == 1
    assert Conversation.objects.filter(connection=into).count() == 3


def test_a_payload_of_tickets_can_be_mended_too(into, tmp_path):
    path = tmp_path / "tickets.json"
    good = {"id": "1", "subject": "a", "created": "2026-03-01T10:00:00Z", "comments": []}
    path.write_text(json.dumps({"data": [good, {**good, "id": "2", "created": "the day before"}]}))
    item = bring_in(into, path)
    assert (item.kind, item.new, item.bad) == ("zendesk_qa", 1, 1)
    mended = tmp_path / "mended.json"
    mended.write_bytes(b"".join(mending.records(item)).replace(b"the day before", b"2026-03-02T10:00:00Z"))
    assert bring_in(into, mended).new == 1


def test_reasons_open_safely_in_a_spreadsheet(into, file):
    item = bring_in(into, file(line(0, status=["=cmd()"]), line(1, channel={"=1+1": 2}), line(2)))
    BadRow.objects.filter(source=item).update(value="=HYPERLINK()")
    assert ",'=HYPERLINK()" in "".join(mending.reasons(item))


def test_a_stopped_import_goes_on_where_it_was(into, file):
    path = file(*(line(n) for n in range(60)), "{oops")
    with pytest.raises(Killed):
        bring_in(into, path, look=stop_after(1))
    half = imports.begin(into.workspace, into, path, path.name)
    assert 0 < half.read < 60
    item = imports.run(half)
    assert (item.state, item.read, item.new, item.bad) == ("done", 61, 60, 1)
    assert Import.objects.filter(connection=into).count() == 1


def test_a_cancelled_import_keeps_what_landed(into, file):
    path = file(*(line(n) for n in range(60)))
    item = imports.begin(into.workspace, into, path, path.name)

    def cancel_once(running, at):
        imports.stop(Import.objects.get(pk=item.pk), "cancelled")

    imports.run(item, progress=cancel_once)
    assert item.state == "cancelled"
    assert item.read == Conversation.objects.filter(connection=into).count() == 20


def test_a_second_process_with_the_same_file_writes_nothing_twice(into, file):
    path = file(*(line(n) for n in range(60)))
    item = imports.begin(into.workspace, into, path, path.name)
    other = Import.objects.get(pk=item.pk)
    with pytest.raises(imports.TakenOver):
        imports.run(item, progress=lambda *_: imports.run(other))
    assert other.state == "done"
    assert (other.read, other.new, other.unchanged) == (60, 60, 0)


def test_a_file_that_breaks_off_says_so_and_keeps_what_landed(into, tmp_path):
    path = tmp_path / "cut.json"
    path.write_text('{"data": [{"id": "1", "subject": "a", "comments": []}, {"id": "2", "subj')
    item = bring_in(into, path)
    assert (item.new, item.state == "failed" or item.bad == 1) == (1, True)


def test_a_file_of_another_kind_is_refused_with_what_was_seen(into, file):
    with pytest.raises(SourceError, match="found"):
        bring_in(into, file("name,age", "kim,3"))


def test_what_the_database_refuses_is_set_aside_alone(into, file, monkeypatch):
    from django.db import DataError

    from evenhand.conversations.services import store

    write = store.write

    def picky(plan):
        if any(stored.record.external_id == "c3" for stored in plan.stored):
            raise DataError("value out of range")
        write(plan)

    monkeypatch.setattr(store, "write", picky)
    item = bring_in(into, file(*(line(n) for n in range(5))))
    assert (item.read, item.new, item.bad) == (5, 4, 1)
    assert "out of range" in BadRow.objects.get(source=item).reason


def test_the_same_conversation_twice_in_a_file_is_new_once(into, file):
    item = bring_in(into, file(line(1), line(1, status="solved"), line(2)))
    assert (item.new, item.updated) == (2, 1)
    assert Conversation.objects.get(connection=into, external_id="c1").status == "solved"


def test_a_chunk_and_its_position_land_together_or_not_at_all(into, file):
    path = file(*(line(n) for n in range(60)), "{oops")
    moments = iter(range(2))

    def fall_over(item, at):
        if next(moments, None) is None:
            raise Killed

    with pytest.raises(Killed):
        bring_in(into, path, within=fall_over)
    half = Import.objects.get(connection=into)
    assert half.read == half.position == half.new == Conversation.objects.filter(connection=into).count()
    assert 0 < half.read < 60

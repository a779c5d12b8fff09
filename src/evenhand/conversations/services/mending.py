"""Rows that were set aside, as a file that can be mended and imported again, and as a table of what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.db.models import QuerySet

from evenhand.conversations.models import BadRow, Import
from evenhand.home import ensure_home
from evenhand.people.spreadsheet import line

# A Zendesk QA payload is one document: its tickets stand in a list. Other kinds have a record a line.
AROUND = {"zendesk_qa": (b'{"data": [\n', b",\n", b"\n]}\n")}
LINES = (b"", b"\n", b"\n")


def records(item: Import) -> Iterator[bytes]:
    """The rows as they came, in the format of their file; rows too large to keep are left out."""
    head, between, tail = AROUND.get(item.kind, LINES)
    yield head
    first = True
    for raw in _rows(item).values_list("raw", flat=True).iterator(chunk_size=50):
        if record := bytes(raw).strip():
            yield record if first else between + record
            first = False
    yield tail if head or not first else b""


def reasons(item: Import) -> Iterator[str]:
    """CSV: line, field, what is wrong, value. Cells that a spreadsheet would run are made plain text."""
    yield line(["line", "field", "reason", "value"])
    for row in _rows(item).values_list("line", "field", "reason", "value").iterator(chunk_size=500):
        yield line(row)


def write(item: Import) -> Path:
    """The file of the command line, in the home's folder `bad-rows`, with the reasons beside it."""
    folder = ensure_home() / "bad-rows"
    path = folder / f"{item.public_id}.{'json' if item.kind in AROUND else 'jsonl'}"
    with path.open("wb") as file:
        path.chmod(0o600)
        file.writelines(records(item))
    told = path.with_suffix(".reasons.csv")
    with told.open("w", newline="") as file:
        told.chmod(0o600)
        file.writelines(reasons(item))
    return path


def _rows(item: Import) -> QuerySet[BadRow]:
    return BadRow.objects.filter(source=item).order_by("line", "pk")

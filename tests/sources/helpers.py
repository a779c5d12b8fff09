from __future__ import annotations

import gzip
import io
import json

from evenhand.sources.jsonl import reader as jsonl
from evenhand.sources.limits import LIMITS
from evenhand.sources.records import BadRow
from evenhand.sources.zendesk_qa import reader as zendesk_qa


def line(**changes) -> bytes:
    """One valid line of Evenhand JSONL with some keys changed."""
    return json.dumps({"id": "a", "messages": []} | changes).encode() + b"\n"


def message(**changes) -> dict:
    return {"role": "customer", "text": "Hello"} | changes


def read(content: bytes, *, start=0, limits=LIMITS, packed=False, kind=jsonl) -> list:
    stream = io.BytesIO(gzip.compress(content) if packed else content)
    return list(kind.read(stream, start=start, limits=limits))


def one(content: bytes, **options):
    """The only row."""
    (row,) = read(content, **options)
    return row


def bad(content: bytes, **options) -> BadRow:
    row = one(content, **options)
    assert isinstance(row, BadRow), row
    return row


def tickets(*found, wrapped=True, indent=None) -> bytes:
    return json.dumps({"data": found} if wrapped else found, indent=indent).encode()


def read_tickets(*found, **options) -> list:
    return read(tickets(*found), kind=zendesk_qa, **options)

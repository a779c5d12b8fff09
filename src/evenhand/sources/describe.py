"""What an unknown file seems to be, in words for the person who chose it."""

from __future__ import annotations

import orjson

_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive or an Office file; unpack it, or export JSON instead"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"BZh", "a bzip2 file; unpack it or pack it with gzip"),
    (b"\xfd7zXZ", "an xz file; unpack it or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file; unpack it or pack it with gzip"),
    (b"\x1f\x8b", "gzip data inside gzip; unpack it once"),
    (b"\xff\xfe", "UTF-16 text; save it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text; save it as UTF-8"),
)


def describe(head: bytes) -> str:
    """One phrase about the beginning of a file."""
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return what
    start = head.lstrip()
    if not start:
        return "an empty file"
    if b"\0" in head[:4]:
        return "UTF-16 text or binary data; save it as UTF-8"
    if start[:1] in b"{[":
        return _json(start)
    if start[:1] == b"<":
        return "HTML or XML"
    return _text(start)


def _json(start: bytes) -> str:
    first = start.split(b"\n", 1)[0]
    for text in (start, first, first.lstrip(b"[").rstrip(b"\r,]")):
        try:
            data = orjson.loads(text)
        except orjson.JSONDecodeError:
            continue
        return _parsed(data)
    what = "a JSON list" if start[:1] == b"[" else "JSON"
    return f"{what} that begins {_quote(start)}"


def _parsed(data: object) -> str:
    if isinstance(data, list):
        return _list_of(data[0]) if data else "an empty JSON list"
    if not isinstance(data, dict):
        return "a JSON value that is no object"
    return f"JSON objects with the keys {_names(data)}"


def _list_of(first: object) -> str:
    if not isinstance(first, dict):
        return "a JSON list of values that are no objects"
    advice = "; write one object a line for Evenhand JSONL" if "messages" in first else ""
    return f"a JSON list of objects with the keys {_names(first)}{advice}"


def _names(data: dict[str, object]) -> str:
    names = ", ".join(list(data)[:8])
    return (names + ", ..." if len(data) > 8 else names) or "(none)"


def _text(start: bytes) -> str:
    line = start.split(b"\n", 1)[0]
    if any(byte < 9 for byte in line[:200]):
        return "binary data"
    what = "a table (CSV)" if line.count(b",") + line.count(b";") + line.count(b"\t") >= 2 else "text"
    return f"{what} that begins {_quote(start)}"


def _quote(start: bytes) -> str:
    line = start.split(b"\n", 1)[0].strip().decode("utf-8", "replace")
    return f'"{line[:60]}…"' if len(line) > 60 else f'"{line}"'

"""What can be wrong with a whole file, and with one record of it."""

from __future__ import annotations

import reprlib

import orjson

_short = reprlib.Repr()
_short.maxstring = _short.maxother = 120


class SourceError(Exception):
    """The file cannot be read, or not any further. The text says what was seen and what to do."""


class RowError(Exception):
    """One record cannot be taken. Readers turn it into a `BadRow`; it never leaves them."""

    def __init__(self, field: str, reason: str, value: object = None) -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
        self.field = field
        self.reason = reason
        self.value = "" if value is None else show(value)


def expected(field: str, what: str, value: object) -> RowError:
    """The error of a field that should hold something else."""
    return RowError(field, f"expected {what}, got {show(value)}", value)


def show(value: object) -> str:
    """A value as the file would write it, cut to a length that fits a table cell."""
    if isinstance(value, str):
        return f'"{value[:117]}…"' if len(value) > 118 else f'"{value}"'
    if isinstance(value, dict | list):
        kind = "an object" if isinstance(value, dict) else "a list"
        return f"{kind} of {len(value)}"
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        return _short.repr(value)

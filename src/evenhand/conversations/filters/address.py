"""Filters in the address bar: `channel=email,chat&tag=-spam&replies=2..`.

A comma separates values, a minus in front of the first turns the whole choice round. Inside a value both are written
with a backslash before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from evenhand.conversations.filters.base import Choice

_CUT = re.compile(r"((?:[^,\\]|\\.)*)(?:,|$)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
LONGEST = 2_000
MOST_VALUES = 50


def read(raw: str, part: str = "") -> Choice:
    excluded = raw.startswith("-")
    pieces = _CUT.findall(raw[:LONGEST][excluded:])
    # The pattern also matches nothing at the end.
    values = [_ESCAPE.sub(r"\1", piece).strip() for piece in pieces]
    return Choice(tuple(dict.fromkeys(value for value in values if value))[:MOST_VALUES], excluded, part)


def written(choice: Choice) -> str:
    return ("-" if choice.excluded else "") + joined(choice.values)


def joined(values: Iterable[str]) -> str:
    escaped = [value.replace("\\", "\\\\").replace(",", "\\,") for value in values]
    if escaped and escaped[0].startswith("-"):
        escaped[0] = "\\" + escaped[0]
    return ",".join(escaped)

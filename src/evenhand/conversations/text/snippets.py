"""A text cut into marked and unmarked pieces, whole or as a short extract."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_SPACES = re.compile(r"\s+")
_WORD_END = re.compile(r"\s")
_LEAD = 3  # the first hit stands after a third of the extract
_REACH = 15  # characters to look for a word's end


class Piece(NamedTuple):
    """Text as it stands, to be escaped by the page; `hit` asks for a mark around it."""

    text: str
    hit: bool


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> list[Piece]:
    """The whole text in order; `spans` are sorted and do not overlap."""
    found, at = [], 0
    for start, end in spans:
        found += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    return [piece for piece in (*found, Piece(text[at:], False)) if piece.text]


def snippet(text: str, spans: list[tuple[int, int]], width: int = 160) -> list[Piece]:
    """About `width` characters around the first hit, white space squeezed, "…" where it is cut."""
    first, last = spans[0] if spans else (0, 0)
    start = _cut(text, max(0, min(first - width // _LEAD, len(text) - width)), first)
    end = max(last, _cut(text, min(len(text), start + width), len(text)))
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
    found = [Piece(_SPACES.sub(" ", part), hit) for part, hit in pieces(text[start:end], inside)]
    before = [Piece("…", False)] if start else []
    after = [Piece("…", False)] if end < len(text) else []
    return [*before, *found, *after]


def _cut(text: str, at: int, limit: int) -> int:
    """The next word's end from here, if there is one near; never beyond `limit`."""
    if at in (0, len(text)):
        return at
    found = _WORD_END.search(text, at, min(limit, at + _REACH))
    return found.end() if found else min(at, limit)

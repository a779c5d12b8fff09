"""Sentences of a message, with where they stand in it.

Support messages are short and carelessly punctuated, so a line break always ends a
sentence, and a full stop does unless it stands in a number, an address or an abbreviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 600
MOST = 120
READ = 40_000
"""Code points of a message that are read; a pasted log is no speech."""

_WIDE = "。！？｡︒"
_END = re.compile(rf"(?:[.!?…]+[\"'”’)\]]*(?=\s|$))|[{_WIDE}]+[”’」』）]*|[؟۔।]+(?=\s|$)|[\r\n]+")
_SHORT = re.compile(
    r"(?:^|[\s(])(?:\w|mr|mrs|ms|dr|prof|st|no|nr|art|bzw|ca|etc|e\.g|i\.e|z\.b|d\.h|sr|sra|vs|approx|tel|inc|ltd)\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """text: without surrounding space. start, end: its place in the message, in code points."""

    text: str
    start: int
    end: int


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, at most MOST of at most LONGEST code points each; the rest is not read."""
    found: list[Sentence] = []
    for start, end in _pieces(text[:READ]):
        for one in _trimmed(text, start, end):
            found.append(one)
            if len(found) == MOST:
                return tuple(found)
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if match.group() == "." and _SHORT.search(text, max(start, match.end() - 12), match.end()):
            continue
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    while start < end:
        stop = min(end, start + LONGEST)
        piece = text[start:stop]
        kept = piece.strip()
        if kept and any(character.isalnum() for character in kept):
            begin = start + len(piece) - len(piece.lstrip())
            yield Sentence(kept, begin, begin + len(kept))
        start = stop

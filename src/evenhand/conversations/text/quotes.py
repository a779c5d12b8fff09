"""Folding: which part of a mail its sender wrote, which is quotation, which the signature.

Line by line and without back-tracking, so that the time is linear in the text whatever it holds.
Only the beginning of a very long line is looked at.
"""

from __future__ import annotations

from itertools import groupby
from typing import Literal, NamedTuple

from evenhand.conversations.text.intros import SEEN, intro_height, is_header_block, is_separator

Part = Literal["text", "quote", "signature"]

_BLANKS = 3  # so many blank lines do not end a quotation
_SHORT = 12  # lines: what follows a bare "--" is a signature only if it is short
_DEVICES = (
    "sent from my ",
    "get outlook for ",
    "von meinem ",
    "gesendet von meinem ",
    "envoyé de mon ",
    "enviado desde mi ",
    "enviado do meu ",
    "inviato da ",
    "verstuurd vanaf ",
)


class Segment(NamedTuple):
    """A run of lines of one kind: `text` is `original[start:end]`."""

    kind: Part
    text: str
    start: int
    end: int


def fold_quotes(text: str) -> list[Segment]:
    """The text in segments, in order and without gaps: their texts joined are the text.

    A message that holds nothing but quotation and signature is one segment of text: there is
    nothing that the fold could stand for.
    """
    lines = _lines(text)
    kinds = _kinds(lines)
    if all(kind != "text" or not line.strip() for kind, line in zip(kinds, lines, strict=True)):
        kinds = ["text"] * len(lines)
    segments, at, index = [], 0, 0
    for kind, group in groupby(kinds):
        count = len(list(group))
        part = "".join(lines[index : index + count])
        segments.append(Segment(kind, part, at, at + len(part)))
        at, index = at + len(part), index + count
    return segments


def _lines(text: str) -> list[str]:
    # Not str.splitlines: it also breaks at form feeds and the like, which mail clients do not.
    found = text.split("\n")
    lines = [line + "\n" for line in found[:-1]]
    return [*lines, found[-1]] if found[-1] else lines


def _kinds(lines: list[str]) -> list[Part]:
    seen = [line[:SEEN].strip() for line in lines]
    openings = [_opening(seen, index) for index in range(len(seen))]
    kinds: list[Part] = []
    while (index := len(kinds)) < len(lines):
        if openings[index]:
            kinds += ["quote"] * (_quotation(seen, index, openings[index]) - index)
        elif until := _signature(openings, lines[index], index):
            kinds += ["signature"] * (until - index)
        else:
            kinds.append("text")
    return kinds


def _opening(seen: list[str], index: int) -> int:
    """How many lines introduce a quotation that begins here; 0 where none does."""
    if not (line := seen[index]):
        return 0
    return intro_height(seen, index) or int(line[0] == ">" or is_separator(line) or is_header_block(seen, index))


def _quotation(seen: list[str], index: int, height: int) -> int:
    """The line after the quotation that begins here."""
    if seen[index].startswith(">"):
        return _marked(seen, index)
    return _marked(seen, _past_blank(seen, index + height)) or len(seen)


def _marked(seen: list[str], index: int) -> int:
    """After the last line marked with ">"; blank lines between two such lines belong to them."""
    end = 0
    while index < len(seen):
        if seen[index].startswith(">"):
            end = index = index + 1
        elif end and not seen[index] and index - end < _BLANKS:
            index += 1
        else:
            break
    return end


def _past_blank(seen: list[str], index: int) -> int:
    limit = min(len(seen), index + _BLANKS)
    while index < limit and not seen[index]:
        index += 1
    return index


def _signature(openings: list[int], line: str, index: int) -> int:
    """The line after the signature that begins here; 0 where none does."""
    stripped = line[:SEEN].strip()
    if stripped == "--":
        return _until_quotation(openings, index, len(openings) if line.rstrip("\r\n") == "-- " else _SHORT)
    if stripped.lower().startswith(_DEVICES) and len(stripped) <= 60:
        return _until_quotation(openings, index, 3)
    return 0


def _until_quotation(openings: list[int], index: int, most: int) -> int:
    """Where quotation or the text ends what begins here; 0 where it takes more than `most` lines."""
    for at in range(index + 1, min(len(openings), index + most + 1)):
        if openings[at]:
            return at
    return len(openings) if index + most >= len(openings) else 0

"""From pieces of a file to records: the loop that every reader shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from evenhand.sources.errors import RowError
from evenhand.sources.limits import Limits
from evenhand.sources.parse import parse_object
from evenhand.sources.records import BadRow, ConversationRecord, MessageRecord
from evenhand.sources.stream import Piece

Convert = Callable[[dict[str, object], Limits], ConversationRecord]


def rows(
    pieces: Iterable[Piece], convert: Convert, start: int, limits: Limits
) -> Iterator[ConversationRecord | BadRow]:
    """One row a piece, from number `start` (counted from 0) on; pieces before it are not parsed."""
    for piece in islice(pieces, start, None):
        if piece.problem:
            yield BadRow(piece.line, "", piece.problem, raw=piece.raw, cut=piece.cut)
            continue
        try:
            record = convert(parse_object(piece.raw, limits), limits)
        except RowError as error:
            yield BadRow(piece.line, error.field, error.reason, error.value, piece.raw)
        else:
            # Frozen for everybody else: setting it here saves a second copy of every record.
            object.__setattr__(record, "raw", piece.raw)
            yield record


def refuse_doubles(found: list[MessageRecord], path: str) -> None:
    """Raise RowError where two messages of a conversation have the same id."""
    seen: dict[str, int] = {}
    for index, message in enumerate(found):
        if (first := seen.setdefault(message.external_id, index)) != index:
            reason = f'"{message.external_id}" is already the id of {path}[{first}]'
            raise RowError(f"{path}[{index}].id", reason, message.external_id)

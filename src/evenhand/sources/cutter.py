"""Cuts one large JSON document into the records of its list, without holding or parsing it.

Only quotes and brackets are looked at: outside a string a bracket always counts, inside it never
does (RFC 8259). Each record then goes through the same strict parser as a line of JSONL, so that a
broken one costs one bad row and not the rest of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evenhand.sources.errors import SourceError
from evenhand.sources.stream import ByteStream, Piece, too_large

_CHUNK = 256 * 1024
_WHITE = re.compile(rb"[\s,]*+")
_COLON = re.compile(rb"[\s:]*+")
# Whole strings are skipped inside the expression; possessive, so that nothing is tried twice.
_DEEP = re.compile(rb'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_FLAT = re.compile(rb'(?:[^"\[\]{},:]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_INSIDE = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_QUOTE, _OPEN, _CLOSE = b'"', b"[{", b"]}"


class Cutter:
    """Walks through a document value by value. `line` is where the walk stands."""

    def __init__(self, stream: ByteStream) -> None:
        self.line = 1
        self._stream, self._limits = stream, stream.limits
        self._buffer, self._at = b"", 0

    def records(self, key: str) -> Iterator[Piece]:
        """The records of the list under `key`, or of the document where it is a list itself."""
        self.enter(key)
        while (char := self._next(_WHITE)) not in (b"", b"]"):
            if char == b"}":
                yield Piece(self.line, b"}", "a brace closes here where a record should begin")
                return
            yield (piece := self._value())
            if piece.problem and not piece.cut:
                return
        if not char:
            yield Piece(self.line, b"", self._stream.damage or "the list of records is not closed")

    def enter(self, key: str) -> None:
        """Step into the list. Raises SourceError where there is none."""
        char = self._next(_WHITE)
        if char == b"{":
            self._step()
            char = self._find(key.encode())
        if char != b"[":
            raise SourceError(f'expected a JSON list of records, or an object with one under "{key}"; found none')
        self._step()

    def rest(self) -> bytes:
        """What has been read but not walked over: for looking ahead."""
        return self._buffer[self._at :]

    def _find(self, key: bytes) -> bytes:
        while self._next(_WHITE) == _QUOTE:
            name = self._value().raw
            char = self._next(_COLON)
            if name == b'"%s"' % key and char == b"[":
                return char
            self._value()
        return b""

    def _next(self, skipped: re.Pattern[bytes]) -> bytes:
        """The next character after what is skipped; empty at the end."""
        while True:
            self._move(skipped.match(self._buffer, self._at).end())  # type: ignore[union-attr]
            if self._at < len(self._buffer):
                return self._buffer[self._at : self._at + 1]
            if not self._fill(self._at):
                return b""

    def _step(self) -> None:
        self._move(self._at + 1)

    def _move(self, to: int) -> None:
        self.line += self._buffer.count(b"\n", self._at, to)
        self._at = to

    def _fill(self, keep_from: int) -> bool:
        """Read on, dropping what lies before `keep_from`; positions shift by as much."""
        more = self._stream.read(_CHUNK)
        self._buffer = self._buffer[keep_from:] + more
        self._at -= keep_from
        return bool(more)

    def _value(self) -> Piece:
        """Walk over one value of any sort and give its bytes."""
        begun, scan, depth, inside = self.line, self._at, 0, False
        head, dropped = b"", 0
        while True:
            pattern = _INSIDE if inside else _DEEP if depth else _FLAT
            scan = pattern.match(self._buffer, scan).end()  # type: ignore[union-attr]
            char = self._buffer[scan : scan + 1]
            if char in (b"", b"\\"):
                if scan - self._at > self._limits.record_bytes:
                    head = head or self._buffer[self._at : self._at + self._limits.kept_bytes]
                    dropped += scan - self._at
                    self._move(scan)
                scan -= self._at
                if not self._fill(self._at):
                    return self._unfinished(begun, head)
            elif char == _QUOTE:
                inside, scan = not inside, scan + 1
            elif char in _OPEN:
                depth, scan = depth + 1, scan + 1
            elif char in _CLOSE and depth:
                depth, scan = depth - 1, scan + 1
                if not depth:
                    break
            else:
                scan += scan == self._at  # never stand still on a stray character
                break
        raw = self._buffer[self._at : scan]
        self._move(scan)
        size = dropped + len(raw)
        if size > self._limits.record_bytes:
            kept = (head or raw)[: self._limits.kept_bytes]
            return Piece(begun, kept, too_large(size, self._limits), cut=True)
        return Piece(begun, raw)

    def _unfinished(self, line: int, head: bytes) -> Piece:
        raw = head or self._buffer[self._at :]
        self._move(len(self._buffer))
        reason = self._stream.damage or "the document ends inside this record"
        return Piece(line, raw[: self._limits.kept_bytes], reason)

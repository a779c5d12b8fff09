"""Bytes of one import file: unpacked where gzip, without byte order mark, within the limits."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from evenhand.sources.errors import SourceError
from evenhand.sources.limits import LIMITS, Limits, human

GZIP_MAGIC = b"\x1f\x8b"
BOM = b"\xef\xbb\xbf"
_CHUNK = 256 * 1024


class Piece(NamedTuple):
    """The bytes of one record, or of what stood in its place, and the line where it begins."""

    line: int
    raw: bytes
    problem: str = ""
    cut: bool = False


class ByteStream:
    """A buffered, counted view of a binary file; `damage` is set where gzip data ends too early."""

    def __init__(self, file: BinaryIO, limits: Limits = LIMITS) -> None:
        self.limits = limits
        packed = file if hasattr(file, "peek") else io.BufferedReader(file)  # type: ignore[type-var]
        self._gzip = _Gzip(packed, limits) if packed.peek(2)[:2] == GZIP_MAGIC else None
        self._buffer = io.BufferedReader(self._gzip, _CHUNK) if self._gzip else packed
        if self._buffer.peek(3)[:3] == BOM:
            self._buffer.read(3)

    @property
    def damage(self) -> str:
        return self._gzip.damage if self._gzip else ""

    def read(self, size: int) -> bytes:
        return self._buffer.read(size)

    def readline(self, size: int) -> bytes:
        return self._buffer.readline(size)

    def lines(self) -> Iterator[Piece]:
        """One piece for every line that is not blank; a line over the limit is cut and marked."""
        number, limit = 0, self.limits.record_bytes
        while line := self.readline(limit + 1):
            number += 1
            if len(line) > limit and not line.endswith(b"\n"):
                yield self._overlong(number, line)
            elif not line.isspace():
                if self.damage and not line.endswith(b"\n"):
                    yield Piece(number, line, self.damage)
                    return
                yield Piece(number, line)
        if self.damage:
            yield Piece(number + 1, b"", self.damage)

    def _overlong(self, number: int, line: bytes) -> Piece:
        size, kept = len(line), line[: self.limits.kept_bytes]
        while not line.endswith(b"\n") and (line := self.readline(_CHUNK)):
            size += len(line)
        return Piece(number, kept, too_large(size, self.limits), cut=True)


def too_large(size: int, limits: Limits) -> str:
    return (
        f"a record of {human(size)} is more than the {human(limits.record_bytes)} that are allowed; "
        "split the conversation or leave attachments out"
    )


class _Gzip(io.RawIOBase):
    """Unpacks members one after the other and never more than the reader asks for at a time."""

    def __init__(self, packed: BinaryIO, limits: Limits) -> None:
        self.damage = ""
        self._packed, self._limits = packed, limits
        self._inflate = zlib.decompressobj(wbits=31)
        self._input = b""
        self._pending = False  # zlib holds output that it had no room for
        self._between = False  # one member has ended, the next has not begun
        self._read = self._written = 0

    def readable(self) -> bool:
        return True

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        while not self.damage and (self._input or self._pending or self._refill()):
            data = self._unpack(len(target))
            if data:
                self._count(len(data))
                target[: len(data)] = data
                return len(data)
        return 0

    def _unpack(self, room: int) -> bytes:
        before = self._inflate.copy()
        try:
            data = self._inflate.decompress(self._input, room)
        except zlib.error as error:
            data = _salvage(before, self._input, room)
            where = self._written + len(data)
            self.damage = f"the gzip data is damaged after {where:,} unpacked bytes ({error})"
            return data
        self._between = False
        self._input, self._pending = self._inflate.unconsumed_tail, len(data) == room
        if self._inflate.eof:
            self._input, self._pending = self._inflate.unused_data.lstrip(b"\0"), False
            self._inflate = zlib.decompressobj(wbits=31)
            self._between = not self._input
        return data

    def _refill(self) -> bool:
        chunk = self._packed.read(_CHUNK)
        self._read += len(chunk)
        self._input = chunk.lstrip(b"\0") if self._between else chunk
        if not chunk and not self._between:
            self.damage = (
                f"the gzip file ends too early, after {self._written:,} unpacked bytes; copy or download it again"
            )
        return bool(self._input)

    def _count(self, size: int) -> None:
        self._written += size
        limits = self._limits
        if self._written > limits.gzip_grace and self._written > limits.gzip_ratio * self._read:
            raise SourceError(
                f"the gzip file unpacks to more than {limits.gzip_ratio} times its size: refused as "
                "a possible decompression bomb; unpack it yourself if you trust it"
            )
        if self._written > limits.total_bytes:
            raise SourceError(f"the gzip file unpacks to more than {human(limits.total_bytes)}; split it")


def _salvage(inflate: zlib._Decompress, packed: bytes, room: int) -> bytes:
    """What can still be unpacked before the byte that is wrong."""
    found = bytearray()
    for at in range(len(packed)):
        try:
            found += inflate.decompress(packed[at : at + 1])
        except zlib.error:
            break
        if len(found) >= room:
            break
    return bytes(found[:room])

"""The kinds of file that can be imported, and how a file's kind is told from its content."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, Self

from evenhand.sources.describe import describe
from evenhand.sources.errors import SourceError
from evenhand.sources.jsonl import reader as jsonl_reader
from evenhand.sources.jsonl import sniff as jsonl_sniff
from evenhand.sources.limits import LIMITS, Limits
from evenhand.sources.records import BadRow, ConversationRecord
from evenhand.sources.stream import ByteStream
from evenhand.sources.zendesk_qa import reader as zendesk_qa_reader
from evenhand.sources.zendesk_qa import sniff as zendesk_qa_sniff

HEAD_BYTES = 256 * 1024


class Reader(Protocol):
    def __call__(
        self, stream: BinaryIO, *, start: int = 0, limits: Limits = LIMITS
    ) -> Iterator[ConversationRecord | BadRow]: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its name in commands, its name for people, and its two functions."""

    name: str
    label: str
    read: Reader
    looks_like: Callable[[bytes], bool]


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("jsonl", "Evenhand JSONL", jsonl_reader.read, jsonl_sniff.looks_like),
        Kind(
            "zendesk_qa",
            "Zendesk QA import payload",
            zendesk_qa_reader.read,
            zendesk_qa_sniff.looks_like,
        ),
    )
}


def detect(path: str | os.PathLike[str]) -> str:
    """The kind of a file by its content, whatever its name; gzip is looked into.

    Raises SourceError that says what was seen instead.
    """
    with _open(path) as file:
        head = ByteStream(file).read(HEAD_BYTES)
    for kind in KINDS.values():
        if kind.looks_like(head):
            return kind.name
    labels = " or ".join(kind.label for kind in KINDS.values())
    raise SourceError(f"{os.fspath(path)}: expected {labels}, found {describe(head)}")


class Source:
    """An open import file. A context manager; `records` may be asked for again and again."""

    def __init__(self, path: str | os.PathLike[str], kind: Kind, limits: Limits) -> None:
        self.path, self.kind, self.limits = path, kind, limits
        self._file = _open(path)
        self.size = os.fstat(self._file.fileno()).st_size  # bytes, packed

    @property
    def position(self) -> int:
        """Bytes of the file read so far, packed: for a progress bar beside `size`."""
        return self._file.tell()

    def records(self, *, start: int = 0) -> Iterator[ConversationRecord | BadRow]:
        """All rows from number `start` (counted from 0) on. Raises SourceError."""
        self._file.seek(0)
        return self.kind.read(self._file, start=start, limits=self.limits)

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_source(path: str | os.PathLike[str], kind: str | None = None, *, limits: Limits = LIMITS) -> Source:
    """Open a file of the kind named, or of the kind that its content shows. Raises SourceError."""
    name = kind or detect(path)
    if name not in KINDS:
        raise SourceError(f'there is no format "{name}"; the formats are {", ".join(KINDS)}')
    return Source(path, KINDS[name], limits)


def _open(path: str | os.PathLike[str]) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise SourceError(f"{os.fspath(path)}: {error.strerror}") from None

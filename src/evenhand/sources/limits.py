"""How much a file may hold before it counts as broken or hostile."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit of an import. Sizes are bytes of the unpacked file unless the name says more."""

    record_bytes: int = 16 * MIB
    depth: int = 32
    brackets: int = 1_000_000  # of one record: what an object costs in memory, not on disk
    messages: int = 5_000
    text_chars: int = MIB  # of one message, and as many again of its HTML
    gzip_ratio: int = 200
    gzip_grace: int = 10 * MIB  # the ratio is not asked for below this
    total_bytes: int = 64 * 1024 * MIB
    kept_bytes: int = 64 * 1024  # of a record too large to keep whole among the bad rows


LIMITS = Limits()


def human(size: int) -> str:
    """A size as people write it: 16 MiB, 512 KiB, 100 bytes."""
    for unit, factor in (("GiB", 1024 * MIB), ("MiB", MIB), ("KiB", 1024)):
        if size >= factor:
            return f"{size / factor:.3g} {unit}"
    return f"{size} bytes"

"""How often each interval of the product holds the truth."""

from __future__ import annotations

from typing import TextIO


def run(replications: int | None, out: TextIO) -> bool:
    """Print the table; whether every rule held as often as it promises."""
    raise NotImplementedError

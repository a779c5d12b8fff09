"""How bulk writers share SQLite's one write lock with people who save a review."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

LONGEST_HOLD = 0.05
"""Seconds that one turn may hold the write lock."""


@dataclass
class Turns:
    """Takes the lock for short turns and steps back after each, half as long as the turn lasted.

    `size` is how many items the next turn should write: it grows while turns are quick and shrinks when one took
    too long. Everything that can be computed is computed before the turn; that time counts as stepping back.
    """

    size: int = 20
    largest: int = 400
    smallest: int = 5  # below this a turn is all overhead: more of them would not hold the lock any shorter
    held: float = 0.0
    longest: float = 0.0
    released: float = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        self._step_back()
        with transaction.atomic(durable=False):
            start = time.monotonic()
            yield
        self.released = time.monotonic()
        self.held = self.released - start
        self.longest = max(self.longest, self.held)
        factor = min(1.5, max(0.3, 0.8 * LONGEST_HOLD / max(self.held, 1e-4)))
        wanted = math.ceil(self.size * factor) if factor > 1 else int(self.size * factor)
        self.size = max(self.smallest, min(self.largest, wanted))

    def _step_back(self) -> None:
        rest = self.released + self.held / 2 - time.monotonic()
        if rest > 0:
            time.sleep(rest)

"""What comes round by itself: each worker asks every chore once an hour whether something is due.

A chore decides by what the database says, claims what is due there, and enqueues a job for it: two workers, or one
that starts again every minute, do nothing twice.
"""

from __future__ import annotations

import logging
import time

from evenhand.people.registry import registry

log = logging.getLogger("evenhand.jobs")
EVERY = 3600.0


class Chores:
    """The chores of one process; `run` is called often and acts once an hour."""

    def __init__(self) -> None:
        self.last: float | None = None

    def run(self, now: float | None = None) -> bool:
        """Ask all of them, if an hour has gone by; whether it had. A chore that fails does not keep the others."""
        at = time.monotonic() if now is None else now
        if self.last is not None and at - self.last < EVERY:
            return False
        self.last = at
        for name, chore in registry.chores.items():
            try:
                chore()
            except Exception:
                log.exception("The chore %s failed; it is asked again in an hour", name)
        return True

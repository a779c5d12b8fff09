"""A time limit for what a page asks of the database.

SQLite is interrupted by a thread that waits beside it. (A progress handler would do the same from inside, but takes
Python's lock while it holds the connection's, and waits for ever where two threads share one connection.) PostgreSQL
gets a statement time-out inside a transaction that only reads.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import OperationalError, connection, transaction

AGAIN = 0.01
"""Seconds between two interruptions: one that falls between two statements stops neither."""


class TookTooLong(Exception):
    """The time was over before the database had an answer; nothing is broken."""


@contextmanager
def cut_after(seconds: float) -> Iterator[None]:
    """Reads inside end with TookTooLong once this time is over. Must not be nested."""
    if connection.vendor == "postgresql":
        yield from _postgresql(seconds)
    else:
        yield from _sqlite(seconds)


def _sqlite(seconds: float) -> Iterator[None]:
    connection.ensure_connection()
    alarm = _Alarm(connection.connection, seconds)
    alarm.start()
    try:
        yield
    except OperationalError as error:
        if "interrupt" in str(error):
            raise TookTooLong from error
        raise
    finally:
        alarm.stop()


class _Alarm(threading.Thread):
    """Interrupts a connection of SQLite once its time is over, again and again until it is stopped."""

    def __init__(self, handle: sqlite3.Connection, seconds: float) -> None:
        super().__init__(daemon=True)
        self.handle, self.seconds = handle, seconds
        self.over, self.lock = threading.Event(), threading.Lock()

    def run(self) -> None:
        wait = self.seconds
        while not self.over.wait(wait):
            with self.lock, suppress(sqlite3.ProgrammingError):
                if not self.over.is_set():
                    self.handle.interrupt()
            wait = AGAIN

    def stop(self) -> None:
        """After this nothing is interrupted any more."""
        with self.lock:
            self.over.set()


def _postgresql(seconds: float) -> Iterator[None]:
    milliseconds = max(1, int(seconds * 1000))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {milliseconds}")
            yield
            # Inside a larger transaction the setting would outlive this block.
            cursor.execute("SET LOCAL statement_timeout = DEFAULT")
    except OperationalError as error:
        if "statement timeout" in str(error):
            raise TookTooLong from error
        raise

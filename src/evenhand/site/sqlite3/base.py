"""Django's SQLite, which asks for the write lock again in small steps.

SQLite itself looks after 1, 3, 8, 18, 33, 53 and more milliseconds, so beside a writer that lets go for 20 of every 60
some people wait for half a second (docs/decisions/0005-a-save-is-one-statement.md).
"""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from django.db.backends.sqlite3 import base

STEP = 0.002
"""Seconds between two looks."""


class Cursor(base.SQLiteCursorWrapper):
    """Looks again until `patience` seconds are over. Whoever writes many rows at once holds the lock already."""

    patience = 20.0

    def execute(self, query: str, params: Any = None) -> Any:
        until = time.monotonic() + self.patience
        while True:
            try:
                return super().execute(query, params)
            except sqlite3.OperationalError as error:
                # Not when a reader wants to write on what is no longer the newest, which has a code of its own.
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
            time.sleep(STEP)


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA busy_timeout = 0")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)

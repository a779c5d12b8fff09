from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest
from django.db import connection, transaction

from evenhand.facts import reading, schema

TRY = """
import sqlite3, sys
link = sqlite3.connect(sys.argv[1], timeout=0.1, isolation_level=None)
try:
    link.execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError:
    sys.exit(7)
"""


@pytest.mark.django_db(transaction=True)
def test_reading_facts_leaves_the_write_lock_where_it_is(tmp_path):
    """docs/decisions/0001: a second copy of SQLite in this process would give the lock away."""
    from tests.worlds import build

    world = build()
    if connection.vendor != "sqlite":
        assert reading.read(schema.PAIRS, world.workspace).num_rows == 6
        return
    path = tmp_path / "copy.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(path) as target:
        connection.connection.backup(target)
    with DatabaseAt(path), transaction.atomic():
        world.workspace.save()
        assert reading.read(schema.PAIRS, world.workspace).num_rows == 6
        assert subprocess.run([sys.executable, "-c", TRY, str(path)], check=False).returncode == 7


class DatabaseAt:
    """Points the default connection at a file of its own for a while."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.kept = connection.connection, connection.settings_dict["NAME"]
        connection.connection, connection.settings_dict["NAME"] = None, str(self.path)

    def __exit__(self, *exc):
        connection.connection.close()
        connection.connection, connection.settings_dict["NAME"] = self.kept

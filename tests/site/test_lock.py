"""Waiting for SQLite's one write lock."""

from __future__ import annotations

import sqlite3
import threading

import pytest
from django.db import OperationalError, connection, connections

from evenhand.people.models import User
from evenhand.site.sqlite3.base import Cursor

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own")


@pytest.fixture
def locked(transactional_db):
    """Another connection that holds the lock."""
    User.objects.create_user("ada@orchard.example")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def test_a_write_waits_until_the_lock_is_free(locked):
    waiting = threading.Timer(0.05, locked.execute, ["COMMIT"])
    waiting.start()
    assert User.objects.update(name="Ada") == 1
    waiting.join()


def test_patience_ends_with_an_error(locked, monkeypatch):
    monkeypatch.setattr(Cursor, "patience", 0.01)
    with pytest.raises(OperationalError, match="locked"):
        User.objects.update(name="Ada")


def test_a_reader_whose_view_is_old_is_told_at_once(locked):
    """Waiting would not help: it would have to read again."""
    with connections["default"].cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        cursor.execute("SELECT name FROM people_user")
        cursor.fetchall()
        locked.execute("UPDATE people_user SET name = 'Bea'")
        locked.execute("COMMIT")
        with pytest.raises(OperationalError, match="locked"):
            cursor.execute("UPDATE people_user SET name = 'Cleo'")
        cursor.execute("ROLLBACK")

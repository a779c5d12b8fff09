"""Waiting for SQLite's one write lock, whichever database the tests run on."""

from __future__ import annotations

import sqlite3
import threading

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from evenhand.site.database import database
from evenhand.site.sqlite3.base import Cursor


@pytest.fixture
def ours(tmp_path, django_db_blocker):
    """A connection as the product has it, to a database with one row."""
    connection = ConnectionHandler({"default": database(None, tmp_path)})["default"]
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE person AS SELECT 'Ada' AS name")
        yield connection
        connection.close()


@pytest.fixture
def locked(ours, tmp_path):
    """Another connection that holds the lock."""
    other = sqlite3.connect(tmp_path / "evenhand.sqlite3", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def rename(connection, name):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE person SET name = %s", [name])
        return cursor.rowcount


def test_a_write_waits_until_the_lock_is_free(ours, locked):
    waiting = threading.Timer(0.05, locked.execute, ["COMMIT"])
    waiting.start()
    assert rename(ours, "Bea") == 1
    waiting.join()


def test_patience_ends_with_an_error(ours, locked, monkeypatch):
    monkeypatch.setattr(Cursor, "patience", 0.01)
    with pytest.raises(OperationalError, match="locked"):
        rename(ours, "Bea")


def test_a_reader_whose_view_is_old_is_told_at_once(ours, locked):
    """Waiting would not help: it would have to read again."""
    with ours.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        cursor.execute("SELECT name FROM person")
        cursor.fetchall()
        locked.execute("UPDATE person SET name = 'Bea'")
        locked.execute("COMMIT")
        with pytest.raises(OperationalError, match="locked"):
            cursor.execute("UPDATE person SET name = 'Cleo'")
        cursor.execute("ROLLBACK")

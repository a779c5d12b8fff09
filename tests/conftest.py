"""What every test can ask for: a throw-away home, a world of named people, the shared reference data."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from importlib import import_module
from pathlib import Path

if "EVENHAND_HOME" not in os.environ:
    os.environ["EVENHAND_HOME"] = tempfile.mkdtemp(prefix="evenhand-test-")
    atexit.register(shutil.rmtree, os.environ["EVENHAND_HOME"], ignore_errors=True)

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

# One browser for all tests that want one, wherever they stand.
from tests.chromium import axe, browsers, chromium, context, page, screenshot, signed_in  # noqa: F401

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("EVENHAND_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the checkout; tests that need it skip where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("needs the reference data: set EVENHAND_SHARED to its folder")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def _folder_of_static_files():
    """WhiteNoise warns where it is missing; files come from the rooms themselves until `evenhand up` collects them."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def _fast_passwords():
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _patience():
    """A machine that is busy with other tests must not cut a list short; what tests the limits sets its own."""
    if apps.is_installed("evenhand.conversations"):
        from evenhand.conversations import browsing, saved_views

        for name in ("PAGE_SECONDS", "COUNT_SECONDS", "LATE_COUNT_SECONDS", "HINT_SECONDS"):
            setattr(browsing, name, 60)
        saved_views.COUNT_SECONDS = 60
        import_module("evenhand.conversations.queries.neighbour").SECONDS = 60


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite in a file, as people use it.

    In memory, all threads of the live server would share the test's own connection: its transactions, and locks
    that fail at once instead of waiting.
    """
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        # Nobody needs these files after a power cut.
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """SQLite's test databases are emptied with DELETE, which the audit log's trigger refuses.

    `tests/people/test_audit.py` checks the trigger on a database of its own.
    """
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS audit_no_{verb}")
    yield
    if connection.vendor == "postgresql":
        # A thread of the live server may still hold its connection; the database is dropped next.
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def world(db):
    """Two workspaces and the people in them: see `tests.worlds`."""
    from tests.worlds import build

    return build()


@pytest.fixture
def sign_in(client):
    """`sign_in(user)` gives a client that is signed in as that user."""

    def as_user(user):
        client.force_login(user)
        return client

    return as_user

"""What cannot be started ends with one sentence that says what to run, with status 1, and without a traceback."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest


def sentence(done, status=1):
    """The one line on standard error."""
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.fixture(scope="module")
def small_home(tmp_path_factory, evenhand):
    """A database that an Evenhand with fewer rooms made, with somebody in it."""
    home = tmp_path_factory.mktemp("small") / "home"
    made = evenhand(home, "user", "add", "ines@team.example", "--random-password", EVENHAND_ROOMS="people")
    assert made.returncode == 0, made.stderr
    return home


def test_no_database_yet(evenhand, home):
    assert "evenhand up" in sentence(evenhand(home, "report", "--workspace", "Support"))


def test_an_unwritable_home(evenhand, tmp_path):
    (tmp_path / "file").write_text("")
    said = sentence(evenhand(tmp_path / "file" / "home", "up"))
    assert "cannot be written" in said
    assert "EVENHAND_HOME=" in said


def test_an_unknown_workspace_names_the_known_ones(evenhand, demo_home):
    said = sentence(evenhand(demo_home, "report", "--workspace", "Nowhere"))
    assert "Tindle & Rook" in said


@pytest.mark.parametrize("command", [["up"], ["report", "--workspace", "x"]])
def test_a_database_that_is_behind(evenhand, small_home, command):
    assert "evenhand upgrade" in sentence(evenhand(small_home, *command))


@pytest.mark.parametrize("command", [["up"], ["upgrade"], ["import", __file__, "--workspace", "Support"]])
def test_a_database_of_a_newer_version_is_left_alone(evenhand, empty_home, command):
    with closing(sqlite3.connect(empty_home / "evenhand.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('reviews', '9999_later', '2030-01-01')"
        )
    assert "newer Evenhand (reviews.9999_later)" in sentence(evenhand(empty_home, *command))


def test_upgrade_copies_first_and_goes_forward(evenhand, small_home, home):
    small_home = shutil.copytree(small_home, home)
    done = evenhand(small_home, "upgrade")
    assert done.returncode == 0, done.stderr
    (copy,) = small_home.glob("evenhand-before-upgrade-*.sqlite3")
    assert str(copy) in done.stdout
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as before:
        assert before.execute("SELECT email FROM people_user").fetchall() == [("ines@team.example",)]
    assert "up to date" in evenhand(small_home, "upgrade").stdout
    assert "ines@team.example" in evenhand(small_home, "user", "list").stdout


def test_a_first_start_that_was_cut_off_goes_on(evenhand, home, conversation_file):
    evenhand(home, "upgrade", EVENHAND_ROOMS="people")
    done = evenhand(home, "import", conversation_file("a.jsonl", 1), "--workspace", "Support")
    assert done.returncode == 0, done.stderr


def test_a_file_that_is_no_database(evenhand, home):
    home.mkdir()
    (home / "evenhand.sqlite3").write_text("This is a shopping list, and not a short one at that. " * 40)
    assert "evenhand doctor" in sentence(evenhand(home, "user", "list"))
    assert "bad   database" in evenhand(home, "doctor").stdout


@pytest.mark.parametrize("command", [["up"], ["upgrade"]])
def test_a_database_that_does_not_answer(evenhand, home, command):
    url = "postgresql://nobody@127.0.0.1:9/none?connect_timeout=2"
    assert "evenhand doctor" in sentence(evenhand(home, *command, DATABASE_URL=url))


def test_a_database_of_another_make(evenhand, home):
    said = sentence(evenhand(home, "up", DATABASE_URL="mysql://root@localhost/evenhand"))
    assert "mysql" in said
    assert "postgresql://" in said


def test_a_setting_that_is_neither_yes_nor_no(evenhand, home):
    assert "EVENHAND_DEBUG='perhaps'" in sentence(evenhand(home, "up", EVENHAND_DEBUG="perhaps"))


def test_a_taken_port(evenhand, demo_home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = sentence(evenhand(demo_home, "up", "--port", port))
    assert f"port {port} is taken" in said
    assert "evenhand up --port" in said


def test_an_address_of_another_machine(evenhand, empty_home):
    assert "no address of this machine" in sentence(evenhand(empty_home, "up", "--host", "192.0.2.1"))


def test_a_port_that_is_none(evenhand, home):
    assert "1 to 65535" in evenhand(home, "up", "--port", "70000").stderr


def test_a_command_that_gives_way_is_nicer():
    script = "import os; from evenhand.cli import start; start.give_way(); print(os.nice(0))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(done.stdout) == min(os.nice(0) + 5, 19)

"""`evenhand import` with nothing there yet, with bad rows, and again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def test_an_empty_home_gets_a_database_and_a_workspace(evenhand, home, conversation_file):
    done = evenhand(home, "import", conversation_file("a.jsonl", 12), "--workspace", "Support")
    assert (done.returncode, done.stderr) == (0, "")
    made, place, counts = done.stdout.splitlines()
    assert "new database" in made
    assert str(home) in made
    assert place == "A new workspace was created: Support (time zone UTC; its settings can change that)"
    assert counts == "12 read, 12 new, 0 updated, 0 unchanged, 0 bad"


def test_the_same_file_again_changes_nothing(evenhand, empty_home, conversation_file):
    path = conversation_file("a.jsonl", 5)
    for expected in ("5 read, 5 new, 0 updated, 0 unchanged, 0 bad", "5 read, 0 new, 0 updated, 5 unchanged, 0 bad"):
        done = evenhand(empty_home, "import", path, "--workspace", "Support")
        assert done.stdout.splitlines()[-1] == expected


def test_bad_rows_are_kept_and_told_by_the_status(evenhand, empty_home, conversation_file):
    done = evenhand(empty_home, "import", conversation_file("a.jsonl", 4, bad=2), "--workspace", "Support")
    assert done.returncode == 2
    counts, where = done.stdout.splitlines()[-2:]
    assert counts == "6 read, 4 new, 0 updated, 0 unchanged, 2 bad"
    bad = where.removeprefix("bad rows: ")
    assert bad.startswith(str(empty_home))
    assert len(Path(bad).read_text().splitlines()) == 2


def test_a_file_that_is_not_there(evenhand, home):
    done = evenhand(home, "import", "nowhere.jsonl", "--workspace", "Support")
    assert (done.returncode, done.stdout) == (1, "")
    assert "does not exist" in done.stderr
    assert not (home / "evenhand.sqlite3").exists()


def test_a_file_of_no_known_kind(evenhand, empty_home, tmp_path):
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    done = evenhand(empty_home, "import", tmp_path / "photo.png", "--workspace", "Support")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "nothing of this file was imported" in done.stderr


def test_a_reader_that_went_away_is_no_error(shell, empty_home, tmp_path, conversation_file):
    path = conversation_file("a.jsonl", 3)
    done = shell(empty_home, f"evenhand import {path} --workspace Support | true", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_was_exported_can_be_imported(evenhand, demo_home, empty_home, tmp_path):
    path = tmp_path / "all.jsonl"
    path.write_text(evenhand(demo_home, "export", "conversations", "--workspace", "tindle-rook").stdout)
    count = len(path.read_text().splitlines())
    done = evenhand(empty_home, "import", path, "--workspace", "Copy")
    assert done.stdout.splitlines()[-1] == f"{count} read, {count} new, 0 updated, 0 unchanged, 0 bad"
    again = evenhand(empty_home, "export", "conversations", "--workspace", "Copy").stdout
    ids = [{json.loads(line)["id"] for line in text.splitlines()} for text in (path.read_text(), again)]
    assert ids[0] == ids[1]


@pytest.mark.parametrize(
    ("workspace", "connection"), [("", "Files"), ("  ", "Files"), ("w" * 121, "Files"), ("Support", " ")]
)
def test_names_that_are_none(evenhand, empty_home, conversation_file, workspace, connection):
    names = ("--workspace", workspace, "--connection", connection)
    done = evenhand(empty_home, "import", conversation_file("a.jsonl", 1), *names)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("evenhand: a ")

"""What the terminal says about a workspace: exports, the report, people."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

COUNTS = {
    "conversations": "SELECT count(*) FROM conversations_conversation",
    "reviews": "SELECT count(*) FROM reviews_review WHERE state = 'submitted'",
    "ratings": "SELECT count(*) FROM reviews_rating r JOIN reviews_review w ON w.id = r.review_id "
    "WHERE w.state = 'submitted'",
}


def count(home, question):
    with closing(sqlite3.connect(home / "evenhand.sqlite3")) as database:
        return database.execute(question).fetchone()[0]


@pytest.mark.parametrize("what", COUNTS)
def test_an_export_has_a_line_for_each(evenhand, demo_home, what):
    done = evenhand(demo_home, "export", what, "--workspace", "Tindle & Rook")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert len(rows) == count(demo_home, COUNTS[what]) > 100


def test_an_export_whose_reader_went_away(shell, demo_home, tmp_path):
    line = "evenhand export conversations --workspace tindle-rook | head -1 | wc -l; echo ${PIPESTATUS[0]}"
    done = shell(demo_home, line, tmp_path)
    assert (done.stdout.split(), done.stderr) == (["1", "0"], "")


def test_the_report_says_the_same_as_a_table_and_for_machines(evenhand, demo_home):
    table = evenhand(demo_home, "report", "--workspace", "tindle-rook", "--by", "category").stdout
    line = next(line for line in table.splitlines() if line.startswith("Internal Quality Score"))
    headline = json.loads(evenhand(demo_home, "report", "--workspace", "tindle-rook", "--json").stdout)["headline"]
    assert headline["name"] == "iqs"
    assert headline["low"] < headline["value"] < headline["high"]
    assert line.endswith(f"between {headline['low']:.0f} and {headline['high']:.0f}, n {headline['n']}")


def test_a_report_that_ends_before_it_begins(evenhand, demo_home):
    days = ("--from", "2026-03-02", "--to", "2026-03-01")
    done = evenhand(demo_home, "report", "--workspace", "tindle-rook", *days)
    assert done.returncode == 1
    assert "is after the last day" in done.stderr


def test_a_day_that_is_none(evenhand, demo_home):
    done = evenhand(demo_home, "report", "--workspace", "tindle-rook", "--from", "yesterday")
    assert done.returncode == 2
    assert "2026-03-31" in done.stderr


def test_a_day_outside_of_all_calendars(evenhand, home):
    done = evenhand(home, "report", "--workspace", "x", "--from", "0001-01-01")
    assert done.returncode == 2
    assert "between 1970-01-01 and" in done.stderr


def test_people_are_added_listed_and_given_passwords(evenhand, empty_home):
    home = empty_home
    added = evenhand(home, "user", "add", "ines@team.example", "--admin", "--password-stdin", text="staple of wires\n")
    assert "Added ines@team.example" in added.stdout, added.stderr
    assert "ines@team.example\t" in evenhand(home, "user", "list").stdout
    first = evenhand(home, "user", "password", "ines@team.example", "--random-password").stdout.split()[-1]
    second = evenhand(home, "user", "password", "ines@team.example", "--random-password").stdout.split()[-1]
    assert len(first) >= 16
    assert first != second


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "noor@tindle-rook.example", "--random-password"], "evenhand user password"),
        (["add", "someone", "--random-password"], "no e-mail address"),
        (["add", "new@team.example"], "--random-password"),
        (["add", "new@team.example", "--workspace", "Nowhere", "--random-password"], "Tindle & Rook"),
        (["password", "nobody@team.example", "--random-password"], "evenhand user list"),
    ],
)
def test_people_that_cannot_be_added(evenhand, demo_home, arguments, said):
    done = evenhand(demo_home, "user", *arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_password_that_is_too_easy(evenhand, demo_home):
    done = evenhand(demo_home, "user", "add", "new@team.example", "--password-stdin", text="password\n")
    assert done.returncode == 1
    assert "too" in done.stderr


def test_golden_vectors_hold(shell, home, tmp_path):
    from tests.cli.test_help import ROOT

    done = shell(home, f"evenhand verify {ROOT}/tests/golden", tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].endswith(" 0 failed")

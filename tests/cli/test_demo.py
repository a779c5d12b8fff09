"""The demo stays at home: loopback only, passwords of its own, never among people."""

from __future__ import annotations

import json
import re
import shlex
import stat

import pytest

from tests.cli.test_help import example


def logins(home):
    return dict(re.findall(r"^\s+(\S+@\S+)\s+(\S+)", (home / "demo-logins.txt").read_text(), re.MULTILINE))


def test_what_it_writes_is_for_the_owner_alone(demo_home):
    files = [demo_home, *demo_home.iterdir()]
    assert {path.name for path in files} >= {"demo-logins.txt", "evenhand.sqlite3", "secret_key"}
    assert [path for path in files if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)] == []


def test_another_home_has_the_same_people_and_other_passwords(demo_home, evenhand, home, database_url):
    def run(*arguments):
        done = evenhand(home, *arguments, DATABASE_URL=database_url)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "ottilie@tindle-rook.example" in run(*shlex.split(example("demo"))[1:])
    here, there = logins(demo_home), logins(home)
    assert here.keys() == there.keys()
    assert not set(here.values()) & set(there.values())
    assert (home / "secret_key").read_text() != (demo_home / "secret_key").read_text()
    headline = json.loads(run("report", "--workspace", "tindle-rook", "--json"))["headline"]
    assert headline["low"] < headline["value"] < headline["high"]


def test_it_refuses_a_home_that_has_people(evenhand, own_demo):
    done = evenhand(own_demo, "demo")
    assert done.returncode == 1
    assert "EVENHAND_HOME=" in done.stderr
    quiet = evenhand(own_demo, "demo", "--if-empty")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_it_listens_on_this_machine_only(evenhand, demo_home, address):
    done = evenhand(demo_home, "up", "--host", address)
    assert done.returncode == 1
    assert "this machine only" in done.stderr

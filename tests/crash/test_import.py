"""Imports killed at random moments, compared with imports that were left alone."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.crash.installation import Installation

pytestmark = pytest.mark.crash
KILLS = 20
CONVERSATIONS = 1200
T0 = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@pytest.fixture
def dice():
    seed = int(os.environ.get("EVENHAND_CRASH_SEED") or random.randrange(10**9))
    print(f"EVENHAND_CRASH_SEED={seed}")
    return random.Random(seed)


@pytest.fixture
def install(tmp_path):
    made = []

    def new(name, **environment):
        made.append(Installation(tmp_path / name, **environment))
        return made[-1]

    yield new
    for one in made:
        one.close()


def conversation(number, edition):
    """The second edition has another text, one more message, other tags, a later answer."""
    at = T0 + timedelta(minutes=number)
    agent = {"id": f"a{number % 7}", "name": f"Agent {number % 7}", "email": f"a{number % 7}@team.example"}
    turns = [
        {
            "id": f"m{n}",
            "role": "agent" if n % 2 else "customer",
            "author": agent if n % 2 else f"Customer {number}",
            "text": f"word{number} turn{n}" + (" mended" if edition == 2 and n == 1 and number % 3 == 0 else ""),
            "at": (at + timedelta(seconds=n)).isoformat(),
        }
        for n in range(5 + (edition == 2 and number % 2))
    ]
    answer = [{"kind": "csat", "score": 1 + number % 5 if edition == 1 else 5}] if number % 4 == 0 else []
    return {
        "id": f"c{number}",
        "updated_at": (at + timedelta(days=edition)).isoformat(),
        "tags": [f"t{number % 5}", f"edition{edition}"],
        "messages": turns,
        "responses": answer,
    }


@pytest.fixture
def files(tmp_path):
    paths = []
    for edition in (1, 2):
        path = tmp_path / f"edition{edition}.jsonl"
        with path.open("w") as file:
            for number in range(CONVERSATIONS):
                file.write(json.dumps(conversation(number, edition)) + "\n")
                if number % 100 == 50:
                    file.write('{"id": "x", "messages": [{"role": "boss"}]}\n')
        paths.append(str(path))
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    return [*paths, str(empty)]


def test_an_import_killed_at_random_moments_loses_and_doubles_nothing(install, files, dice):
    arguments = ["import", "--workspace", "Crash", "--quiet"]
    calm, wild = install("calm"), install("wild")
    assert calm.run(*arguments, files[2]) == wild.run(*arguments, files[2]) == 1  # makes the database, no more
    start = _seconds(lambda: calm.run(*arguments, files[2]))
    alone = _seconds(lambda: [calm.run(*arguments, path) for path in files[:2]]) / 2 - start
    hits = 0
    for edition, path in enumerate(files[:2], 1):
        for _ in range(KILLS // 2):
            pid = wild.start(*arguments, path)
            time.sleep(start * dice.uniform(0.6, 1) + alone * dice.uniform(0, 0.1))
            hits += wild.kill(pid)
            if _is_done(wild, edition):
                break
        else:
            assert wild.run(*arguments, path) == 2
    print(f"{hits} kills hit")
    expected, found = calm.ask("content"), wild.ask("content")
    assert {name: len(rows) for name, rows in found.items()} == {name: len(rows) for name, rows in expected.items()}
    assert found == expected


def _is_done(installation, edition):
    states = [row[0] for row in installation.ask("imports")]
    return len(states) == edition and states[-1] == "done"


def _seconds(work):
    began = time.monotonic()
    work()
    return time.monotonic() - began


def test_a_killed_worker_is_followed_by_one_that_finishes(install, files, dice):
    calm, wild = install("calm"), install("wild", EVENHAND_JOB_LEASE="1")
    for one in (calm, wild):
        assert one.run("import", "--workspace", "Other", "--quiet", files[2]) == 1
        one.ask("upload", path=files[0])
    assert calm.run("worker", "--once") == 0
    pid = wild.start("worker")
    time.sleep(dice.uniform(0.3, 1.2))
    wild.kill(pid)
    print("killed at", wild.ask("imports"))
    pid = wild.start("worker")
    while wild.ask("imports")[0][2] in ("queued", "running"):
        time.sleep(0.2)
    os.kill(pid, signal.SIGTERM)
    # The first worker may have finished just before it was killed; then the second one had hardly begun.
    assert wild.ended(pid) in (0, -signal.SIGTERM)
    assert wild.ask("imports") == calm.ask("imports")
    assert wild.ask("content") == calm.ask("content")

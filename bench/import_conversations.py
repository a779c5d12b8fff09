"""How fast `evenhand import` is, beside a bare `executemany` of the same rows into the same tables and indexes.

    python -m bench.import_conversations [--small]

It also imports ten times as many, to see whether memory stays where it was; `--small` leaves that out.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

from bench.__main__ import Report

SMALL, LARGE, MESSAGES = 10_000, 100_000, 9
SECONDS, RATIO, EXTRA_MIB = 6.0, 2.5, 30.0
TABLES = (
    *("conversation", "message", "messageversion", "participation", "tag", "conversationtag", "conversationsearch"),
    *("rawpayload", "agent", "agentalias"),
)
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;"
SYLLABLES = ("ka", "lo", "mi", "ter", "son", "ra", "vel", "tu", "ne", "os", "pra", "dim", "quo", "bel", "ti", "ser")


@dataclass
class Cost:
    seconds: float
    peak_mib: float


def make(path: Path, count: int) -> None:
    """Synthetic conversations of nine messages with words that are as unequally common as real ones."""
    dice = random.Random(20260105)
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(8_000)]
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))
    start = datetime(2025, 1, 1, tzinfo=UTC)

    def say(least: int, most: int) -> str:
        return " ".join(dice.choices(words, cum_weights=weights, k=dice.randint(least, most)))

    with path.open("wb") as file:
        for number in range(count):
            agent = dice.randint(1, 40)
            people = (
                {"name": f"Customer {number}", "email": f"c{number}@mail.example"},
                {"id": f"a{agent}", "name": f"Agent {agent}", "email": f"agent{agent}@team.example"},
            )
            at = start + timedelta(minutes=5 * number)
            turns = [
                {
                    "id": f"m{turn}",
                    "role": ("customer", "agent")[turn % 2],
                    "author": people[turn % 2],
                    "text": say(8, 30),
                    "at": (at + timedelta(minutes=4 * turn)).isoformat(),
                }
                for turn in range(MESSAGES)
            ]
            record = {
                "id": f"c{number}",
                "channel": dice.choice(("email", "chat", "voice")),
                "language": "en",
                "status": "solved",
                "subject": say(4, 7),
                "tags": dice.sample("abcdefgh", 2),
                "messages": turns,
                "responses": [{"kind": "csat", "score": dice.randint(1, 5)}] if number % 3 == 0 else [],
            }
            file.write(orjson.dumps(record) + b"\n")


def command(home: Path, *arguments: str) -> Cost:
    """One run of `evenhand` in a process of its own, from its start to its end."""
    env = {**os.environ, "EVENHAND_HOME": str(home)}
    env.pop("DATABASE_URL", None)
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "evenhand", *arguments], env=env, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"evenhand {' '.join(arguments)} ended with {process.returncode}")
    return Cost(time.perf_counter() - began, usage.ru_maxrss / 1024)


def bring_in(folder: Path, count: int) -> tuple[Cost, Path]:
    home, file = folder / f"home{count}", folder / f"{count}.jsonl"
    make(file, count)
    command(home, "user", "add", "a@b.example", "--random-password")  # makes the database: set-up is no import
    return command(home, "import", str(file), "--workspace", "Bench", "--quiet"), home / "evenhand.sqlite3"


def yardstick(imported: Path) -> float:
    """Seconds for the same rows, tables, indexes and full-text index by bare `executemany`, in one transaction."""
    target = imported.with_name("yardstick.sqlite3")
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(imported)) as source, closing(sqlite3.connect(target)) as bare:
        names = [*(f"conversations_{name}" for name in TABLES), "surveys_surveyresponse"]
        found = source.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
        # A full-text table makes its own shadows.
        schema = [sql for name, sql in found if not name.startswith(("sqlite", "conversations_fts_"))]
        bare.executescript(PRAGMAS + ";".join(schema))
        rows = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in names}
        began = time.perf_counter()
        for name, values in rows.items():
            if values:
                bare.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(values[0]))})", values)
        bare.commit()
        return time.perf_counter() - began


def run(report: Report, large: bool = True) -> None:
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as name:
        folder = Path(name)
        small, database = bring_in(folder, SMALL)
        # A child's peak counts what its parent held when it was started, so the yardstick comes last.
        more = bring_in(folder, LARGE)[0] if large else None
        bare = yardstick(database)
        report.yardstick("the same rows by bare executemany", bare, "s")
        report(f"import {SMALL:,} conversations, {SMALL * MESSAGES:,} messages", small.seconds, "s", SECONDS)
        report("import over bare executemany", small.seconds / bare, "x", RATIO)
        report("peak memory", small.peak_mib, "MiB", None)
        if more:
            report(f"import {LARGE:,} conversations", more.seconds, "s", None)
            report("peak memory beyond that", more.peak_mib - small.peak_mib, "MiB", EXTRA_MIB)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    run(Report(), large=not parser.parse_args().small)

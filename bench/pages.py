"""Pages over HTTP on the demo, and the export of 11,000 reviews."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time

from bench import server
from bench.__main__ import Report

ROUNDS = 40
OPEN_MS, EXPORT_SECONDS, REVIEWS = 25.0, 1.5, 11_000


def run(report: Report) -> None:
    with server.demo() as running:
        person = server.Person(running, next(iter(running.passwords())))
        report.yardstick("the health page, p95", timed(person, "/healthz"), "ms")
        _, listed = person.get("/w/tindle-rook/conversations/")
        found = re.search(rb"/w/tindle-rook/conversations/[0-9a-f-]{36}", listed)
        if found is None:
            raise RuntimeError("the list shows no conversation")
        report("open a conversation, p95", timed(person, found.group().decode()), "ms", OPEN_MS)
        report("list of conversations, p95", timed(person, "/w/tindle-rook/conversations/"), "ms")
        report("dashboard, four weeks, p95", timed(person, "/w/tindle-rook/dashboard/"), "ms")
        _multiply(running)
        _export(report, running)


def timed(person: server.Person, path: str) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        status, _ = person.get(path)
        times.append((time.perf_counter() - begun) * 1000)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
    return server.percentile(times[3:], 0.95)


def _multiply(running: server.Server) -> None:
    """Copy submitted reviews until there are 11,000; only the export reads them."""
    with sqlite3.connect(running.home / "evenhand.sqlite3", timeout=30) as link:
        names = [row[1] for row in link.execute("PRAGMA table_info(reviews_review)") if row[1] != "id"]
        fresh = {"public_id": "lower(hex(randomblob(16)))", "draw_item_id": "NULL", "probability": "NULL"}
        columns = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(fresh.get(name, f'"{name}"') for name in names)
        submitted = "FROM reviews_review WHERE state = 'submitted'"
        copy = f"INSERT INTO reviews_review ({columns}) SELECT {values} {submitted} LIMIT ?"
        while missing := link.execute(f"SELECT max(0, ? - count(*)) {submitted}", [REVIEWS]).fetchone()[0]:
            link.execute(copy, [missing])


def _export(report: Report, running: server.Server) -> None:
    command = [sys.executable, "-m", "evenhand", "export", "reviews", "--workspace", "tindle-rook"]
    environment = {**os.environ, "EVENHAND_HOME": str(running.home)}
    begun = time.monotonic()
    done = subprocess.run(command, env=environment, check=True, capture_output=True)
    whole = time.monotonic() - begun
    begun = time.monotonic()
    subprocess.run([*command[:-1], "none-of-this-name"], env=environment, check=False, capture_output=True)
    start = time.monotonic() - begun
    lines = done.stdout.count(b"\n")
    report.yardstick("starting the command", start, "s")
    report(f"export of {lines} reviews, beyond starting the command", whole - start, "s", EXPORT_SECONDS)

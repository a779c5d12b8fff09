"""From the command to the first page, and what all processes hold after a dashboard and an export."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from bench import server
from bench.__main__ import Report

FIRST, AGAIN, PSS_MIB = 25.0, 4.0, 450.0


def run(report: Report) -> None:
    report.yardstick("an interpreter that imports Django", _interpreter(), "s")
    begun = time.monotonic()
    with server.demo() as running:
        report("demo and first page, without the installation", time.monotonic() - begun, "s", FIRST)
        person = server.Person(running, next(iter(running.passwords())))
        status, _ = person.get("/w/tindle-rook/dashboard/?date=last_90_days")
        if status != 200:
            raise RuntimeError(f"the dashboard answered {status}")
        export = [sys.executable, "-m", "evenhand", "export", "reviews", "--workspace", "tindle-rook"]
        environment = {**os.environ, "EVENHAND_HOME": str(running.home)}
        subprocess.run(export, env=environment, check=True, stdout=subprocess.DEVNULL)
        report(
            "memory of all processes (PSS) after a dashboard and an export", pss(running.process.pid), "MiB", PSS_MIB
        )
        home = Path(running.home)
        running.process.terminate()
        running.process.wait(15)
        with server.serve(home) as again:
            report("first page, started again", again.first_page, "s", AGAIN)


def pss(pid: int) -> float:
    """Proportional set size of a process and its children, in MiB: shared pages are counted once."""
    root = psutil.Process(pid)
    return sum(p.memory_full_info().pss for p in [root, *root.children(recursive=True)]) / 2**20


def _interpreter() -> float:
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", "import django.core.handlers.wsgi, django.contrib.auth"], check=True)
    return time.monotonic() - begun

"""How long a reviewer's save takes: alone, while an import runs, and with eight reviewers at once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench import server
from bench.__main__ import Report
from bench.server import Person, Server

ALONE_MS, BESIDE_MS, LONGEST_MS = 15.0, 60.0, 250.0
WRITERS, SAVES_A_SECOND, EIGHT_MS = 8, 300.0, 60.0
ROUNDS, SECONDS, CONVERSATIONS = 200, 6.0, 6_000


def run(report: Report) -> None:
    with server.demo() as running:
        emails = [email for email in running.passwords() if email.split("@")[0] in {"ottilie", "wim", "greta", "ravi"}]
        pages = _pages(Person(running, emails[0]))
        reviewer = Reviewer(running, emails[0], pages[0])
        report.yardstick("the health page, p95", server.percentile(_health(reviewer.person), 0.95), "ms")
        alone = [reviewer.save() for _ in range(ROUNDS)]
        report("a save, alone, p95", server.percentile(alone, 0.95), "ms", ALONE_MS)
        beside = _beside_import(running, reviewer)
        report(f"a save beside an import ({len(beside)} saves), p95", server.percentile(beside, 0.95), "ms", BESIDE_MS)
        report("a save beside an import, longest", max(beside), "ms", LONGEST_MS)
        _eight(report, running, emails, pages)


class Reviewer:
    """Somebody with a review page open, who changes one rating after another."""

    def __init__(self, running: Server, email: str, page: str) -> None:
        self.person = Person(running, email)
        _, html = self.person.get(f"{page}?from=list")
        text = html.decode()
        self.page, self.token = page, re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]
        self.ticket = re.search(r'name="ticket" value="([^"]+)"', text)[1]
        self.rate = re.findall(r'name="(rate\.[0-9a-f-]+)"', text)[0]
        self.number = self.turn = 0

    def save(self) -> float:
        """Milliseconds until the server says that it is saved."""
        self.turn += 1
        fields = {
            "ticket": self.ticket, "tab": f"bench-{id(self)}", "turn": str(self.turn), "number": str(self.number),
            "seconds": "1", self.rate: str(1 + self.turn % 5), "comment": f"No. {self.turn}",
        }  # fmt: skip
        begun = time.perf_counter()
        status, answer = self.person.post(f"{self.page}/draft", fields, self.token, Accept="application/json")
        if status != 200:
            raise RuntimeError(f"a save answered {status}: {answer[:300]!r}")
        self.number = int(re.search(rb'"number": (\d+)', answer)[1])
        return (time.perf_counter() - begun) * 1000


def _pages(person: Person) -> list[str]:
    """Review pages of conversations that nobody has reviewed."""
    _, listed = person.get("/w/tindle-rook/conversations/?reviewed=no")
    found = dict.fromkeys(re.findall(r"/w/tindle-rook/conversations/([0-9a-f-]{36})", listed.decode()))
    return [f"/w/tindle-rook/review/{key}" for key in found]


def _health(person: Person) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        person.get("/healthz")
        times.append((time.perf_counter() - begun) * 1000)
    return times


def _beside_import(running: Server, reviewer: Reviewer) -> list[float]:
    from bench.import_conversations import make

    file = Path(running.home) / "bench.jsonl"
    make(file, CONVERSATIONS)
    command = [sys.executable, "-m", "evenhand", "import", str(file), "--workspace", "tindle-rook", "--quiet"]
    environment = {**os.environ, "EVENHAND_HOME": str(running.home)}
    importing = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    times = []
    while importing.poll() is None:
        times.append(reviewer.save())
        time.sleep(0.01)
    if importing.returncode:
        raise RuntimeError("the import failed")
    return times


def _eight(report: Report, running: Server, emails: list[str], pages: list[str]) -> None:
    """Eight signed-in reviewers, each with a conversation of their own, as fast as they can."""
    people = [Reviewer(running, emails[i % len(emails)], pages[1 + i]) for i in range(WRITERS)]
    pages_a_second, _, _ = _at_once([partial(one.person.get, "/healthz") for one in people], SECONDS / 3)
    report.yardstick("the health page for eight at once", pages_a_second, "/s")
    rate, times, errors = _at_once([one.save for one in people], SECONDS)
    report("saves of eight reviewers at once", rate, "/s", SAVES_A_SECOND, least=True)
    report("saves of eight reviewers at once, p95", server.percentile(times, 0.95), "ms", EIGHT_MS)
    report("saves of eight reviewers at once, errors", len(errors), "", 0)


def _at_once(works: list[Callable[[], object]], seconds: float) -> tuple[float, list[float], list[Exception]]:
    """Everybody again and again: how often a second, milliseconds of each time, and what went wrong."""
    times: list[float] = []
    errors: list[Exception] = []
    begun = time.monotonic()

    def again(work: Callable[[], object]) -> None:
        try:
            while time.monotonic() < begun + seconds:
                at = time.perf_counter()
                work()
                times.append((time.perf_counter() - at) * 1000)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=again, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / (time.monotonic() - begun), times, errors

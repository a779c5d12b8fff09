"""The list of conversations at a million: its named filters, first page and at 99 % depth, through the whole stack.

EVENHAND_BENCH_ROWS sets the size (1,000,000), EVENHAND_BENCH_HOME a home that is kept, so that the rows are made only
once; DATABASE_URL runs it on PostgreSQL.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
import tomllib
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROWS = int(os.environ.get("EVENHAND_BENCH_ROWS", "1000000"))
ROUNDS = int(os.environ.get("EVENHAND_BENCH_ROUNDS", "12"))
FILTERS = Path(__file__).with_name("filters.toml")
BUDGET, LONGEST, WITHIN = 60, 300, 12


def run(report: Callable[..., None]) -> None:
    workspace, client = prepare()
    filters = tomllib.loads(FILTERS.read_text())["filter"]
    started = time.perf_counter()
    print(f"  {ROWS:,} conversations, {ROUNDS} requests each; in ms, and ms of processor time (cpu)", flush=True)
    titles = f"{'page p50':>9}{'p95':>8}{'cpu':>8}  {'99 % p50':>9}{'p95':>8}{'cpu':>8}"
    print(f"  {'filter':<30}{'share':>8} {titles}  {'yardstick':>9}{'p95':>8}")
    slowest, within = 0.0, 0
    for one in filters:
        pages = [measure(client, url) for url in addresses(workspace, one["query"])]
        yard = [yardstick() for _ in range(ROUNDS)]
        worst = max(percentile(times, 95) for times, _cpu in pages)
        slowest, within = max(slowest, *pages[0][0], *pages[1][0]), within + (worst <= BUDGET)
        figures = "  ".join(f"{statistics.median(t):9.1f}{percentile(t, 95):8.1f}{cpu:8.1f}" for t, cpu in pages)
        told = f"{statistics.median(yard):9.2f}{percentile(yard, 95):8.2f}"
        print(f"  {one['name']:<30}{one['share']:>8} {figures}  {told}", flush=True)
    report(f"filters of {len(filters)} with p95 within {BUDGET} ms", within, "", WITHIN, least=True)
    report("slowest request of the list", slowest, "ms", LONGEST)
    print(f"  measured in {time.perf_counter() - started:.0f} s")


def prepare() -> tuple[Any, Any]:
    """A home of its own with the rows in it, and a client that is signed in as a lead."""
    kept = os.environ.get("EVENHAND_BENCH_HOME")
    os.environ["EVENHAND_HOME"] = kept or tempfile.mkdtemp(prefix="evenhand-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.site.settings")
    warnings.filterwarnings("ignore", "No directory at")
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from bench import list_world

    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    workspace = list_world.build(ROWS)
    print(f"  rows are there after {time.perf_counter() - started:.0f} s", flush=True)
    client = Client(SERVER_NAME="localhost")
    client.force_login(workspace.memberships.get(role="lead").user)
    return workspace, client


def addresses(workspace: Any, query: str) -> list[str]:
    """The first page of a filter, and the page that begins where 99 % of all conversations are newer."""
    from evenhand.conversations.models import Conversation
    from evenhand.conversations.queries.listing import cursor

    ordered = Conversation.objects.filter(workspace=workspace).order_by("-happened_at", "-id")
    edge = ordered[int(ROWS * 0.99)]
    agent = workspace.agents.order_by("name")[20]
    base = f"/w/{workspace.slug}/conversations/?{query.format(agent=agent.public_id)}"
    return [base, f"{base}&after={cursor(edge)}"]


def measure(client: Any, url: str) -> tuple[list[float], float]:
    """Milliseconds of each request, and of processor time on average; the first one warms up and is left out."""
    client.get(url)
    times, begun = [], time.process_time()
    for _ in range(ROUNDS):
        start = time.perf_counter()
        response = client.get(url)
        times.append((time.perf_counter() - start) * 1000)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}")
    return times, (time.process_time() - begun) * 1000 / ROUNDS


def yardstick() -> float:
    """What the machine does with the simplest list there is: 1,000 whole rows by a range of keys."""
    from django.db import connection

    start = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM conversations_conversation WHERE id > %s ORDER BY id LIMIT 1000", [ROWS // 2])
        cursor.fetchall()
    return (time.perf_counter() - start) * 1000


def percentile(times: list[float], share: int) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]


if __name__ == "__main__":
    from bench.__main__ import main

    sys.exit(main(["list"]))

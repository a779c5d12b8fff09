"""`evenhand doctor`: what is wrong with this installation, and the command that mends it."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from datetime import timedelta

from evenhand.cli import Refused, start
from evenhand.home import home

HELP = "look at this installation and say what is wrong and how to mend it"
EXAMPLE = "evenhand doctor"
Line = tuple[str, str]
LEAST_FREE_BYTES = 1 << 30


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--offline", action="store_true", help="do not try to reach the mail server")


def run(args: argparse.Namespace) -> int:
    """Exit status 1 when a line says "bad"."""
    worst = 0
    for state, sentence in lines(args):
        print(f"{state:<5} {sentence}", flush=True)
        worst = max(worst, state == "bad")
    return worst


def lines(args: argparse.Namespace) -> Iterator[Line]:
    try:
        start.django()
    except Refused as refused:
        yield "bad", str(refused)
        return
    free = shutil.disk_usage(home()).free
    state = "ok" if free > LEAST_FREE_BYTES else "bad"
    yield state, f"home: {home()}, {free / (1 << 30):.1f} GiB free"
    yield from database_lines(args)


def database_lines(args: argparse.Namespace) -> Iterator[Line]:
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError as error:
        said = " ".join(str(error).split())
        yield "bad", f"database: cannot be opened ({said}); {_mend_database(connection.vendor)}"
        return
    yield "ok", f"database: {connection.vendor}, {connection.settings_dict['NAME']}"
    if start.is_empty():
        yield "note", "database: empty; `evenhand up` sets it up"
        return
    behind = start.pending_migrations()
    if behind:
        yield "bad", f"database: {len(behind)} steps behind this version; run `evenhand upgrade`"
        return
    yield from room_lines(args.offline)


def _mend_database(vendor: str) -> str:
    if vendor == "sqlite":
        return f"put a copy in the place of {home() / 'evenhand.sqlite3'}, or choose another home with EVENHAND_HOME"
    return "start that server, or correct DATABASE_URL"


def room_lines(offline: bool) -> Iterator[Line]:
    from django.core import checks

    from evenhand.people.registry import registry

    registry.offline = offline
    for message in checks.run_checks():
        hint = f" {message.hint}" if message.hint else ""
        yield "bad" if message.level >= checks.ERROR else "note", f"{message.id}: {message.msg}{hint}"
    yield worker_line()
    for extra in registry.doctor:
        yield from extra()


def worker_line() -> Line:
    from django.utils import timezone

    from evenhand.people.models import WorkerBeat

    beat = WorkerBeat.objects.order_by("-at").first()
    if beat is None or timezone.now() - beat.at > timedelta(seconds=15):
        return "bad", "worker: not running; imports wait. `evenhand up` starts one, so does `evenhand worker`"
    hosts = set(WorkerBeat.objects.filter(at__gt=timezone.now() - timedelta(minutes=1)).values_list("name", flat=True))
    machines = {name.split(":")[0] for name in hosts}
    if len(machines) > 1 and _on_sqlite():
        return "bad", f"worker: {len(machines)} machines share an SQLite file; move to PostgreSQL (DATABASE_URL)"
    return "ok", f"worker: seen {(timezone.now() - beat.at).total_seconds():.0f} s ago"


def _on_sqlite() -> bool:
    from django.db import connection

    return connection.vendor == "sqlite"

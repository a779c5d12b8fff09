"""`evenhand upgrade`: bring the database to this version."""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from evenhand.cli import start

HELP = "bring the database to this version (a copy of an SQLite database is made first)"
EXAMPLE = "evenhand upgrade"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-copy", action="store_true", help="do not copy the SQLite database first")


def run(args: argparse.Namespace) -> int:
    start.django()
    from django.conf import settings

    with start.reachable():
        start.refuse_newer()
        empty, behind = start.is_empty(), start.pending_migrations()
    if not behind:
        print("The database is up to date.")
        return 0
    database = settings.DATABASES["default"]
    if "sqlite3" in database["ENGINE"] and not empty and not args.no_copy:
        print(f"Copied the database to {copy(Path(database['NAME']))}")
    start.migrate()
    print(f"The database went {len(behind)} steps forward.")
    return 0


def copy(path: Path) -> Path:
    """A consistent copy by SQLite's own backup, also while somebody writes."""
    target = path.with_name(f"{path.stem}-before-upgrade-{time.strftime('%Y%m%d-%H%M%S')}.sqlite3")
    if shutil.disk_usage(path.parent).free < path.stat().st_size * 1.2:
        raise start.Refused(f"there is not enough room beside {path} for a copy: make room, or pass --no-copy")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as destination:
        source.backup(destination)
    target.chmod(0o600)
    return target

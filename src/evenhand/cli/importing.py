"""`evenhand import`: conversations from files."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli import Refused, start

if TYPE_CHECKING:
    from evenhand.conversations.models import Connection, Import

HELP = "bring in conversations from files (plain or gzip); the same file again updates and doubles nothing"
EXAMPLE = "evenhand import november.jsonl.gz --workspace Support"
FORMATS = ("jsonl", "zendesk-qa")
COUNTS = ("read", "new", "updated", "unchanged", "bad")
REDRAW_SECONDS = 0.2


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="Evenhand JSONL or a Zendesk QA import payload")
    parser.add_argument("--workspace", required=True, metavar="NAME", help="made where there is none of that name")
    parser.add_argument(
        "--connection",
        default="Files",
        metavar="NAME",
        help="where these conversations belong; ids are unique within it (default Files)",
    )
    parser.add_argument("--format", type=_dashed, choices=FORMATS, help="do not tell it from the content")
    parser.add_argument("--quiet", action="store_true", help="print nothing but the counts")


def run(args: argparse.Namespace) -> int:
    """Exit status 0, or 2 when there were bad rows, or 1 when a file could not be read to its end."""
    from evenhand.sources.errors import SourceError

    _refuse_missing(args.files)
    start.give_way()
    if start.database(create=True) and not args.quiet:
        print(f"A new database was created in {start.place()}")
    into = _connection(args)
    # Records come and go by the thousand and none is part of a cycle: looking for some after every few hundred
    # objects, through all that was imported to get here, is a tenth of the time.
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    done: list[Import] = []
    failed = False
    for name in args.files:
        try:
            item = _one(Path(name), into, args)
        except SourceError as error:
            print(f"evenhand: {_sentence(error)}", file=sys.stderr)
            failed = True
            continue
        done.append(item)
        failed = failed or bool(item.error)
    if len(args.files) > 1:
        print("all: " + _words({count: sum(getattr(item, count) for item in done) for count in COUNTS}))
    return 1 if failed else 2 if any(item.bad for item in done) else 0


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _refuse_missing(names: list[str]) -> None:
    for name in names:
        path = Path(name)
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "is no plain file" if path.exists() else "does not exist"
            raise Refused(f"{name} {what}: name the files to import; nothing was imported")


def _connection(args: argparse.Namespace) -> Connection:
    from evenhand.conversations.services import connections

    if not args.connection.strip():
        raise Refused("a connection needs a name: pass --connection Files, or leave it out")
    workspace, is_new = start.workspace(args.workspace, create=True)
    if is_new and not args.quiet:
        zone = f"(time zone {workspace.time_zone}; its settings can change that)"
        print(f"A new workspace was created: {workspace.name} {zone}")
    return connections.named(workspace, args.connection, by=None)[0]


def _one(path: Path, into: Connection, args: argparse.Namespace) -> Import:
    """One file; its counts are those of the whole import, also where this run went on with an older one."""
    from evenhand.conversations.services import imports, mending

    kind = (args.format or "").replace("-", "_")
    item = imports.begin(into.workspace, into, path, path.name, kind)
    if item.read and not args.quiet:
        print(f"{path}: going on after {item.read:,} records")
    with _bar(path, quiet=args.quiet) as bar:
        try:
            imports.run(item, progress=bar)
        except imports.TakenOver:
            raise Refused(f"{path}: another process is importing this file already; it goes on there") from None
        except KeyboardInterrupt:
            print(f"\nStopped after {item.read:,} records; the same command goes on from there.", file=sys.stderr)
            raise
    if item.error:
        print(f"evenhand: {path}: {item.error}", file=sys.stderr)
    if item.state == item.State.CANCELLED:
        print(f"evenhand: {path}: cancelled from the page; what landed stays", file=sys.stderr)
    prefix = f"{path}: " if len(args.files) > 1 else ""
    print(prefix + _words({count: getattr(item, count) for count in COUNTS}), flush=True)
    if item.bad:
        print(f"bad rows: {mending.write(item)}", flush=True)
    return item


def _words(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {count}" for count, number in counts.items())


def _sentence(error: Exception) -> str:
    return f"{error}; nothing of this file was imported"


class Bar:
    """One line on a terminal that says how far the file was read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.drawn = 0.0
        self.shown = False

    def __call__(self, item: Import, at: int) -> None:
        now = time.monotonic()
        if now - self.drawn < REDRAW_SECONDS:
            return
        self.drawn, self.shown = now, True
        share = 100 * at // max(item.size, 1)
        print(f"\r{self.path.name}: {share:3} %, {item.read:,} read", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self.shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


@contextmanager
def _bar(path: Path, quiet: bool) -> Iterator[Bar | None]:
    bar = None if quiet or not sys.stderr.isatty() else Bar(path)
    try:
        yield bar
    finally:
        if bar:
            bar.clear()

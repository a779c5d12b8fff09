"""`evenhand verify`: the arithmetic against vectors that trusted libraries computed, and against simulated truth."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "check the arithmetic: golden vectors through the functions that the pages call, or simulated coverage"
EXAMPLE = "evenhand verify tests/golden/iqs.json"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="files or folders of golden vectors (JSON)")
    parser.add_argument("--simulate", action="store_true", help="print how often intervals hold a simulated truth")
    parser.add_argument(
        "--table", action="append", default=[], metavar="NAME", help="simulate only this table (may be repeated)"
    )
    parser.add_argument(
        "--replications", type=int, metavar="N", help="simulate each row N times instead of the table's own number"
    )


def run(args: argparse.Namespace) -> int:
    from evenhand.cli import Refused

    if not (args.files or args.simulate or args.table):
        raise Refused("Name a file of golden vectors, or simulate: evenhand verify --simulate")
    from evenhand.quality import verify

    status = verify.main([Path(name) for name in args.files]) if args.files else 0
    return max(status, _simulate(args)) if args.simulate or args.table else status


def _simulate(args: argparse.Namespace) -> int:
    from evenhand.cli import Refused
    from evenhand.quality.verify import simulate

    try:
        return simulate.main(args.table, replications=args.replications)
    except ValueError as error:
        raise Refused(str(error)) from error

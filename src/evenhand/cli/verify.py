"""`evenhand verify`: the arithmetic against vectors that trusted libraries computed."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "compute golden vectors through the functions that the pages call, and compare"
EXAMPLE = "evenhand verify tests/golden/iqs.json"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="files or folders of golden vectors (JSON)")


def run(args: argparse.Namespace) -> int:
    from evenhand.quality import verify

    return verify.main([Path(name) for name in args.files])

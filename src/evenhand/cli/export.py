"""`evenhand export`: a workspace as lines of JSON."""

from __future__ import annotations

import argparse
import sys

from evenhand.cli import start

HELP = "write conversations, reviews or ratings to standard output, one JSON object a line"
EXAMPLE = "evenhand export reviews --workspace 'Tindle & Rook' > reviews.jsonl"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["conversations", "reviews", "ratings"], help="what to write")
    parser.add_argument("--workspace", required=True, metavar="NAME", help="name or address of the workspace")


def run(args: argparse.Namespace) -> int:
    start.database()
    from evenhand.api import exports

    place, _ = start.workspace(args.workspace)
    for line in exports.lines(args.what, place):
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
    return 0

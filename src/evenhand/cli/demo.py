"""`evenhand demo`: a fictional company with conversations, reviews and logins, for looking around."""

from __future__ import annotations

import argparse
import sys

from evenhand.cli import Refused, start
from evenhand.home import home

HELP = "fill an empty home with a fictional company (refuses where there are people already)"
EXAMPLE = "evenhand demo"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--if-empty", action="store_true", help="do nothing, quietly, where there are people already")


def run(args: argparse.Namespace) -> int:
    start.database(create=True)
    from django.db import transaction

    from evenhand.people.models import User

    if User.objects.exists():
        if args.if_empty:
            return 0
        raise Refused(
            f"{start.place()} has people in it, and the demo only goes into an empty home: "
            "use another one with EVENHAND_HOME=/path evenhand demo"
        )
    from evenhand.demo import build

    print("Telling the demo's stories…", file=sys.stderr, flush=True)
    with transaction.atomic():  # whole or not at all: nobody else is waiting for this home
        logins = build.build()
        keep(logins)
    print(logins)
    return 0


def keep(logins: str) -> None:
    """The passwords, for the owner of the home alone."""
    path = home() / "demo-logins.txt"
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(logins, encoding="utf-8")

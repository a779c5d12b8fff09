"""`evenhand report`: the dashboard's numbers in the terminal."""

from __future__ import annotations

import argparse
import json
from datetime import date, timedelta
from typing import Any

from evenhand.cli import Refused, start

HELP = "print the dashboard's numbers with their intervals"
EXAMPLE = "evenhand report --workspace 'Tindle & Rook' --by agent"
BREAKDOWNS = ("agent", "category", "week")
DEFAULT_DAYS = 28
EARLIEST, LATEST = date(1970, 1, 1), date(2199, 12, 31)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workspace", required=True, metavar="NAME", help="name or address of the workspace")
    parser.add_argument("--from", dest="since", type=_day, metavar="DAY", help="first day, YYYY-MM-DD (28 days ago)")
    parser.add_argument("--to", dest="last", type=_day, metavar="DAY", help="last day, YYYY-MM-DD (today)")
    parser.add_argument("--by", choices=BREAKDOWNS, help="break the headline down")
    parser.add_argument("--json", action="store_true", help="for machines: full values as JSON")


def run(args: argparse.Namespace) -> int:
    start.database()
    from evenhand.dashboards import report
    from evenhand.quality.periods import Period

    place, _ = start.workspace(args.workspace)
    today = report.today(place)
    last = args.last or today
    since = args.since or last - timedelta(days=DEFAULT_DAYS - 1)
    if since > last:
        raise Refused(f"the first day, {since}, is after the last day, {last}")
    found = report.build(place, Period.of_days(since, last), args.by)
    print(json.dumps(found.as_dict(), indent=2, default=_plain) if args.json else report.text(found), flush=True)
    return 0


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2026-03-31") from error
    if not EARLIEST <= day <= LATEST:
        raise argparse.ArgumentTypeError(f"choose a day between {EARLIEST} and {LATEST}")
    return day


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)

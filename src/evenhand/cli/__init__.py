"""`evenhand`: the one command. Each subcommand is a module of this package."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from evenhand import __version__

# Name of the command -> its module. A module has HELP, EXAMPLE, arguments(parser) and run(args) -> exit status.
COMMANDS = {
    "up": "up",
    "worker": "worker",
    "demo": "demo",
    "user": "user",
    "import": "importing",
    "export": "export",
    "report": "report",
    "verify": "verify",
    "doctor": "doctor",
    "upgrade": "upgrade",
}


class Refused(Exception):
    """Something the user has to mend: one sentence, with the command to run. Exit status 1."""


def main(argv: Sequence[str] | None = None) -> int:
    args = parser().parse_args(argv)
    if args.home:
        os.environ["EVENHAND_HOME"] = args.home
    try:
        status = int(import_module(f"evenhand.cli.{COMMANDS[args.command]}").run(args) or 0)
        sys.stdout.flush()
    except Refused as refused:
        print(f"evenhand: {refused}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`evenhand export … | head`): that is no error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="evenhand",
        description="Support quality assurance that you host yourself.",
        epilog="Files are kept in $EVENHAND_HOME (default ~/.evenhand); DATABASE_URL names a PostgreSQL to use.",
    )
    top.add_argument("--version", action="version", version=f"evenhand {__version__}", help="print the version")
    top.add_argument("--home", metavar="FOLDER", help="use this folder instead of $EVENHAND_HOME")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module_name in COMMANDS.items():
        module = import_module(f"evenhand.cli.{module_name}")
        sub = commands.add_parser(
            name,
            help=module.HELP,
            description=module.HELP,
            epilog=f"Example:\n  {module.EXAMPLE}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.arguments(sub)
    return top

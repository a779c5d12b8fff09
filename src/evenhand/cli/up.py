"""`evenhand up`: web server and worker under one supervisor."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys

from evenhand.cli import Refused, start
from evenhand.cli.supervisor import Child, Supervisor
from evenhand.home import home

HELP = "start Evenhand: the web server and the background worker, until Ctrl-C"
EXAMPLE = "evenhand up --port 8100"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - only told apart, never bound to unasked


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=port_number, default=8000, help="port to listen on (default 8000)")
    parser.add_argument("--threads", type=int, default=8, help="requests answered at once (default 8)")


def run(args: argparse.Namespace) -> int:
    first = start.database(create=True)
    from evenhand.people.services import setup

    _refuse_open_demo(args.host)
    refuse_taken_port(args.host, args.port)
    address = address_of(args.host, args.port)
    start.collect_static()
    print(f"Evenhand is starting; its files are in {home()}")
    if first:
        print(f"A new database was created in {start.place()}")
    if token := setup.first_run_token():
        print(f"\nOpen this page once to set up the first admin:\n\n    {address}/setup/{token}\n")
    else:
        print(f"\n    {address}\n")
    _print_demo_logins()
    if args.host not in LOOPBACK and not os.environ.get("EVENHAND_HOSTS"):
        print("Only this machine is answered: EVENHAND_HOSTS=name,other.name says under which names others may ask.\n")
    print("Ctrl-C stops everything.", flush=True)
    return Supervisor([web(args), worker()]).run()


def web(args: argparse.Namespace) -> Child:
    # One process: SQLite has one writer, and threads share the imported libraries' memory.
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "evenhand.site.wsgi",
        "--bind",
        f"{args.host}:{args.port}",
        "--workers",
        "1",
        "--worker-class",
        "gthread",
        "--threads",
        str(args.threads),
        "--timeout",
        "120",
        "--graceful-timeout",
        "5",
        "--log-level",
        "warning",
        "--no-control-socket",
    ]
    return Child("web", command)


def worker() -> Child:
    return Child("worker", [sys.executable, "-m", "evenhand", "worker"])


def address_of(host: str, port: int) -> str:
    """What to type into a browser: a name that is answered, not the address that is listened on."""
    named = os.environ.get("EVENHAND_HOSTS", "").split(",")[0].strip()
    if not named or host in LOOPBACK:
        named = "localhost" if host in {*LOOPBACK, *EVERYWHERE} else host
    return f"http://{f'[{named}]' if ':' in named else named}:{port}"


def port_number(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port: write a number from 1 to 65535")


def refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise Refused(_why_not(host, port, error)) from error


def _why_not(host: str, port: int, error: OSError) -> str:
    other = port + 1 if 1024 <= port < 65535 else 8000
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken: stop the other program, or run `evenhand up --port {other}`"
    if error.errno == errno.EACCES:
        return f"port {port} is not open to this user: run `evenhand up --port {other}`"
    return f"{host} is no address of this machine ({error.strerror}): run `evenhand up` without --host"


def _refuse_open_demo(host: str) -> None:
    from evenhand.people.models import Workspace

    if host not in LOOPBACK and Workspace.objects.filter(is_demo=True).exists():
        raise Refused(
            "this home holds the demo, whose logins are printed in the clear, so it listens on this machine only: "
            "leave --host out, or start a team of your own with EVENHAND_HOME=/path evenhand up"
        )


def _print_demo_logins() -> None:
    logins = home() / "demo-logins.txt"
    if logins.exists():
        print(logins.read_text())

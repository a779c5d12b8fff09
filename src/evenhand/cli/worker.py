"""`evenhand worker`: does the background jobs. `evenhand up` starts one; more may run beside it."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import threading

from evenhand.cli import start

HELP = "run background jobs (imports, searches that take long) until Ctrl-C"
EXAMPLE = "evenhand worker --once"
BEAT_SECONDS = 3.0


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is waiting, then end")


def run(args: argparse.Namespace) -> int:
    start.give_way()
    start.database()
    from evenhand.cli.worker_loop import JobWorker

    beat = threading.Thread(target=_beat, daemon=True)
    beat.start()
    worker = JobWorker(f"{socket.gethostname()}-{os.getpid()}", batch=args.once)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, worker.shutdown)
    worker.run()
    return 0


def _beat() -> None:
    """Say "alive" every few seconds, hand on jobs whose worker fell silent, and see to what comes round."""
    import logging
    import time

    from django.db import close_old_connections

    from evenhand.people import jobs
    from evenhand.people.chores import Chores

    chores = Chores()
    name = f"{socket.gethostname()}:{os.getpid()}"
    while True:
        close_old_connections()
        try:
            jobs.beat(name)
            jobs.requeue_expired()
            chores.run()
        except Exception:
            logging.getLogger("evenhand.jobs").exception("The worker could not report that it is alive")
        time.sleep(BEAT_SECONDS)

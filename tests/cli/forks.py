"""Runs `evenhand` many times while importing Django and the tables' libraries once: each run is a fork.

Reads one JSON object a line (arguments, environment, text for standard input, folder for what is written) and answers
with the exit status. Nothing of Evenhand is imported before the fork, so that each run starts as a new process does.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

SHARED = (
    *("django.core.management", "django.db.migrations.executor", "django.contrib.auth.hashers", "django.forms"),
    *("django.template.engine", "django.views.generic", "django.contrib.staticfiles.storage", "django.core.mail"),
    *("argon2", "orjson", "ijson", "nh3", "numpy", "scipy.stats", "pyarrow", "duckdb", "ibis", "psycopg"),
)


def main() -> None:
    for name in SHARED:
        with contextlib.suppress(ImportError):
            import_module(name)
    for line in sys.stdin:
        order = json.loads(line)
        if pid := os.fork():
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
        else:
            run(order)


def run(order: dict[str, Any]) -> NoReturn:
    folder = Path(order["folder"])
    for number, name in enumerate(("in", "out", "err")):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(folder / name, flags, 0o600), number)
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["evenhand", *order["arguments"]]
    status = 70
    try:
        from evenhand.cli import main as command

        status = command(order["arguments"])
    except SystemExit as error:
        status = int(error.code or 0)
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()

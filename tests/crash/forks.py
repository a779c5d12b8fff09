"""Runs `evenhand` again and again without loading Django anew: each run is a fork, which may be killed.

Reads one JSON object a line: {"run": [arguments]} runs the command, {"ask": "function", ...} calls a function of
`tests.crash.questions`, whose answer goes into a file; both say the process id. {"wait": id} says how it ended.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn


def main(log: str) -> None:
    from evenhand import cli
    from evenhand.cli import start

    start.django()
    import evenhand.conversations.services.uploads  # noqa: F401
    from tests.crash import questions

    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            print(os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1]), flush=True)
        elif pid := os.fork():
            print(pid, flush=True)
        else:
            _child(order, Path(log), cli.main, questions)


def _child(order: dict[str, Any], log: Path, command: Callable[[list[str]], int], questions: ModuleType) -> NoReturn:
    with log.open("a") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    status = 70
    try:
        if "run" in order:
            status = command(order["run"])
        else:
            answer = getattr(questions, order.pop("ask"))(**order)
            log.with_suffix(".answer").write_text(json.dumps(answer, default=str))
            status = 0
    except SystemExit as error:
        status = int(error.code or 0)
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main(sys.argv[1])

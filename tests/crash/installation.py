"""An Evenhand of its own, in a folder and a database of its own, whose processes can be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg


class Installation:
    def __init__(self, folder: Path, **environment: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "log.txt"
        self.database = _own_database(folder.name)
        root = str(Path(__file__).resolve().parents[2])
        env = {**os.environ, "EVENHAND_HOME": str(folder / "home"), "PYTHONPATH": root, **environment}
        env.pop("EVENHAND_ROOMS", None)
        if self.database:
            env["DATABASE_URL"] = self.database
        self.forks = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.forks", str(self.log)],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, *arguments: str) -> int:
        """Begin a command; returns its process id. `ended` waits for it."""
        return self._order({"run": list(arguments)})

    def ended(self, pid: int) -> int:
        return self._order({"wait": pid})

    def kill(self, pid: int) -> bool:
        """kill -9; whether it hit."""
        os.kill(pid, signal.SIGKILL)  # one that has ended is there until somebody waits for it
        return self.ended(pid) == -signal.SIGKILL

    def run(self, *arguments: str) -> int:
        return self.ended(self.start(*arguments))

    def ask(self, question: str, **values: Any) -> Any:
        status = self.ended(self._order({"ask": question, **values}))
        assert status == 0, self.log.read_text()
        return json.loads(self.log.with_suffix(".answer").read_text())

    def close(self) -> None:
        self.forks.stdin.close()
        self.forks.wait(10)
        self.forks.stdout.close()
        if self.database:
            _drop_database(self.database)

    def _order(self, order: dict[str, Any]) -> int:
        self.forks.stdin.write(json.dumps(order) + "\n")
        self.forks.stdin.flush()
        line = self.forks.stdout.readline()
        assert line, self.log.read_text()
        return int(line)


def _own_database(name: str) -> str:
    """A new PostgreSQL database beside that of the test run; nothing when the tests run on SQLite."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return ""
    own = f"evenhand_crash_{os.getpid()}_{name}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{own}"')
    return f"{url.rpartition('/')[0]}/{own}"


def _drop_database(url: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')

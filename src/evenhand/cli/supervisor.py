"""Keeps a few processes running: starts them together, restarts what dies, stops them cleanly."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

FIRST_WAIT, LONGEST_WAIT = 0.2, 10.0
HEALTHY_AFTER = 20.0
STOP_SECONDS = 8.0
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Linux ends a child whose supervisor was killed, so that no orphan keeps the port or the database."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def take_the_terminal() -> None:
    """Started by `make` at a terminal: be the one whom Ctrl-C reaches, so that `make` ends with our status, 0.

    The terminal sends Ctrl-C to a whole group of processes, and `make` would end by it however clean our end is.
    Ctrl-Z would stop us where no shell could wake us, so it does nothing.
    """
    if os.getpgrp() == os.getpid() or not sys.stdin.isatty() or os.tcgetpgrp(0) != os.getpgrp():
        return
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpgrp())


@dataclass
class Child:
    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    wait: float = FIRST_WAIT
    started: float = 0.0
    restart_at: float = field(default=0.0)

    def start(self) -> None:
        # A group of its own: the terminal's Ctrl-C reaches the child through us, once, not twice.
        self.process = subprocess.Popen(self.command, preexec_fn=die_with_parent, process_group=0)  # noqa: PLW1509, S603
        self.started = time.monotonic()

    def look(self) -> None:
        """Start a dead child again, later each time it dies young."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self.wait = FIRST_WAIT if now - self.started > HEALTHY_AFTER else min(self.wait * 2, LONGEST_WAIT)
            self.restart_at = now + self.wait
            print(f"The {self.name} ended with status {self.process.returncode}; it starts again.", file=sys.stderr)
            self.process = None
        if self.process is None and now >= self.restart_at:
            self.start()

    def stop(self, how: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)


class Supervisor:
    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.stopping = False

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        take_the_terminal()
        for child in self.children:
            child.start()
        while not self.stopping:
            for child in self.children:
                child.look()
            time.sleep(0.1)
        self._stop()
        return 0

    def _ask_to_stop(self, *_: object) -> None:
        self.stopping = True

    def _stop(self) -> None:
        for child in self.children:
            child.stop(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and any(self._alive()):
            time.sleep(0.05)
        for child in self.children:
            child.stop(signal.SIGKILL)
        print("Evenhand has stopped.", flush=True)

    def _alive(self) -> list[bool]:
        return [True for child in self.children if child.process is not None and child.process.poll() is None]

"""A real Evenhand on a free port, with the demo in it, and people who are signed in."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode


@dataclass(frozen=True)
class Server:
    home: Path
    port: int
    process: subprocess.Popen[bytes]
    first_page: float  # seconds from the command to the first page

    def passwords(self) -> dict[str, str]:
        text = (self.home / "demo-logins.txt").read_text()
        return dict(re.findall(r"^\s+(\S+@\S+)\s+(\S+)", text, re.MULTILINE))


class Person:
    """One browser: a connection that stays open, its cookies, and the token against forgery."""

    def __init__(self, server: Server, email: str) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self.cookies: dict[str, str] = {}
        token = self.token("/sign-in")
        status, _ = self.post("/sign-in", {"email": email, "password": server.passwords()[email]}, token)
        if status != 302:
            raise RuntimeError(f"{email} could not sign in: {status}")

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict[str, str], token: str, **headers: str) -> tuple[int, bytes]:
        body = urlencode({**fields, "csrfmiddlewaretoken": token})
        kind = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token}
        return self._ask("POST", path, body, {**kind, **headers})

    def token(self, path: str) -> str:
        _, page = self.get(path)
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        return found.group(1).decode() if found else ""

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, bytes]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**headers, "Cookie": cookie, "Referer": "http://127.0.0.1/"}
        try:
            self.link.request(method, path, body, headers)
            answer = self.link.getresponse()
        except ConnectionError:  # the server ends connections that are idle; a browser opens another
            self.link.close()
            self.link.request(method, path, body, headers)
            answer = self.link.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.split(";", 1)[0]
        return answer.status, content


@contextmanager
def demo() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as folder:
        environment = {**os.environ, "EVENHAND_HOME": folder}
        subprocess.run([sys.executable, "-m", "evenhand", "demo"], env=environment, check=True, capture_output=True)
        with serve(Path(folder)) as server:
            yield server


@contextmanager
def serve(home: Path) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = time.monotonic()
    command = [sys.executable, "-m", "evenhand", "up", "--port", str(port)]
    environment = {**os.environ, "EVENHAND_HOME": str(home)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield Server(home, port, process, time.monotonic() - begun)
    finally:
        process.terminate()
        process.wait(15)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("the server ended")
        with suppress(OSError):
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            link.request("GET", "/sign-in")
            if link.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not answer within a minute")


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

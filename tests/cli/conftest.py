"""`evenhand` as a person runs it: a process of its own, a throw-away home, one demo for the whole session."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.cli.serving import Serving

ROOT = Path(__file__).resolve().parents[2]
UNSET = ("DATABASE_URL", "EVENHAND_ROOMS", "EVENHAND_DEBUG", "EVENHAND_HOSTS", "EVENHAND_SECRET_KEY", "PYTHONWARNINGS")


def environment(home: Path, **values: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
    return {**kept, "EVENHAND_HOME": str(home), "PATH": path, **values}


@pytest.fixture(scope="session")
def evenhand(tmp_path_factory):
    """`evenhand(home, "report", …)` runs the command; gives its status and what it wrote."""
    folder = tmp_path_factory.mktemp("forks")
    command = [sys.executable, "-m", "tests.cli.forks"]
    forks = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(home: Path, *arguments: object, text: str = "", **values: str) -> subprocess.CompletedProcess[str]:
        (folder / "in").write_text(text)
        words = [str(argument) for argument in arguments]
        order = {"arguments": words, "environment": environment(home, **values), "folder": str(folder)}
        forks.stdin.write(json.dumps(order) + "\n")
        forks.stdin.flush()
        status = int(forks.stdout.readline())
        return subprocess.CompletedProcess(words, status, (folder / "out").read_text(), (folder / "err").read_text())

    yield run
    forks.stdin.close()
    forks.wait(10)
    forks.stdout.close()


@pytest.fixture
def database_url():
    """A PostgreSQL database of its own where the tests run on PostgreSQL; empty where they run on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield ""
        return
    import psycopg

    name = f"evenhand_cli_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield f"{url.rpartition('/')[0]}/{name}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def pytest_collection_modifyitems(config, items):
    """The others make homes of their own with SQLite in them: on PostgreSQL they would say the same again."""
    if not os.environ.get("DATABASE_URL"):
        return
    here = Path(__file__).parent
    again = [item for item in items if here in item.path.parents and "database_url" not in item.fixturenames]
    config.hook.pytest_deselected(items=again)
    items[:] = [item for item in items if item not in again]


@pytest.fixture(scope="session")
def shell():
    """`shell(home, "evenhand … | head", folder)` runs a line as somebody would type it."""

    def run(home: Path, line: str, folder: Path) -> subprocess.CompletedProcess[str]:
        command = ["bash", "-o", "pipefail", "-c", line]
        return subprocess.run(
            command,
            env=environment(home),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def home(tmp_path) -> Path:
    """The path of a home that does not exist yet."""
    return tmp_path / "home"


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory, evenhand) -> Path:
    """The demo, to read only: tests that change it ask for `own_demo`."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    done = evenhand(folder, "demo")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory, evenhand) -> Path:
    folder = tmp_path_factory.mktemp("migrated") / "home"
    done = evenhand(folder, "upgrade")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def empty_home(_migrated, home) -> Path:
    """A home with a database in which there is nothing yet."""
    return shutil.copytree(_migrated, home)


@pytest.fixture
def own_demo(demo_home, home) -> Path:
    return shutil.copytree(demo_home, home)


@pytest.fixture
def serve():
    """`serve(home)` starts `evenhand up` on a free port and waits for its first page."""
    started: list[Serving] = []

    def start(home: Path, **values: str) -> Serving:
        started.append(Serving(home, environment(home, **values)))
        return started[-1]

    yield start
    for serving in started:
        serving.end()


@pytest.fixture
def conversation_file(tmp_path):
    """`conversation_file("a.jsonl", 3)` writes so many small conversations; `bad` adds rows that cannot be read."""

    def write(name: str, count: int, bad: int = 0) -> Path:
        path = tmp_path / name
        rows = [json.dumps(_conversation(number)) for number in range(count)]
        path.write_text("\n".join([*rows, *['{"id": "x", "messages": [{"role": "boss"}]}'] * bad]) + "\n")
        return path

    return write


def _conversation(number: int) -> dict[str, object]:
    agent = {"id": f"a{number % 5}", "name": f"Agent {number % 5}"}
    texts = [
        ("customer", f"Customer {number}", "Where is my parcel?"),
        ("agent", agent, f"On its way, number {number}."),
    ]
    day = f"2026-01-{number % 28 + 1:02}"
    messages = [
        {"role": role, "author": author, "text": text, "at": f"{day}T08:0{at}:00Z"}
        for at, (role, author, text) in enumerate(texts)
    ]
    return {"id": f"c{number}", "channel": "email", "messages": messages}

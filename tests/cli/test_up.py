"""`evenhand up`: pages, a worker that comes back, an end that leaves nothing behind."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
from contextlib import closing

import psutil
import pytest

from evenhand.cli import up
from tests.cli.conftest import environment
from tests.cli.serving import gone, until
from tests.cli.test_help import example


def asked(home, question):
    with closing(sqlite3.connect(home / "evenhand.sqlite3", timeout=20)) as database:
        return database.execute(question).fetchone()


def test_the_first_page_its_files_and_a_clean_end(serve, own_demo):
    serving = serve(own_demo)
    status, page = serving.get("/")
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert status == 200
    assert any(name.endswith(".css") for name in files)
    for name in files:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", name), name
        assert serving.get(name)[0] == 200
    children = serving.children()
    assert serving.stop(signal.SIGINT) == 0
    assert until(lambda: gone(children))
    assert "demo-logins" not in serving.said()
    assert "ottilie@tindle-rook.example" in serving.said()
    assert "Traceback" not in serving.said()


def test_the_example_names_a_port(monkeypatch):
    """The example itself, but on a port that is free: the tests above and below run the rest of it."""
    import shlex

    from evenhand.cli import parser

    args = parser().parse_args(shlex.split(example("up"))[1:])
    command = up.web(args).command
    assert command[command.index("--bind") + 1] == f"127.0.0.1:{args.port}"


@pytest.mark.parametrize(
    ("host", "names", "address"),
    [
        ("127.0.0.1", "", "http://localhost:8000"),
        ("::1", "", "http://localhost:8000"),
        ("0.0.0.0", "", "http://localhost:8000"),
        ("0.0.0.0", "qa.team.example,other", "http://qa.team.example:8000"),
        ("192.0.2.7", "", "http://192.0.2.7:8000"),
        ("2001:db8::7", "", "http://[2001:db8::7]:8000"),
    ],
)
def test_the_address_that_is_printed_can_be_opened(monkeypatch, host, names, address):
    monkeypatch.setenv("EVENHAND_HOSTS", names)
    assert up.address_of(host, 8000) == address


def test_an_empty_home_opens_the_set_up_page_once(serve, home):
    serving = serve(home)
    path = re.search(r"localhost:\d+(/setup/\S+)", serving.said()).group(1)
    assert serving.get(path)[0] == 200
    assert serving.get("/setup/guessed")[0] == 404
    assert "A new database was created" in serving.said()
    assert serving.stop(signal.SIGTERM) == 0


def test_doctor_is_content_with_a_running_worker(serve, evenhand, own_demo):
    assert "bad   worker" in evenhand(own_demo, "doctor", "--offline").stdout
    serving = serve(own_demo)
    until(lambda: asked(own_demo, "SELECT 1 FROM people_workerbeat"))
    done = evenhand(own_demo, "doctor", "--offline")
    states = {line.split()[0] for line in done.stdout.splitlines()}
    assert (done.returncode, states <= {"ok", "note"}) == (0, True), done.stdout
    assert serving.stop() == 0


def test_a_killed_worker_comes_back(serve, own_demo):
    serving = serve(own_demo)
    old = until(serving.worker)
    old.kill()
    new = until(lambda: (found := serving.worker()) and found.pid != old.pid and found)
    assert new
    assert "worker ended with status -9; it starts again" in serving.said()
    assert serving.stop() == 0


def test_a_killed_supervisor_takes_its_children_along(serve, own_demo):
    serving = serve(own_demo)
    until(serving.worker)
    children = serving.children()
    assert len(children) >= 3  # the web server, what answers in it, the worker
    serving.stop(signal.SIGKILL)
    assert until(lambda: gone(children)), psutil.Process(children[0].pid)


QUEUE = """
from evenhand.cli import start
start.database()
from evenhand.conversations.services import connections, imports, uploads
place, _ = start.workspace("Big", create=True)
into = connections.named(place, "Files", by=None)[0]
uploads.go_on(imports.begin(into.workspace, into, {path!r}, "big.jsonl", "jsonl"), None)
"""
JOB = "SELECT state, done, attempts, worker FROM people_job WHERE kind = 'import'"


def test_an_import_is_put_back_when_evenhand_stops_and_goes_on_after(serve, own_demo, conversation_file):
    import subprocess
    import sys

    path = conversation_file("big.jsonl", 8_000)
    code = QUEUE.format(path=str(path))
    subprocess.run([sys.executable, "-c", code], env=environment(own_demo), check=True)
    serving = serve(own_demo)
    assert until(lambda: asked(own_demo, JOB)[1])  # some of it has landed
    assert serving.stop(signal.SIGINT) == 0
    state, done, attempts, worker = asked(own_demo, JOB)
    assert (state, attempts, worker) == ("queued", 0, ""), serving.said()
    assert 0 < done < path.stat().st_size
    again = serve(own_demo)
    assert until(lambda: asked(own_demo, JOB)[1] > done)
    assert again.stop(signal.SIGINT) == 0
    assert "Traceback" not in again.said()


def test_a_worker_alone_does_what_waits_and_ends(shell, own_demo, conversation_file, tmp_path):
    import subprocess
    import sys

    code = QUEUE.format(path=str(conversation_file("small.jsonl", 20)))
    subprocess.run([sys.executable, "-c", code], env=environment(own_demo), check=True)
    done = shell(own_demo, example("worker"), tmp_path)
    assert done.returncode == 0, done.stderr
    assert asked(own_demo, JOB)[0] == "done"


def test_ctrl_c_at_a_terminal_reaches_up_and_not_make(own_demo, tmp_path):
    """`make` would end with an error by the terminal's Ctrl-C, however clean our end is."""
    import pty

    from tests.cli.serving import free_port

    (tmp_path / "Makefile").write_text(f"run:\n\t@exec evenhand up --port {free_port()}\n")
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(tmp_path)
        os.execvpe("make", ["make", "run"], environment(own_demo))
    said = b""
    while b"Ctrl-C stops" not in said:
        said += os.read(terminal, 4096)
    until(lambda: len(psutil.Process(pid).children(recursive=True)) >= 4)
    os.write(terminal, b"\x03")
    until(lambda: psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    os.close(terminal)

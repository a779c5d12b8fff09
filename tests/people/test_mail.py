"""The mail server: kept apart from the database, tried out with what it answers."""

from __future__ import annotations

import socket
import threading

import pytest

from evenhand.people.models import AuditEntry, Installation
from evenhand.people.registry import registry
from evenhand.people.services import mail

GOOD = {
    "smtp_host": "mail.example",
    "smtp_port": "587",
    "smtp_security": "starttls",
    "smtp_user": "quality",
    "mail_from": "Evenhand <quality@team.example>",
}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("EVENHAND_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def server():
    """`server(reply to RCPT)` answers one client on this machine, and gives its port."""
    sockets = []

    def start(rcpt=b"250 OK"):
        listening = socket.create_server(("127.0.0.1", 0))
        sockets.append(listening)
        threading.Thread(target=serve, args=(listening, rcpt), daemon=True).start()
        return listening.getsockname()[1]

    yield start
    for one in sockets:
        one.close()


def serve(listening, rcpt):
    client, _address = listening.accept()
    replies = {b"EHLO": b"250 here", b"MAIL": b"250 OK", b"RCPT": rcpt, b"DATA": b"354 go on", b"QUIT": b"221 bye"}
    with client, client.makefile("rwb") as wire:
        wire.write(b"220 ready\r\n")
        wire.flush()
        inside = False
        for line in wire:
            if inside and line != b".\r\n":
                continue
            reply = b"250 2.0.0 Queued as 7F3A" if inside else replies.get(line[:4].upper(), b"250 OK")
            inside = not inside and line.upper().startswith(b"DATA")
            wire.write(reply + b"\r\n")
            wire.flush()
            if line.upper().startswith(b"QUIT"):
                return


def named(port):
    Installation.objects.create(
        pk=1, smtp_host="127.0.0.1", smtp_port=port, smtp_security="none", mail_from="q@team.example"
    )


def test_the_password_is_kept_in_a_file_of_its_own(sign_in, world, home):
    sign_in(world.ada).post("/installation/mail", {**GOOD, "password": "hunter22"})
    row = Installation.objects.get()
    assert (row.smtp_host, row.smtp_password) == ("mail.example", "")
    assert mail.password() == "hunter22"
    assert (home / "smtp_password").stat().st_mode & 0o777 == 0o600
    assert "hunter22" not in str(AuditEntry.objects.values())


def test_an_empty_password_keeps_the_one_there_is(sign_in, world):
    client = sign_in(world.ada)
    client.post("/installation/mail", {**GOOD, "password": "hunter22"})
    client.post("/installation/mail", {**GOOD, "smtp_port": "465"})
    assert (mail.password(), mail.configuration().smtp_port) == ("hunter22", 465)
    client.post("/installation/mail", {**GOOD, "forget": "on"})
    assert mail.password() == ""


def test_the_password_is_never_shown(sign_in, world):
    client = sign_in(world.ada)
    client.post("/installation/mail", {**GOOD, "password": "hunter22"})
    assert "hunter22" not in client.get("/installation/mail").content.decode()


def test_a_server_without_a_sender_is_refused(sign_in, world):
    page = sign_in(world.ada).post("/installation/mail", {**GOOD, "mail_from": ""}).content.decode()
    assert "Say who the mail comes from" in page
    assert not Installation.objects.filter(smtp_host="mail.example").exists()


def test_a_test_shows_what_the_server_answered(sign_in, world, server):
    named(server())
    page = sign_in(world.ada).post("/installation/mail/test", {"to": "ada@team.example"}).content.decode()
    assert "DATA: 250 2.0.0 Queued as 7F3A" in page
    assert "The server took the letter." in page


def test_a_refusal_is_shown_with_its_code(world, server):
    named(server(rcpt=b"550 5.1.1 No such user"))
    answer = mail.try_out("who@team.example")
    assert not answer.ok
    assert "550 5.1.1 No such user" in answer.lines[-1]


def test_a_server_that_is_not_there_is_an_answer_too(world):
    named(1)
    answer = mail.try_out("ada@team.example")
    assert not answer.ok
    assert "refused" in answer.lines[-1]


def test_without_a_server_nothing_is_sent(world):
    with pytest.raises(mail.NotConfigured):
        mail.send("ada@team.example", "Hello", "…")


def test_the_doctor_stays_offline_when_told(world, monkeypatch):
    monkeypatch.setattr(registry, "offline", True)
    named(1)
    assert mail.doctor_line() == [("ok", "mail: 127.0.0.1:1 (not tried, because of --offline)")]


def test_the_doctor_says_what_is_wrong(world, monkeypatch):
    monkeypatch.setattr(registry, "offline", False)
    assert mail.doctor_line()[0][0] == "note"
    named(1)
    ((state, sentence),) = mail.doctor_line()
    assert state == "bad"
    assert "127.0.0.1:1" in sentence

"""Sending mail, where an admin has said through which server. Nothing needs it: links can be copied."""

from __future__ import annotations

import os
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage as Letter
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from evenhand.home import home
from evenhand.people import audit
from evenhand.people.models import Installation, User

TIMEOUT = 10
SECURITIES = ("starttls", "tls", "none")


class NotConfigured(Exception):
    """No mail server has been named."""


@dataclass(frozen=True)
class Answer:
    """What a mail server said to a test."""

    ok: bool
    lines: list[str]


def configuration() -> Installation:
    return Installation.objects.filter(pk=1).first() or Installation(pk=1)


def is_configured() -> bool:
    return bool(configuration().smtp_host)


def password_file() -> Path:
    return home() / "smtp_password"


def password() -> str:
    """The mail server's password: a file of its own that only the owner of the home can read."""
    try:
        return password_file().read_text()
    except FileNotFoundError:
        return ""


def configure(by: User, new_password: str | None = None, **values: Any) -> None:
    """Name the server. A password of None keeps the one there is, an empty one forgets it."""
    with transaction.atomic():
        Installation.objects.update_or_create(pk=1, defaults={**values, "updated_at": Now()})
        audit.record(by, "installation.mail", None, None, host=values.get("smtp_host", ""))
    if new_password is not None:
        _keep_password(new_password)


def _keep_password(new: str) -> None:
    password_file().unlink(missing_ok=True)
    if new:
        descriptor = os.open(password_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(new)


def send(to: str, subject: str, body: str) -> None:
    """Raises NotConfigured, or OSError (smtplib's errors are such) with what the server said."""
    row = configuration()
    if not row.smtp_host:
        raise NotConfigured
    connection = get_connection(
        settings.EMAIL_BACKEND,
        host=row.smtp_host,
        port=row.smtp_port,
        username=row.smtp_user,
        password=password(),
        use_tls=row.smtp_security == "starttls",
        use_ssl=row.smtp_security == "tls",
        timeout=TIMEOUT,
    )
    EmailMessage(subject, body, row.mail_from, [to], connection=connection).send()


def try_out(to: str) -> Answer:
    """Send a letter step by step and keep what the server answers to each."""
    row = configuration()
    lines: list[str] = []
    try:
        with _open(row, lines) as server:
            _deliver(server, _letter(row, to), row.mail_from, to, lines)
    except OSError as error:
        return Answer(False, [*lines, _said(error)])
    return Answer(True, lines)


def _open(row: Installation, lines: list[str]) -> smtplib.SMTP:
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if row.smtp_security == "tls":
        server = smtplib.SMTP_SSL(row.smtp_host, row.smtp_port, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(row.smtp_host, row.smtp_port, timeout=TIMEOUT)
    try:
        if row.smtp_security == "starttls":
            _note(lines, "STARTTLS", *server.starttls(context=context))
        if row.smtp_user:
            _note(lines, "AUTH", *server.login(row.smtp_user, password()))
    except BaseException:
        server.close()
        raise
    return server


def _deliver(server: smtplib.SMTP, letter: Letter, sender: str, to: str, lines: list[str]) -> None:
    server.ehlo_or_helo_if_needed()
    for word, reply in (("MAIL FROM", server.mail(sender)), ("RCPT TO", server.rcpt(to))):
        _note(lines, word, *reply)
        if reply[0] not in {250, 251}:
            raise smtplib.SMTPResponseException(*reply)
    _note(lines, "DATA", *server.data(letter.as_bytes()))


def _letter(row: Installation, to: str) -> Letter:
    letter = Letter()
    letter["From"], letter["To"] = row.mail_from, to
    letter["Subject"] = _("A test from Evenhand")
    letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain="evenhand")
    letter.set_content(_("If you can read this, Evenhand can send mail."))
    return letter


def _note(lines: list[str], word: str, code: int, reply: bytes | str) -> None:
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    lines.append(f"{word}: {code} {text.splitlines()[-1] if text else ''}".strip())


def _said(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        return f"{error.smtp_code} {reply.decode(errors='replace') if isinstance(reply, bytes) else reply}"
    if isinstance(error, TimeoutError):
        return _("The server did not answer within %(seconds)d seconds.") % {"seconds": TIMEOUT}
    return str(error) or type(error).__name__


def doctor_line() -> list[tuple[str, str]]:
    """For `evenhand doctor`: can the mail server be reached? Not asked when it is told to stay offline."""
    from evenhand.people.registry import registry

    row = configuration()
    if not row.smtp_host:
        return [("note", "mail: no server named; invitation links can be copied and sent by hand")]
    where = f"{row.smtp_host}:{row.smtp_port}"
    if registry.offline:
        return [("ok", f"mail: {where} (not tried, because of --offline)")]
    try:
        with _open(row, []):
            return [("ok", f"mail: {where} answers")]
    except OSError as error:
        return [("bad", f"mail: {where}: {_said(error)}; see Installation, E-mail")]

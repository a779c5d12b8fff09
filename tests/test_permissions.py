"""Every address, by every method, for everybody: `tests/permissions/table.py` says how to add a line."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from tests.permissions import canaries
from tests.permissions.table import PEOPLE, Row

FOLDER = Path(__file__).parent / "permissions"
NO_ROOM = {"__init__", "table", "canaries"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def all_rows() -> list[Row]:
    modules = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in NO_ROOM)
    return [row for name in modules for row in import_module(f"tests.permissions.{name}").ROWS]


def all_names(resolver: URLResolver | None = None, prefix: str = "") -> list[str]:
    found: list[str] = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            found.append(prefix + (entry.name or f"(no name) {entry.pattern}"))
        else:
            found += all_names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
    return found


ROWS = [row for row in all_rows() if row.name in set(all_names())]
by_row = pytest.mark.parametrize("row", ROWS, ids=str)


@pytest.fixture
def planted(world):
    canaries.plant(world)
    return world


def is_write(sql: str) -> bool:
    return sql.lstrip().upper().startswith(WRITES)


def ask(row: Row, url: str, world, person: str):
    client = Client(raise_request_exception=False)
    if person != "anonymous":
        client.force_login(getattr(world, person))
    data = row.data(world) if row.method != "GET" else None
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = (
            client.generic(row.method, url)
            if row.method not in {"GET", "POST"}
            else (client.post(url, data) if row.method == "POST" else client.get(url))
        )
        body = b"".join(response.streaming_content) if response.streaming else response.content
    return response, body.decode(errors="replace"), [q["sql"] for q in queries if is_write(q["sql"])]


def undone(row: Row, world, person: str):
    """What somebody gets, with everything that it changed taken back."""
    with transaction.atomic():
        answer = ask(row, row.url(world), world, person)
        transaction.set_rollback(True)
    return answer


def leaks(body: str, person: str) -> set[str]:
    words = set(canaries.WORDS) - canaries.known_to(person)
    return {word for word in words if word.lower() in body.lower()}


def test_every_address_is_in_the_table():
    listed = {row.name for row in all_rows()}
    missing = sorted(set(all_names()) - listed)
    assert not missing, f"add these to tests/permissions/<room>.py: {', '.join(missing)}"


@by_row
def test_everybody_gets_what_the_table_says_and_a_refusal_tells_and_changes_nothing(row, planted):
    got, told, changed = {}, {}, {}
    for person in PEOPLE:
        response, body, writes = undone(row, planted, person)
        got[person] = word_of(response.status_code)
        if got[person] in {"denied", "missing"}:
            told |= {person: words} if (words := leaks(body, person)) else {}
            changed |= {person: writes} if writes else {}
    assert got == {person: row.expected(person) for person in PEOPLE}
    assert (told, changed) == ({}, {})


def word_of(status: int) -> str:
    return {403: "denied", 404: "missing"}.get(status, "let_in" if status < 500 and status != 405 else str(status))


@by_row
def test_who_is_not_signed_in_is_sent_to_sign_in(row, planted):
    response, body, writes = undone(row, planted, "anonymous")
    if row.public:
        assert response.status_code in {200, 302, 404}
        return
    assert (response.status_code, leaks(body, "anonymous"), writes) == (302, set(), [])
    assert response["Location"].startswith("/sign-in?next=")


def test_a_method_that_is_not_in_the_table_is_not_allowed(planted):
    wrong = []
    for name in sorted(set(all_names())):
        rows = [row for row in ROWS if row.name == name]
        for method in sorted(set(METHODS) - {row.method for row in rows}) if rows else []:
            other = replace(rows[0], method=method)
            status = undone(other, planted, "ada")[0].status_code
            if status not in {405, *([404] if "ada" in other.missing else [])}:
                wrong.append(f"{method} {name} answers {status}")
    assert not wrong, "list these in tests/permissions/, or let the view refuse the method"

"""The log: what it shows, and that nobody can change it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.db import DatabaseError, connection, transaction

from evenhand.people import audit
from evenhand.people.models import AuditEntry

AUDIT = "/w/orchard/settings/audit"


def migrated(home):
    """An SQLite database of its own, with its triggers."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env = {
        **kept,
        "EVENHAND_HOME": str(home),
        "EVENHAND_ROOMS": "people",
        "DJANGO_SETTINGS_MODULE": "evenhand.site.settings",
    }
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=env, check=True)
    return home / "evenhand.sqlite3"


def test_sqlite_refuses_to_change_or_delete_an_entry(tmp_path):
    with closing(sqlite3.connect(migrated(tmp_path))) as database:
        database.execute(
            "INSERT INTO people_auditentry (public_id, actor_name, action, object_kind, object_id, data)"
            " VALUES ('1', 'Mara', 'test.done', '', '', '{}')"
        )
        for statement in ("UPDATE people_auditentry SET actor_name = 'Nobody'", "DELETE FROM people_auditentry"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                database.execute(statement)
        assert database.execute("SELECT actor_name FROM people_auditentry").fetchall() == [("Mara",)]


if connection.vendor == "postgresql":

    def test_postgresql_refuses_to_change_or_delete_an_entry(world):
        audit.record(world.mara, "test.done", world.workspace)
        for change in (lambda rows: rows.update(actor_name="Nobody"), lambda rows: rows._raw_delete(rows.db)):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                change(AuditEntry.objects.all())


def test_an_entry_cannot_be_changed_through_its_model(world):
    entry = audit.record(world.mara, "test.done", world.workspace)
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def test_the_log_is_filtered_by_action_person_and_day(sign_in, world):
    audit.record(world.mara, "test.done", world.workspace)
    audit.record(world.lena, "test.other", world.workspace)
    client = sign_in(world.mara)
    for query, count in (("?action=test.done", 1), ("?person=Lena+Lead", 1), ("?start=2999-01-01", 0), ("", 2)):
        assert len(client.get(AUDIT + query).context["rows"]) == count


def test_a_day_is_a_day_of_the_workspace(sign_in, world, monkeypatch):
    entry = AuditEntry.objects.create(
        workspace=world.workspace, actor_name="Mara", action="t.t", at="2026-03-17T23:30:00Z"
    )
    rows = sign_in(world.mara).get(AUDIT + "?start=2026-03-18&end=2026-03-18").context["rows"]
    assert [row["entry"] for row in rows] == [entry]


def test_a_date_that_is_none_is_named(sign_in, world):
    page = sign_in(world.mara).get(AUDIT + "?start=yesterday").content.decode()
    assert 'id="id_start_error"' in page


def test_the_log_of_another_workspace_is_not_shown(sign_in, world):
    audit.record(world.sol, "test.secret", world.other)
    assert "test.secret" not in sign_in(world.mara).get(AUDIT).content.decode()
    assert "test.secret" in sign_in(world.ada).get("/installation/audit").content.decode()


def test_pages_go_by_the_last_entry_seen_and_back(sign_in, world):
    for number in range(120):
        audit.record(world.mara, f"test.n{number}", world.workspace)
    client = sign_in(world.mara)
    first = client.get(AUDIT).context
    second = client.get(AUDIT + first["page"].older_url).context
    third = client.get(AUDIT + second["page"].older_url).context
    shown = [row["entry"].action for page in (first, second, third) for row in page["rows"]]
    assert shown == [f"test.n{number}" for number in range(119, -1, -1)]
    assert (first["page"].newer_url, third["page"].older_url) == ("", "")
    assert client.get(AUDIT + third["page"].newer_url).context["rows"] == second["rows"]


def test_the_csv_has_every_entry_and_no_formula(sign_in, world):
    for _number in range(60):
        audit.record(world.mara, "test.done", world.workspace, name="=1+1")
    AuditEntry.objects.create(workspace=world.workspace, actor_name="=cmd()", action="t.t")
    body = b"".join(sign_in(world.mara).get(AUDIT + ".csv").streaming_content).decode()
    lines = body.splitlines()
    assert len(lines) == 62
    assert ",'=cmd()," in lines[1]


def test_the_page_asks_as_much_for_forty_as_for_one(sign_in, world):
    from django.test.utils import CaptureQueriesContext

    client = sign_in(world.ada)
    counts = []
    for entries in (1, 40):
        for _ in range(entries):
            audit.record(world.mara, "test.done", world.workspace)
        with CaptureQueriesContext(connection) as queries:
            client.get("/installation/audit")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("days", ["end=9999-12-31", "start=0001-01-01"])
def test_days_that_no_calendar_reaches_are_left_out(sign_in, world, days):
    assert sign_in(world.mara).get(f"/w/orchard/settings/audit?{days}").status_code == 200


def test_an_entry_names_what_has_a_name(world):
    entry = audit.record(world.mara, "membership.add", world.workspace, world.ravi, roles=["lead"])
    assert entry.data == {"roles": ["lead"], "name": "Ravi Reviewer"}
    assert audit.record(world.mara, "workspace.setting", world.workspace, None).data == {}

"""The audit log is append-only in the database itself, whoever holds the connection."""

from __future__ import annotations

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON people_auditentry
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""".format(verb=verb)
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$""",
    """CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON people_auditentry
       FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
]


def add_triggers(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER audit_no_{verb}")
    else:
        schema_editor.execute("DROP TRIGGER audit_append_only ON people_auditentry")
        schema_editor.execute("DROP FUNCTION audit_append_only()")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]

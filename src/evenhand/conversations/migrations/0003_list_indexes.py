"""The list's own indexes.

One index holds all that the usual filters look at, in the order of the list: walking it costs 60 ms for a million
conversations, where fetching each row took 400 to 3,000 ms. Values of custom fields get an index of their own: a
table kept by triggers on SQLite, GIN on PostgreSQL.
"""

from __future__ import annotations

from django.db import migrations, models

TABLE = "conversations_conversation"
FIELDS = "conversations_fieldvalue"

# Objects and null hold nothing to compare with; of a list each entry counts.
VALUES = f"""
    INSERT OR IGNORE INTO {FIELDS}(workspace_id, name, value, conversation_id)
    SELECT c.workspace_id, f.key, substr(iif(f.type IN ('true', 'false'), f.type, f.value), 1, 200), c.id
    FROM {TABLE} c, json_each(c.fields) f
    WHERE f.type NOT IN ('object', 'array', 'null') AND {{rows}}
    UNION ALL
    SELECT c.workspace_id, f.key, substr(iif(e.type IN ('true', 'false'), e.type, e.value), 1, 200), c.id
    FROM {TABLE} c, json_each(c.fields) f, json_each(iif(f.type = 'array', f.value, '[]')) e
    WHERE f.type = 'array' AND e.type NOT IN ('object', 'array', 'null') AND {{rows}}"""
NEW = VALUES.format(rows="c.id = new.id")

SQLITE = [
    f"""CREATE TABLE {FIELDS} (
        workspace_id bigint NOT NULL, name text NOT NULL, value text NOT NULL, conversation_id bigint NOT NULL,
        PRIMARY KEY (workspace_id, name, value, conversation_id)) WITHOUT ROWID""",
    f"CREATE INDEX conversations_fieldvalue_of ON {FIELDS}(conversation_id)",
    VALUES.format(rows="c.fields <> '{}'"),
    f"""CREATE TRIGGER fields_insert AFTER INSERT ON {TABLE} WHEN new.fields <> '{{}}' BEGIN {NEW}; END""",
    f"""CREATE TRIGGER fields_update AFTER UPDATE OF fields ON {TABLE} WHEN new.fields IS NOT old.fields BEGIN
        DELETE FROM {FIELDS} WHERE conversation_id = old.id; {NEW}; END""",
    f"""CREATE TRIGGER fields_delete AFTER DELETE ON {TABLE} BEGIN
        DELETE FROM {FIELDS} WHERE conversation_id = old.id; END""",
]
POSTGRESQL = [f"CREATE INDEX conversations_fields ON {TABLE} USING gin (fields jsonb_path_ops)"]


def add(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        # Without parameters nothing is formatted, so a per cent sign is one.
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("insert", "update", "delete"):
            schema_editor.execute(f"DROP TRIGGER fields_{name}")
        schema_editor.execute(f"DROP TABLE {FIELDS}")
    else:
        schema_editor.execute("DROP INDEX conversations_fields")


class Migration(migrations.Migration):
    dependencies = [("conversations", "0002_search_index")]
    operations = [
        migrations.RemoveIndex(model_name="conversation", name="conv_newest"),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=[
                    "workspace", "-happened_at", "-id", "deleted_at", "channel", "status", "language", "csat_positive",
                    "csat_score", "agent_reply_count", "message_count", "connection", "main_agent",
                ],
                name="conv_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(fields=["agent", "conversation", "deleted_at"], name="pair_agent_conversation"),
        ),
        migrations.RunPython(add, drop),
    ]  # fmt: skip

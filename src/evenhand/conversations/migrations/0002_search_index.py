"""Full-text search over `ConversationSearch.terms`: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

The terms were already folded and cut by `text.search_terms`, so both engines index the same words.
"""

from __future__ import annotations

from django.db import migrations

TABLE = "conversations_conversationsearch"
FTS = "conversations_fts"

SQLITE = [
    f"""CREATE VIRTUAL TABLE {FTS} USING fts5(
        terms, content='{TABLE}', content_rowid='conversation_id', tokenize='unicode61 remove_diacritics 2')""",
    f"""CREATE TRIGGER search_insert AFTER INSERT ON {TABLE} BEGIN
        INSERT INTO {FTS}(rowid, terms) VALUES (new.conversation_id, new.terms); END""",
    f"""CREATE TRIGGER search_delete AFTER DELETE ON {TABLE} BEGIN
        INSERT INTO {FTS}({FTS}, rowid, terms) VALUES ('delete', old.conversation_id, old.terms); END""",
    f"""CREATE TRIGGER search_update AFTER UPDATE OF terms ON {TABLE} BEGIN
        INSERT INTO {FTS}({FTS}, rowid, terms) VALUES ('delete', old.conversation_id, old.terms);
        INSERT INTO {FTS}(rowid, terms) VALUES (new.conversation_id, new.terms); END""",
]
POSTGRESQL = [
    f"ALTER TABLE {TABLE} ADD COLUMN vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', terms)) STORED",
    f"CREATE INDEX conversations_search_vector ON {TABLE} USING gin (vector)",
]


def add_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER search_{name}")
        schema_editor.execute(f"DROP TABLE {FTS}")
    else:
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN vector")


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial")]
    operations = [migrations.RunPython(add_index, drop_index)]

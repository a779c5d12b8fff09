from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection as database
from django.db import models

from evenhand.conversations.models import BadRow, Connection, Conversation, Import, Message, RawPayload
from evenhand.conversations.registry import registry
from evenhand.conversations.services.store import store
from tests.conversations.records import conversation, message

SECRET = "zanzibar"
# Free text that nobody who writes to a help desk can fill.
NO_CONTENT = {
    "connection.config", "frame_rule.excluded_statuses", "import.error", "framerule.excluded_statuses",
    "framerule.excluded_tags", "badrow.reason",
}  # fmt: skip


@pytest.fixture
def into(world):
    return Connection.objects.create(workspace=world.workspace, name="Desk")


def test_erasing_empties_every_place(into):
    told = {
        "subject": SECRET,
        "customer_name": SECRET,
        "customer_email": f"{SECRET}@x.example",
        "fields": {"a": SECRET},
    }
    store(into, [conversation("c1", message(0, text=SECRET), message(1, "agent", html=f"<p>{SECRET}</p>"), **told)])
    store(into, [conversation("c1", message(0, text="now other words"), message(1, "agent"), **told)])
    row = Conversation.objects.get(connection=into, external_id="c1")
    item = Import.objects.create(workspace=into.workspace, connection=into, kind="jsonl", path="", fingerprint="")
    BadRow.objects.create(source=item, line=1, reason="", raw=f'{{"id": "c1", "t": "{SECRET}"}}'.encode())
    for place in registry.content_places.values():
        place.erase([row.pk])
    row.refresh_from_db()
    assert row.deleted_at is not None
    assert not _found_anywhere(SECRET)
    assert not RawPayload.objects.filter(conversation=row).exists()
    assert Message.objects.filter(conversation=row).count() == 2


def _found_anywhere(word):
    rows = [values for model in apps.get_app_config("conversations").get_models() for values in model.objects.values()]
    found = [values for values in rows if word in str(values)]
    if database.vendor == "sqlite":
        with database.cursor() as cursor:
            cursor.execute("SELECT rowid FROM conversations_fts WHERE terms MATCH %s", [word])
            found += cursor.fetchall()
    return found


def test_every_column_of_free_text_belongs_to_a_place():
    kinds = (models.TextField, models.JSONField, models.BinaryField)
    columns = {
        (model._meta.db_table, f"{model._meta.model_name}.{field.name}")
        for model in apps.get_app_config("conversations").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, kinds) and not field.choices
    }
    known = {place.split(".")[0] for place in registry.content_places}
    assert {name for table, name in columns if table not in known} <= NO_CONTENT

from __future__ import annotations

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from django.apps import apps
from django.db import models

from evenhand.conversations.models import Participation
from evenhand.facts import reading, schema
from evenhand.quality.periods import Period

DJANGO = {
    schema.INT: (models.BigAutoField, models.BigIntegerField, models.PositiveIntegerField, models.ForeignKey),
    schema.FLOAT: (models.FloatField,),
    schema.BOOL: (models.BooleanField,),
    schema.TEXT: (models.CharField,),
    schema.TIME: (models.DateTimeField,),
}


def field_at(model, path):
    for part in path.split("__"):
        field = model._meta.get_field(part.removesuffix("_id") if part.endswith("_id") else part)
        model = field.related_model or model
    return field


@pytest.mark.parametrize("table", schema.TABLES, ids=lambda table: table.name)
def test_the_columns_are_the_models_columns(table):
    for column in table.columns:
        field = field_at(apps.get_model(table.model), column.path)
        assert isinstance(field, DJANGO[column.type]), column


@pytest.mark.parametrize("table", schema.TABLES, ids=lambda table: table.name)
def test_an_empty_workspace_has_every_column(world, table):
    rows = reading.read(table, world.other)
    assert rows.num_rows == 0
    assert rows.schema.names == [*table.names, *(["day"] if table.day_of else [])]
    assert all(rows.schema.field(c.name).type == reading.ARROW[c.type] for c in table.columns)


def test_days_are_the_workspaces_own(world):
    rows = reading.read(schema.PAIRS, world.workspace)
    assert rows.num_rows == 6
    assert rows.schema.field("day").type == pa.date32()


@pytest.mark.django_db(transaction=True)
def test_committed_rows_are_read_by_the_databases_own_driver():
    from tests.worlds import build

    world = build()
    rows = reading.read(schema.PAIRS, world.workspace)
    assert max(rows["day"].to_pylist()) == date(2026, 3, 18)
    assert rows["eligible"].to_pylist() == [True] * 6


def test_the_period_is_cut_at_local_midnight(world):
    Participation.objects.filter(conversation__external_id="c0").update(
        dated_at=datetime(2026, 3, 17, 23, 30, tzinfo=UTC)
    )
    rows = reading.read(schema.PAIRS, world.workspace, Period.of_days(date(2026, 3, 18), date(2026, 3, 18)))
    assert rows["day"].to_pylist() == [date(2026, 3, 18)]

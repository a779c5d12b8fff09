"""Rows of the database as Arrow tables.

PostgreSQL is read by ADBC. SQLite is read by the process's own sqlite3: ADBC brings a second copy of the SQLite
library, and two copies in one process undo each other's file locks (docs/decisions/0001).
"""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
from django.apps import apps
from django.db import connection
from django.db.models import QuerySet

from evenhand.facts.schema import BOOL, FLOAT, INT, PERIOD_PATH, TEXT, TIME, Table
from evenhand.people.models import Workspace
from evenhand.quality.periods import Period, instants

CHUNK = 20_000
UTC = ZoneInfo("UTC")
ARROW = {
    INT: pa.int64(), FLOAT: pa.float64(), BOOL: pa.bool_(), TEXT: pa.string(), TIME: pa.timestamp("us", tz="UTC"),
}  # fmt: skip
SQLITE = {TIME: pa.string(), BOOL: pa.int64()}


def read(table: Table, workspace: Workspace, period: Period | None = None) -> pa.Table:
    """One table of a workspace, of the local days of a period; without one, all of it."""
    zone = ZoneInfo(workspace.time_zone)
    sql, params = _query(table, workspace, period, zone).query.sql_with_params()
    # ADBC is a connection of its own: inside a transaction it would not see what was just written.
    by_adbc = connection.vendor == "postgresql" and not connection.in_atomic_block
    rows = _from_adbc(sql, params) if by_adbc else _from_cursor(table, sql, params)
    typed = pa.table({c.name: _typed(rows.column(i), ARROW[c.type]) for i, c in enumerate(table.columns)})
    return _with_day(typed, table.day_of, zone) if table.day_of else typed


def _query(table: Table, workspace: Workspace, period: Period | None, zone: ZoneInfo) -> QuerySet[Any, Any]:
    rows = apps.get_model(table.model)._default_manager.filter(**{table.workspace: workspace})
    rows = rows.filter(**{f"{path}__isnull": True for path in table.alive}, **dict(table.fixed))
    if period is not None:
        first, end = instants(period, zone)
        rows = rows.filter(**{f"{PERIOD_PATH[table.name]}__gte": first, f"{PERIOD_PATH[table.name]}__lt": end})
    return rows.order_by().values_list(*(column.path for column in table.columns))


def _from_cursor(table: Table, sql: str, params: tuple[Any, ...]) -> pa.Table:
    """Through the process's own connection."""
    connection.ensure_connection()
    on_sqlite = connection.vendor == "sqlite"
    types = [SQLITE.get(c.type, ARROW[c.type]) if on_sqlite else ARROW[c.type] for c in table.columns]
    schema = pa.schema(list(zip(table.names, types, strict=True)))
    batches = []
    with closing(connection.create_cursor()) as cursor:
        cursor.execute(_undeclared(table, sql, params) if on_sqlite else sql, [_plain(value) for value in params])
        while rows := cursor.fetchmany(CHUNK):
            arrays = [pa.array(values, type_) for values, type_ in zip(zip(*rows, strict=True), types, strict=True)]
            batches.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
    return pa.Table.from_batches(batches, schema=schema)


def _undeclared(table: Table, sql: str, params: tuple[Any, ...]) -> str:
    """The same rows without declared types, so that no time or boolean becomes a Python object on its way."""
    names = [f"c{i}" for i in range(len(table.columns))]
    bare = {TIME: "{} || ''", BOOL: "{} + 0"}
    wanted = [bare.get(c.type, "{}").format(name) for c, name in zip(table.columns, names, strict=True)]
    return f"WITH t({', '.join(names)}) AS ({sql % tuple('?' for _ in params)}) SELECT {', '.join(wanted)} FROM t"  # noqa: S608


def _plain(value: Any) -> Any:
    as_stored = connection.ops.adapt_datetimefield_value
    return as_stored(value) if isinstance(value, datetime) and connection.vendor == "sqlite" else value


def _from_adbc(sql: str, params: tuple[Any, ...]) -> pa.Table:
    from adbc_driver_postgresql import dbapi

    numbered = sql % tuple(f"${i}" for i in range(1, len(params) + 1))
    with dbapi.connect(_uri()) as link, link.cursor() as cursor:
        cursor.execute(numbered, params)
        return cursor.fetch_arrow_table()


def _uri() -> str:
    from psycopg.conninfo import make_conninfo

    connection.ensure_connection()
    return make_conninfo(connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"] or None)


def _typed(column: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    if column.type == wanted:
        return column
    if pa.types.is_string(column.type) and pa.types.is_timestamp(wanted):
        return pc.assume_timezone(pc.cast(column, pa.timestamp("us")), "UTC")
    return pc.cast(column, wanted)


def _with_day(rows: pa.Table, column: str, zone: ZoneInfo) -> pa.Table:
    local = pc.local_timestamp(pc.cast(rows[column], pa.timestamp("us", tz=zone.key)))
    return rows.append_column("day", pc.cast(pc.floor_temporal(local, unit="day"), pa.date32()))

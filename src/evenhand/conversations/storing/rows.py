"""Many rows at once, past the ORM: values as each driver wants them, `executemany` or COPY."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
import uuid_utils
from django.db import connection, models

NOW = {"sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'NOW')", "postgresql": "STATEMENT_TIMESTAMP()"}


@dataclass(frozen=True, slots=True)
class Codec:
    """How one database's driver takes times, keys and JSON; the same form that Django gives them."""

    moment: Callable[[datetime | None], Any]
    public_id: Callable[[], Any]


def _sqlite_moment(value: datetime | None) -> str | None:
    return None if value is None else str(value if value.tzinfo is UTC else value.astimezone(UTC))[:-6]


def _same(value: datetime | None) -> datetime | None:
    return value


CODECS = {
    "sqlite": Codec(_sqlite_moment, lambda: uuid_utils.uuid7().hex),
    "postgresql": Codec(_same, lambda: str(uuid_utils.uuid7())),
}


def codec() -> Codec:
    return CODECS[connection.vendor]


def json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows whose values stand in the order of `names`; columns left out get the database's default."""
    table, columns = _names(model, names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django does not know COPY: without this its errors would be the driver's own.
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(names))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608


def update(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]], stamp: bool = True) -> None:
    """Set `names` where the key, the last value of each row, is theirs; `stamp` sets `updated_at` too."""
    settings = [f'"{model._meta.get_field(name).column}" = %s' for name in names]
    if stamp:
        settings.append(f'"updated_at" = {NOW[connection.vendor]}')
    key = f'"{model._meta.pk.column}"'
    with connection.cursor() as cursor:
        cursor.executemany(
            f'UPDATE "{model._meta.db_table}" SET {", ".join(settings)} WHERE {key} = %s',  # noqa: S608
            list(rows),
        )


def _names(model: type[models.Model], names: Sequence[str]) -> tuple[str, str]:
    columns = ", ".join(f'"{model._meta.get_field(name).column}"' for name in names)
    return f'"{model._meta.db_table}"', columns

"""Queries that every request asks, put into SQL once.

Django takes ten times as long to put such a query into words as the database to answer it, and they are the same
words each time (docs/decisions/0005-a-save-is-one-statement.md).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import BigIntegerField, Expression, Field, Model, QuerySet

M = TypeVar("M", bound=Model)


class Given(Expression):
    """Stands in a query for a value that comes with each asking: a key, or what `kind` says."""

    def __init__(self, name: str, kind: Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=kind or BigIntegerField())
        self.name = name

    def as_sql(self, *_: Any) -> tuple[str, list[Given]]:
        return "%s", [self]

    def of(self, values: dict[str, Any]) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Kept(Generic[M]):
    """A query of one table's rows with `Given` values. `build` is called once, when it is first asked."""

    def __init__(self, build: Callable[[], QuerySet[M]]) -> None:
        self._build = build

    def ask(self, **values: Any) -> list[M]:
        """The rows for these values, as models; annotations are attributes. None never equals anything."""
        model, sql, parameters = self._sql
        bound = [one.of(values) if isinstance(one, Given) else one for one in parameters]
        return list(model._default_manager.raw(sql, bound))

    @cached_property
    def _sql(self) -> tuple[type[M], str, tuple[Any, ...]]:
        rows = self._build()
        return rows.model, *rows.query.sql_with_params()

"""SQL that Django has no words for, on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection as database
from django.db.models import BooleanField, Expression, F, Func, IntegerField, Q, Value
from django.db.models.sql.compiler import SQLCompiler


class Unindexed(Func):
    """A column that SQLite must not look up in an index of its own.

    Without statistics of single values it takes an index for `IN (...)` and sorts half the table afterwards; the
    list walks along the index that is already in the right order instead. PostgreSQL knows its values, once it has
    gathered statistics; a number is kept from its index before that, too.
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **context: Any) -> tuple[str, Any]:
        return super().as_sql(compiler, connection, template="+%(expressions)s", **context)

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **context: Any) -> tuple[str, Any]:
        is_number = isinstance(self.source_expressions[0].output_field, IntegerField)
        return super().as_sql(compiler, connection, template="(%(expressions)s + 0)" if is_number else None, **context)


class Among(Func):
    """The row's key is one of many: the keys travel as one parameter."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__(F("pk"))
        self.keys = sorted(keys)

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **context: Any) -> tuple[str, Any]:
        column, params = compiler.compile(self.source_expressions[0])
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(self.keys)]  # noqa: S608

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **context: Any) -> tuple[str, Any]:
        column, params = compiler.compile(self.source_expressions[0])
        return f"{column} = ANY(%s::bigint[])", [*params, self.keys]


def one_of(column: str, values: Iterable[Any]) -> Q:
    """The column has one of the values, without an index where there are several."""
    values = list(values)
    if len(values) == 1:
        return Q(**{column: values[0]})
    return Q(In(Unindexed(F(column)), values))


class In(Func):
    output_field = BooleanField()
    conditional = True
    template = "%(left)s IN (%(right)s)"

    def __init__(self, left: Expression, values: Iterable[Any]) -> None:
        super().__init__(left, *(Value(value) for value in values))

    def as_sql(self, compiler: SQLCompiler, connection: Any, **context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        parts = [compiler.compile(part) for part in self.source_expressions]
        right = ", ".join(sql for sql, _params in parts[1:])
        return f"{parts[0][0]} IN ({right})", [p for _sql, params in parts for p in params]


class Keys:
    """Keys of conversations by a statement of our own, to be cut and read: `Keys(sql, params)[:100]`."""

    def __init__(self, sql: str, params: Iterable[Any], limit: int | None = None) -> None:
        self.sql, self.params, self.limit = sql, list(params), limit

    def __getitem__(self, part: slice) -> Keys:
        return Keys(self.sql, self.params, part.stop)

    def __iter__(self) -> Iterator[int]:
        return iter([key for (key,) in self._rows("{}")])

    def count(self) -> int:
        return int(self._rows("SELECT count(*) FROM ({}) keys")[0][0])

    def _rows(self, around: str) -> list[tuple[int]]:
        limit, params = ("", []) if self.limit is None else (" LIMIT %s", [self.limit])
        with database.cursor() as cursor:
            cursor.execute(around.replace("{}", self.sql + limit), [*self.params, *params])
            return list(cursor.fetchall())


class Condition(Expression):
    """A condition written as SQL, in which `{id}` is the conversation's key; everything else is a parameter."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, sql: str, params: Iterable[Any]) -> None:
        super().__init__(output_field=BooleanField())
        self.sql, self.params, self.key = sql, list(params), F("pk")

    def get_source_expressions(self) -> list[Any]:
        return [self.key]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.key,) = exprs

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        column, _params = compiler.compile(self.key)
        return self.sql.replace("{id}", column), list(self.params)

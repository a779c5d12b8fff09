"""Keys taken ahead of the rows, so that rows can be finished before the write lock is asked for."""

from __future__ import annotations

from django.db import connection, models, transaction

LARGEST = 5_000


class Keys:
    """Hands out integer keys from blocks that no other writer gets. What is left over leaves a gap.

    Blocks begin small, so that a small import leaves a small gap, and double.
    """

    def __init__(self, first: int = 50) -> None:
        self.first = first
        self._free: dict[type[models.Model], list[int]] = {}
        self._block: dict[type[models.Model], int] = {}

    def take(self, model: type[models.Model], count: int) -> list[int]:
        """`count` keys in ascending order."""
        free = self._free.setdefault(model, [])
        if len(free) < count:
            block = self._block.get(model, self.first)
            self._block[model] = min(block * 2, LARGEST)
            free.extend(_reserve(model, max(count - len(free), block)))
        taken = free[:count]
        del free[:count]
        return taken


def _reserve(model: type[models.Model], count: int) -> list[int]:
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [f'"{table}"', count]
            )
            return sorted(key for (key,) in cursor.fetchall())
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if not cursor.rowcount:  # SQLite writes this row with the table's first one
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0]
        return list(range(last - count + 1, last + 1))

"""`load(workspace, filters)`: the tables that every metric reads.

There are no cold files yet: the rows come from the database at each call, and what a reviewer saved a moment ago
is in the next number. When month files come, they join here, and no metric changes.
"""

from __future__ import annotations

import threading
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
from django.db.models import Q

from evenhand.conversations.models import GroupMembership
from evenhand.facts import schema
from evenhand.facts.filters import Filters
from evenhand.facts.reading import read
from evenhand.people.models import Workspace
from evenhand.quality.periods import Period, instants
from evenhand.reviews.models import Draw, DrawItem

if TYPE_CHECKING:
    import ibis
    from ibis.expr.types import Table

_engines = threading.local()
_importing = threading.Lock()


def warm() -> None:
    """Import what metrics are computed with, one thread at a time: a second one would find it half imported."""
    with _importing:
        import ibis.backends.duckdb  # noqa: F401


def engine() -> ibis.BaseBackend:
    """One in-memory DuckDB a thread; it holds nothing between two questions."""
    import ibis

    if not hasattr(_engines, "engine"):
        _engines.engine = ibis.duckdb.connect(threads=1, memory_limit="512MB")
        # Ibis would keep a note of every table until the process ends; `run` lets go of them itself.
        _engines.engine._make_memtable_finalizer = lambda _name: None
    return _engines.engine


def run(expression: Any) -> pa.Table:
    """The answer to one expression. Its tables are let go of: Ibis by itself holds them as long as the process runs."""
    import ibis.expr.operations as ops

    backend = engine()
    try:
        return backend.to_pyarrow(expression)
    finally:
        for table in expression.op().find(ops.InMemoryTable):
            backend.con.unregister(table.name)
            backend._memtables.discard(table)


@dataclass(frozen=True)
class DrawFrame:
    """One draw: the keys of its frame, sorted, and the chance of each stratum (None: the only one)."""

    draw_id: int
    pair_ids: np.ndarray[Any, np.dtype[np.int64]]
    by_agent: bool
    chance: dict[int | None, float]


@dataclass
class Facts:
    """A workspace's rows of a period; metrics narrow them by their own filters."""

    workspace: Workspace
    period: Period
    _tables: dict[str, Table] = field(default_factory=dict)
    # What has been asked once: arrays by selection and filters.
    memory: dict[Any, Any] = field(default_factory=dict)

    def table(self, name: str) -> Table:
        import ibis

        if name not in self._tables:
            declared = next(table for table in schema.TABLES if table.name == name)
            self._tables[name] = ibis.memtable(read(declared, self.workspace, self.period))
        return self._tables[name]

    @property
    def method(self) -> str:
        return str(self.workspace.score_method)

    @cached_property
    def draws(self) -> list[DrawFrame]:
        """Every draw whose frame touches these days, or whose drawn pairs have moved into them since."""
        first, end = instants(self.period, ZoneInfo(self.workspace.time_zone))
        moved = DrawItem.objects.filter(
            draw__workspace=self.workspace, participation__dated_at__gte=first, participation__dated_at__lt=end
        )
        touching = Q(period_from__lt=self.period.end, period_until__gt=self.period.start)
        found = Draw.objects.filter(
            touching | Q(pk__in=moved.values("draw")), workspace=self.workspace, deleted_at=None
        ).prefetch_related("strata").order_by("pk")  # fmt: skip
        picked: dict[int, list[int]] = defaultdict(list)
        for draw, pair in DrawItem.objects.filter(draw__in=found).values_list("draw", "participation"):
            picked[draw].append(pair)
        return [_frame(draw, picked[draw.pk]) for draw in found]

    @cached_property
    def memberships(self) -> list[tuple[int, int, date, date | None]]:
        """Agent, group, first day, first day that is no longer in."""
        rows = GroupMembership.objects.filter(group__workspace=self.workspace)
        return list(rows.values_list("agent_id", "group_id", "since", "until"))

    @cached_property
    def group_memberships(self) -> Table:
        import ibis

        columns = list(zip(*self.memberships, strict=True)) or [[]] * 4
        types = {"agent_id": pa.int64(), "group_id": pa.int64(), "from_day": pa.date32(), "to_day": pa.date32()}
        arrays = {name: pa.array(list(values), types[name]) for name, values in zip(types, columns, strict=True)}
        return ibis.memtable(pa.table(arrays))


def load(workspace: Workspace, filters: Filters, *, earlier: Filters | None = None) -> Facts:
    """The facts that answer questions about `filters` and, where given, about an `earlier` period too."""
    warm()
    start = min(filters.period.start, earlier.period.start) if earlier else filters.period.start
    return Facts(workspace, Period(start, filters.period.end))


def decode_frame(blob: bytes) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Sorted keys from their compressed differences: the reverse of `reviews.services.draws.encode_frame`."""
    return np.cumsum(np.frombuffer(zlib.decompress(bytes(blob)), dtype="<u8")).astype(np.int64)


def _frame(draw: Draw, picked: list[int]) -> DrawFrame:
    """What was drawn belongs to the frame even where a merge of agents gave the pair another key.

    Two agents who became one are one stratum now.
    """
    drawn, population = Counter[int | None](), Counter[int | None]()
    for stratum in draw.strata.all():
        drawn[stratum.agent_id] += stratum.drawn
        population[stratum.agent_id] += stratum.population
    chance = {key: drawn[key] / size for key, size in population.items() if size}
    keys = np.union1d(decode_frame(draw.frame), np.array(picked, np.int64))
    return DrawFrame(draw.pk, keys, draw.design != Draw.Design.SIMPLE, chance)

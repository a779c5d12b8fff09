"""Selections as arrays, asked for once for all the days that the facts hold; a period is a mask on them.

Compiling an expression costs more than running it, and a dashboard wants the same rows for its headline, its change,
its trend and every figure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self, TypeVar

import numpy as np
import pyarrow as pa

from evenhand.facts.filters import Filters
from evenhand.facts.load import Facts, run
from evenhand.facts.selections import frame, responses, reviews, was_drawn
from evenhand.quality.periods import Period

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
Rows = TypeVar("Rows", bound="Arrays")


@dataclass(frozen=True)
class Arrays:
    """Columns of one length; `day` counts from 1970."""

    day: Ints

    def where(self, mask: Bools) -> Self:
        return replace(self, **{column.name: getattr(self, column.name)[mask] for column in fields(self)})

    def within(self, period: Period) -> Self:
        first, end = (np.datetime64(day, "D").astype(np.int64) for day in (period.start, period.end))
        return self.where((self.day >= first) & (self.day < end))


@dataclass(frozen=True)
class Pairs(Arrays):
    """The frame, sorted by pair."""

    pair: Ints
    agent: Ints


@dataclass(frozen=True)
class Reviews(Arrays):
    """Submitted reviews. score, uncritical: NaN where nothing was rated. drawn: what the IQS rests on."""

    pair: Ints
    agent: Ints
    score: Floats
    uncritical: Floats
    failed: Bools
    seconds: Ints
    unseen: Bools
    drawn: Bools

    @property
    def counted(self) -> Reviews:
        """Those of the review average."""
        return self.where(~np.isnan(self.score))


@dataclass(frozen=True)
class Answers(Arrays):
    """Customers' answers. agent: 0 where about nobody in particular."""

    agent: Ints
    score: Floats
    low: Floats
    high: Floats


def answers_of(facts: Facts, filters: Filters) -> Answers:
    def ask(wide: Filters) -> Answers:
        rows = responses(facts, wide, "csat")
        table = run(rows.select("day", "score", "minimum", "maximum", agent_id=rows.agent_id.fill_null(0)))
        numbers = (_floats(table, name) for name in ("score", "minimum", "maximum"))
        return Answers(_days(table), _ints(table, "agent_id"), *numbers)

    return _remembered(facts, filters, "answers", ask)


def pairs_of(facts: Facts, filters: Filters) -> Pairs:
    """Eligible pairs of the filters' period."""

    def ask(wide: Filters) -> Pairs:
        rows = run(frame(facts, wide).select("pair_id", "agent_id", "day").order_by("pair_id"))
        return Pairs(_days(rows), _ints(rows, "pair_id"), _ints(rows, "agent_id"))

    return _remembered(facts, filters, "pairs", ask)


def reviews_of(facts: Facts, filters: Filters) -> Reviews:
    """Reviews of the filters' period; a drawn one counts for the IQS where its pair is in the period's frame."""

    def ask(wide: Filters) -> Reviews:
        rows = reviews(facts, wide)
        rows = rows.select(
            "day", "pair_id", "agent_id", "score", "uncritical", "critical_failed", "active_seconds",
            unseen=rows.seen_at.isnull(), drawn=was_drawn(facts, rows),
        )  # fmt: skip
        table = run(rows)
        return Reviews(
            _days(table), _ints(table, "pair_id"), _ints(table, "agent_id"), _floats(table, "score"),
            _floats(table, "uncritical"), _bools(table, "critical_failed"), _ints(table, "active_seconds"),
            _bools(table, "unseen"), _bools(table, "drawn"),
        )  # fmt: skip

    return _remembered(facts, filters, "reviews", ask)


def belonged(facts: Facts, group: int, agent: Ints, day: Ints) -> Bools:
    """(n,) whether the agent was in the group on the day."""
    found = np.zeros(len(agent), np.bool_)
    for who, where, since, until in facts.memberships:
        if where == group:
            first, end = (np.datetime64(one, "D").astype(np.int64) for one in (since, until or date.max))
            found |= (agent == who) & (day >= first) & (day < end)
    return found


def _remembered(facts: Facts, filters: Filters, name: str, ask: Callable[[Filters], Rows]) -> Rows:
    wide = replace(filters, period=facts.period)
    if (name, wide) not in facts.memory:
        facts.memory[name, wide] = ask(wide)
    found: Rows = facts.memory[name, wide]
    return found if filters.period == facts.period else found.within(filters.period)


def _days(table: pa.Table) -> Ints:
    return table["day"].cast("int32").to_numpy().astype(np.int64)


def _ints(table: pa.Table, name: str) -> Ints:
    return table[name].to_numpy()


def _floats(table: pa.Table, name: str) -> Floats:
    return table[name].to_numpy()


def _bools(table: pa.Table, name: str) -> Bools:
    return table[name].to_numpy(zero_copy_only=False).astype(np.bool_)

"""Single ratings of the reviews that a headline rests on, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenhand.facts.arrays import Arrays, Floats, Ints
from evenhand.facts.filters import Filters
from evenhand.facts.load import Facts, run
from evenhand.facts.metrics.scores import IQS
from evenhand.facts.selections import counted, drawn, ratings

if TYPE_CHECKING:
    from ibis.expr.types import Table


@dataclass(frozen=True)
class Rated(Arrays):
    """Ratings that apply, each as a percentage of its own scale."""

    lineage: Ints
    percent: Floats
    lowest: Floats
    highest: Floats

    @property
    def scales(self) -> set[tuple[float, float]]:
        return set(zip(self.lowest.tolist(), self.highest.tolist(), strict=True))


def rated(facts: Facts, filters: Filters, name: str) -> Rated:
    """Ratings of the filters' period, by the day of their review."""
    of = rows_behind(facts, filters, name)
    rows = ratings(facts, filters, of).inner_join(of.select("review_id", "day"), "review_id")
    rows = rows.filter(rows.percent.notnull())
    table = run(rows.select("day", "lineage_id", "percent", "scale_min", "scale_max").order_by("day"))
    days = table["day"].cast("int32").to_numpy().astype("int64")
    return Rated(days, *(table[name].to_numpy() for name in ("lineage_id", "percent", "scale_min", "scale_max")))


def rows_behind(facts: Facts, filters: Filters, name: str) -> Table:
    """The reviews that a headline rests on."""
    return drawn(facts, filters) if name == IQS else counted(facts, filters)

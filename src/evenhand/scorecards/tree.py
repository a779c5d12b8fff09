"""A version as pages read it: plain values, loaded in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PointView:
    points: Decimal
    label: str
    guidance: str
    digit: int  # the key that gives it: 1 is the lowest answer


@dataclass(frozen=True, slots=True)
class CauseView:
    id: int
    public_id: UUID
    label: str
    kind: str
    kind_label: str


@dataclass(frozen=True, slots=True)
class ConditionView:
    id: int
    field: str
    negated: bool
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CategoryView:
    id: int
    public_id: UUID
    lineage_id: int
    group_id: int | None
    group_name: str
    name: str
    description: str
    weight: int
    share: float  # of the sum of all weights, in per cent
    critical: str  # "", "group" or "review"
    allow_na: bool
    ask_causes: str
    other_cause: bool
    scale: tuple[PointView, ...]
    causes: tuple[CauseView, ...]
    conditions: tuple[ConditionView, ...]

    @property
    def lowest(self) -> Decimal:
        return self.scale[0].points

    @property
    def highest(self) -> Decimal:
        return self.scale[-1].points

    @property
    def best_first(self) -> tuple[PointView, ...]:
        return self.scale[::-1]


@dataclass(frozen=True, slots=True)
class GroupView:
    id: int | None
    name: str
    categories: tuple[CategoryView, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """Groups in order; categories without a group come first, in a nameless one, where there are any."""

    id: int
    public_id: UUID
    scorecard_id: int
    scorecard_public_id: UUID
    scorecard_name: str
    workspace_id: int
    number: int
    state: str
    edits: int
    published_at: datetime | None
    groups: tuple[GroupView, ...]
    conditions: tuple[ConditionView, ...]

    @property
    def categories(self) -> list[CategoryView]:
        return list(self)

    @property
    def total_weight(self) -> int:
        return sum(category.weight for category in self)

    @property
    def is_draft(self) -> bool:
        return self.state == "draft"

    def __iter__(self) -> Iterator[CategoryView]:
        for group in self.groups:
            yield from group.categories

    def __len__(self) -> int:
        return sum(len(group.categories) for group in self.groups)

"""What a version is made of before it has rows: templates are written in it, copies go through it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


@dataclass(frozen=True, slots=True)
class Point:
    """One answer: what it counts, its word, and when to give it."""

    points: Decimal | int
    label: Words
    guidance: Words = ""


@dataclass(frozen=True, slots=True)
class Cause:
    label: Words
    kind: str = "agent"


@dataclass(frozen=True, slots=True)
class When:
    field: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class NewCategory:
    name: Words
    scale: tuple[Point, ...]
    weight: int = 10
    critical: str = ""
    group: Words = ""
    description: Words = ""
    allow_na: bool = True
    ask_causes: str = "negative"
    other_cause: bool = True
    causes: tuple[Cause, ...] = ()
    conditions: tuple[When, ...] = ()
    # The category that this one goes on from; without one it begins a lineage of its own.
    lineage_id: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All of a version: groups in order, categories in order, and when the scorecard offers itself."""

    groups: tuple[Words, ...] = ()
    categories: tuple[NewCategory, ...] = ()
    conditions: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    key: str
    name: Words
    summary: Words
    plan: Plan

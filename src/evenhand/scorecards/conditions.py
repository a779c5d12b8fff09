"""When a scorecard offers itself, and when a category shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Protocol


class Facts(Protocol):
    """What conditions look at; a field that none asks about is not read.

    `connection` is the connection's public id; `csat` is "positive", "negative" or "none"; `language` is a tag such
    as "de" or "de-AT".
    """

    @property
    def channel(self) -> str: ...
    @property
    def connection(self) -> str: ...
    @property
    def tags(self) -> Collection[str]: ...
    @property
    def csat(self) -> str: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True, slots=True)
class ConversationFacts:
    """Facts that are known already."""

    channel: str = ""
    connection: str = ""
    tags: Collection[str] = field(default_factory=frozenset)
    csat: str = "none"
    language: str = ""


class Condition(Protocol):
    @property
    def field(self) -> str: ...
    @property
    def negated(self) -> bool: ...
    @property
    def values(self) -> Collection[str]: ...


def matches(conditions: Iterable[Condition], facts: Facts) -> bool:
    """Every field that is asked about must fit: one of its conditions does, and each "is not" holds."""
    fits: dict[str, bool] = {}
    for condition in conditions:
        if condition.negated:
            if not holds(condition, facts):
                return False
        else:
            fits[condition.field] = fits.get(condition.field, False) or holds(condition, facts)
    return all(fits.values())


def holds(condition: Condition, facts: Facts) -> bool:
    found = any(_has(condition.field, value.casefold(), facts) for value in condition.values)
    return found is not condition.negated


def _has(name: str, value: str, facts: Facts) -> bool:
    if name == "tag":
        return any(tag.casefold() == value for tag in facts.tags)
    own = str(getattr(facts, name)).casefold()
    # "pt" is any Portuguese; "pt-br" is Brazil's alone.
    return own == value or (name == "language" and own.replace("_", "-").startswith(f"{value}-"))

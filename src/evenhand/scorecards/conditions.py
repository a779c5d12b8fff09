"""When a scorecard offers itself, and when a category shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ConversationFacts:
    """What conditions look at.

    `connection` is the connection's public id; `csat` is "positive", "negative" or "none"; `language` is a tag such
    as "de" or "de-AT".
    """

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


def matches(conditions: Iterable[Condition], facts: ConversationFacts) -> bool:
    """Every field that is asked about must fit: one of its conditions does, and each "is not" holds."""
    fits: dict[str, bool] = {}
    for condition in conditions:
        if condition.negated:
            if not holds(condition, facts):
                return False
        else:
            fits[condition.field] = fits.get(condition.field, False) or holds(condition, facts)
    return all(fits.values())


def holds(condition: Condition, facts: ConversationFacts) -> bool:
    found = any(_has(condition.field, value.casefold(), facts) for value in condition.values)
    return found is not condition.negated


def _has(name: str, value: str, facts: ConversationFacts) -> bool:
    if name == "tag":
        return any(tag.casefold() == value for tag in facts.tags)
    own = str(getattr(facts, name)).casefold()
    # "pt" is any Portuguese; "pt-br" is Brazil's alone.
    return own == value or (name == "language" and own.replace("_", "-").startswith(f"{value}-"))

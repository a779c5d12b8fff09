"""Which scorecards offer themselves for a conversation, and which of their categories show."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from evenhand.conversations.models import Conversation
from evenhand.people.models import Workspace
from evenhand.reviews.cards import Card, CardCategory, card
from evenhand.scorecards import queries
from evenhand.scorecards.conditions import Facts, matches

COLUMNS = ("channel", "language", "csat_positive", "connection")
"""Of a conversation: what conditions ask about."""


class FactsOf:
    """What conditions ask about a conversation. Few ask for tags or the connection, which are other tables."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.channel, self.language = conversation.channel, conversation.language
        self.csat = {True: "positive", False: "negative", None: "none"}[conversation.csat_positive]

    @cached_property
    def connection(self) -> str:
        return str(self.conversation.connection.public_id)

    @cached_property
    def tags(self) -> frozenset[str]:
        return frozenset(tag.name for tag in self.conversation.tags.all())


def visible(of: Card, facts: Facts) -> tuple[CardCategory, ...]:
    """The categories to rate: hidden ones are as if absent, and so are those without a scale."""
    return tuple(category for category in of.categories if category.steps and matches(category.conditions, facts))


def published(workspace: Workspace) -> list[Card]:
    return [card(version) for version in queries.published(workspace)]


def choose(cards: list[Card], facts: Facts, prefer: Callable[[Card], bool] = lambda _card: False) -> Card | None:
    """The scorecard that its conditions pick (the most exact first), else one that asks for no conditions.

    Among equals the one that `prefer` names, such as the last one used, goes first.
    """
    fitting = [of for of in cards if matches(of.conditions, facts)] or cards
    return min(fitting, key=lambda of: (-len(of.conditions), not prefer(of)), default=None)

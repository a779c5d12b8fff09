"""Which scorecards offer themselves for a conversation, and which of their categories show."""

from __future__ import annotations

from collections.abc import Callable

from evenhand.conversations.models import Conversation
from evenhand.people.models import Workspace
from evenhand.reviews.cards import Card, CardCategory, card
from evenhand.scorecards import queries
from evenhand.scorecards.conditions import ConversationFacts, matches


def facts_of(conversation: Conversation) -> ConversationFacts:
    """What conditions ask about it."""
    said = {True: "positive", False: "negative", None: "none"}[conversation.csat_positive]
    return ConversationFacts(
        channel=conversation.channel,
        connection=str(conversation.connection.public_id),
        tags=frozenset(tag.name for tag in conversation.tags.all()),
        csat=said,
        language=conversation.language,
    )


def visible(of: Card, facts: ConversationFacts) -> tuple[CardCategory, ...]:
    """The categories to rate: hidden ones are as if absent, and so are those without a scale."""
    return tuple(category for category in of.categories if category.steps and matches(category.conditions, facts))


def published(workspace: Workspace) -> list[Card]:
    return [card(version) for version in queries.published(workspace)]


def choose(
    cards: list[Card], facts: ConversationFacts, prefer: Callable[[Card], bool] = lambda _card: False
) -> Card | None:
    """The scorecard that its conditions pick (the most exact first), else one that asks for no conditions.

    Among equals the one that `prefer` names, such as the last one used, goes first.
    """
    fitting = [of for of in cards if matches(of.conditions, facts)] or cards
    return min(fitting, key=lambda of: (-len(of.conditions), not prefer(of)), default=None)

"""Full-text search on both databases. What a person typed is only ever a parameter, made safe by `text.query_terms`.

The index holds `ConversationSearch.terms`; `Query.fts5()` and `Query.tsquery()` ask for the same terms.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from django.db import connection

from evenhand.conversations.filters.conditions import Condition, Keys
from evenhand.conversations.models import Conversation, Message
from evenhand.conversations.text import Piece, Query, pieces, snippet

FTS = "conversations_fts"
FEW = 5_000
SNIPPET = 84
MANY = 150_000
"""From so many matches on, SQLite asks the index row by row: making the list of all of them would take longer."""

LISTED = f"SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s"  # noqa: S608
PROBED = f"EXISTS ({LISTED} AND rowid = {{id}})"
VECTOR = "SELECT conversation_id FROM conversations_conversationsearch WHERE vector @@ to_tsquery('simple', %s)"


class Search:
    """One query of one request: what it means to the database that is there, and how much it finds."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.on_postgresql = connection.vendor == "postgresql"
        self.listed = VECTOR if self.on_postgresql else LISTED
        self.asked = query.tsquery() if self.on_postgresql else query.fts5()

    @cached_property
    def frequency(self) -> int:
        """How many conversations of all workspaces match, counted up to MANY: 0.03 ms a thousand on SQLite."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({self.listed} LIMIT %s) matches", [self.asked, MANY])  # noqa: S608
            return int(cursor.fetchone()[0])

    @property
    def is_common(self) -> bool:
        return self.frequency >= MANY

    def keys(self) -> Keys | None:
        """The keys of all that match, unless they are many anyway."""
        if not self.on_postgresql and self.frequency > FEW:
            return None
        return Keys(self.listed, [self.asked])

    def holds(self) -> Condition:
        """The condition that a conversation is found."""
        # Half a word is put together from all words that begin so, each time it is asked for: ask once.
        once = self.on_postgresql or self.has_prefix or not self.is_common
        return Condition(f"{{id}} IN ({self.listed})" if once else PROBED, [self.asked])

    def some(self, limit: int) -> Condition:
        """One of the first `limit` matches, in no order: enough to count up to a bound without finding all."""
        return Condition(f"{{id}} IN ({self.listed} LIMIT %s)", [self.asked, limit])

    @property
    def has_prefix(self) -> bool:
        terms = [*self.query.excluded, *(term for group in self.query.groups for term in group)]
        return any(term.prefix for term in terms)


def subject_pieces(conversation: Conversation, query: Query | None) -> list[Piece]:
    return pieces(conversation.subject, query.matches(conversation.subject) if query else [])


def snippets(conversations: list[Conversation], query: Query) -> dict[int, list[Piece]]:
    """For each conversation an extract of its first message with a hit; one query for all of them."""
    found: dict[int, list[Piece]] = {}
    wanted = {token for group in query.groups for term in group for token in term.tokens}
    ids = [conversation.pk for conversation in conversations]
    messages = Message.objects.filter(conversation_id__in=ids).order_by("conversation_id", "position")
    for conversation_id, text in messages.values_list("conversation_id", "text"):
        if conversation_id in found or not _may_hold(text, wanted):
            continue
        if spans := query.matches(text):
            found[conversation_id] = snippet(text, spans, SNIPPET)
    return found


def _may_hold(text: str, tokens: Collection[str]) -> bool:
    """Whether it is worth while to look closely: plain text holds its terms as they stand."""
    if not text.isascii():
        return True
    lower = text.lower()
    return any(token in lower for token in tokens)

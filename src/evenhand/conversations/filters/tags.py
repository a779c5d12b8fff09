from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from evenhand.conversations import access
from evenhand.conversations.filters.base import Choice, Filter, Option, either
from evenhand.conversations.models import ConversationTag, Tag
from evenhand.people.access import Seat


class TagFilter(Filter):
    """Any of some tags, or none of them. A tag that no conversation has is no mistake: nothing matches it."""

    name = "tag"
    label = gettext_lazy("Tag")
    order = 50

    def options(self, seat: Seat, part: str = "") -> Sequence[Option]:
        tags = Tag.objects.filter(workspace_id=seat.workspace.pk)
        if seat.is_agent_only:
            own = ConversationTag.objects.filter(conversation__in=access.visible(seat))
            tags = tags.filter(pk__in=own.values("tag"))
        return [Option(name, name) for name in tags.order_by("name").values_list("name", flat=True)[:1000]]

    def words(self, choice: Choice, seat: Seat) -> str:
        return either(choice.values)

    def clean(self, choice: Choice, seat: Seat) -> list[int]:
        tags = Tag.objects.filter(workspace_id=seat.workspace.pk, name__in=choice.values)
        return list(tags.values_list("pk", flat=True))

    def condition(self, value: list[int], seat: Seat) -> Q:
        # A list of keys, not a join with the tags: SQLite then looks up (conversation, tag) for one row at a time.
        return Q(Exists(ConversationTag.objects.filter(conversation=OuterRef("pk"), tag_id__in=value)))

    def few(self, value: list[int], seat: Seat) -> QuerySet[Any, int]:
        return ConversationTag.objects.filter(tag_id__in=value).values_list("conversation_id", flat=True)

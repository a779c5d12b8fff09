"""Participations when agents change: the pairs of one agent become another's."""

from __future__ import annotations

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Now

from evenhand.conversations.models import Agent, Conversation, Participation
from evenhand.conversations.services import frame

FIELDS = (
    "replies", "first_reply_at", "last_reply_at", "dated_at", "has_times", "eligible", "rule_version", "deleted_at"
)  # fmt: skip


def move(agent: Agent, into: Agent) -> None:
    """Where both wrote in one conversation, the two pairs become one and the first gets its tombstone."""
    mine = Participation.objects.filter(agent=agent, deleted_at=None)
    shared = mine.filter(conversation__participations__agent=into).select_related("conversation")
    doubles = list(shared.prefetch_related("conversation__tags"))
    theirs = {
        p.conversation_id: p
        for p in Participation.objects.filter(agent=into, conversation__in=shared.values("conversation"))
    }
    rule = frame.plain(frame.newest(agent.workspace))
    for pair in doubles:
        _add(pair, theirs[pair.conversation_id], rule)
    Participation.objects.bulk_update(theirs.values(), FIELDS, batch_size=200)
    gone = [pair.pk for pair in doubles]
    touched = [pair.conversation_id for pair in doubles]
    Participation.objects.filter(pk__in=[p.pk for p in theirs.values()]).update(updated_at=Now())
    Participation.objects.filter(pk__in=gone).update(deleted_at=Now(), updated_at=Now(), eligible=False)
    mine.exclude(pk__in=gone).update(agent=into, updated_at=Now())
    Conversation.objects.filter(main_agent=agent).update(main_agent=into, updated_at=Now())
    choose_main_agents(touched)


def _add(pair: Participation, into: Participation, rule: frame.Rule) -> None:
    """Both agents' replies count together, so the rule is asked again."""
    if into.deleted_at is not None:
        into.replies, into.first_reply_at, into.last_reply_at = 0, None, None
        into.dated_at, into.has_times, into.deleted_at = pair.dated_at, pair.has_times, None
    into.replies += pair.replies
    into.first_reply_at = min(filter(None, (into.first_reply_at, pair.first_reply_at)), default=None)
    into.last_reply_at = max(filter(None, (into.last_reply_at, pair.last_reply_at)), default=None)
    into.dated_at = max(into.dated_at, pair.dated_at)
    into.has_times = into.has_times or pair.has_times
    about = pair.conversation
    tags = {tag.name for tag in about.tags.all()}
    into.eligible = rule.eligible(into.replies, about.customer_message_count, about.status, tags)
    into.rule_version = rule.version


def choose_main_agents(conversation_ids: list[int]) -> None:
    """Who wrote most public replies; people before bots, then whoever wrote last."""
    most = Participation.objects.filter(Q(conversation=OuterRef("pk")), deleted_at=None, replies__gt=0).order_by(
        "is_bot", "-replies", "-last_reply_at", "pk"
    )
    for start in range(0, len(conversation_ids), 500):
        Conversation.objects.filter(pk__in=conversation_ids[start : start + 500]).update(
            main_agent=Subquery(most.values("agent")[:1]), updated_at=Now()
        )

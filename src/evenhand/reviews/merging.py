"""When two agents turn out to be one: reviews, praise and draws go with the pairs that they are about."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Now

from evenhand.conversations.models import Agent, Participation
from evenhand.reviews.models import DrawItem, DrawStratum, Praise, Review


def follow(agent: Agent, into: Agent) -> None:
    """Runs in the transaction of the merge, when the pairs have been moved already."""
    theirs = Participation.objects.filter(agent=into, deleted_at=None)
    _drop_double_drafts(agent, into)
    doubled = Review.objects.filter(agent=agent, participation__deleted_at__isnull=False)
    pair = theirs.filter(conversation=OuterRef("conversation")).values("pk")[:1]
    doubled.update(participation=Subquery(pair), agent=into, updated_at=Now())
    Review.objects.filter(agent=agent).update(agent=into, updated_at=Now())
    _move_items(agent, theirs)
    DrawStratum.objects.filter(agent=agent).update(agent=into)
    same = Praise.objects.filter(agent=into, conversation=OuterRef("conversation"), given_by=OuterRef("given_by"))
    Praise.objects.filter(~Exists(same), agent=agent).update(agent=into)


def _drop_double_drafts(agent: Agent, into: Agent) -> None:
    """One person has one draft of a pair: the one on the agent that stays wins."""
    drafts = Review.objects.filter(state=Review.State.DRAFT, deleted_at=None)
    for draft in drafts.filter(agent=agent):
        same = drafts.filter(agent=into, reviewer=draft.reviewer_id, scorecard=draft.scorecard_id)
        if same.filter(conversation=draft.conversation_id, message=draft.message_id).exists():
            drafts.filter(pk=draft.pk).update(deleted_at=Now(), updated_at=Now(), draw_item=None)


def _move_items(agent: Agent, theirs: QuerySet[Participation]) -> None:
    """A drawn pair that became part of another one is that one now, unless the draw holds it already."""
    items = DrawItem.objects.filter(participation__agent=agent, participation__deleted_at__isnull=False)
    for item in items.select_related("participation"):
        pair = theirs.filter(conversation=item.participation.conversation_id).first()
        if pair and not DrawItem.objects.filter(draw=item.draw_id, participation=pair).exists():
            DrawItem.objects.filter(pk=item.pk).update(participation=pair, updated_at=Now())

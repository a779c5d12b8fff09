""" "Great example": given by anybody who reviews; it lands in the agent's inbox."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.conversations.models import Agent, Conversation
from evenhand.people import audit, inbox
from evenhand.people.access import Seat
from evenhand.reviews import access
from evenhand.reviews.models import Praise


def agent_of(seat: Seat, conversation: Conversation, public_id: UUID) -> Agent:
    """Somebody who answered here, and is somebody else."""
    pairs = conversation.participations.filter(deleted_at=None, agent__public_id=public_id, is_bot=False)
    pair = pairs.select_related("agent__user").first()
    if pair is None:
        raise Http404(_("This agent took no part in the conversation."))
    if pair.agent.user_id == seat.user.pk:
        raise PermissionDenied(_("Praise is for others."))
    return pair.agent


def give(seat: Seat, conversation: Conversation, agent: Agent, words: str) -> Praise:
    """Praise once; given again, the words are the new ones and the agent is not told twice."""
    words = words.strip()[:300]
    with transaction.atomic():
        praise, created = Praise.objects.update_or_create(
            conversation=conversation, agent=agent, given_by=seat.user,
            defaults={"workspace": seat.workspace, "words": words},
        )  # fmt: skip
        if created:
            audit.record(seat.user, "praise.give", seat.workspace, praise)
            _tell(seat, conversation, agent)
    return praise


def take_back(seat: Seat, conversation: Conversation, agent: Agent) -> None:
    with transaction.atomic():
        given = Praise.objects.filter(conversation=conversation, agent=agent, given_by=seat.user)
        if given.delete()[0]:
            audit.record(seat.user, "praise.take_back", seat.workspace, conversation)


def panel(seat: Seat, conversation: Conversation) -> dict[str, Any] | None:
    """Who praised whom here, and a form for those who review."""
    given = Praise.objects.filter(conversation=conversation).select_related("agent", "given_by").order_by("created_at")
    if seat.is_agent_only:
        given = given.filter(agent__user=seat.user)
    else:  # praise is an opinion too: a blind draw keeps it back
        given = given.exclude(~Q(given_by=seat.user), agent__in=access.blind_agents(seat, conversation))
    rows = list(given)
    pairs = conversation.participations.filter(deleted_at=None, is_bot=False).select_related("agent")
    agents = [pair.agent for pair in pairs.order_by("-replies") if pair.agent.user_id != seat.user.pk]
    if not rows and (seat.is_agent_only or not agents):
        return None
    return {
        "praise": rows, "agents": agents if seat.reviews else [], "workspace": seat.workspace,
        "conversation": conversation, "hide": seat.workspace.reviewers_hidden and not seat.reviews,
        "mine": [row.agent_id for row in rows if row.given_by_id == seat.user.pk],
    }  # fmt: skip


def _tell(seat: Seat, conversation: Conversation, agent: Agent) -> None:
    if agent.user is None or not agent.user.is_active or agent.user_id == seat.user.pk:
        return
    url = reverse("conversations:conversation", args=[seat.workspace.slug, conversation.public_id])
    by = _("A reviewer") if seat.workspace.reviewers_hidden else str(seat.user)
    inbox.notify(agent.user, "praise.received", seat.workspace, url, by=by)

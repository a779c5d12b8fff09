"""Which conversations somebody may see. Every read begins here."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.lookups import Exact
from django.http import Http404
from django.utils.translation import gettext as _

from evenhand.conversations.filters.conditions import Among, Condition, Unindexed
from evenhand.conversations.models import Agent, Conversation, Participation
from evenhand.people.access import Seat


def visible(seat: Seat, keys: Iterable[int] | Condition | None = None) -> QuerySet[Conversation]:
    """The conversations of the workspace; for agents without another role those in which they take part.

    With `keys` only these; they are then looked up one by one, where SQLite would rather read the whole workspace.
    """
    found = Conversation.objects.filter(deleted_at__isnull=True)
    if keys is None:
        found = found.filter(workspace_id=seat.workspace.pk)
    else:
        among = keys if isinstance(keys, Condition) else Among(keys)
        found = found.filter(among, Exact(Unindexed(F("workspace_id")), seat.workspace.pk))
    if seat.is_agent_only:
        own = Participation.objects.filter(
            conversation=OuterRef("pk"), agent__in=own_agents(seat), deleted_at__isnull=True
        )
        found = found.filter(Exists(own))
    return found


def own_agents(seat: Seat) -> QuerySet[Agent]:
    """The agents that this person is in this workspace: at most one, unless two were merged."""
    return Agent.objects.filter(workspace_id=seat.workspace.pk, user_id=seat.user.pk, deleted_at__isnull=True)


def conversation(seat: Seat, public_id: UUID | str, *, only: Iterable[str] = ()) -> Conversation:
    """One conversation with its agents and connection; what is not theirs does not exist for them.

    With `only`, no more than these columns: what else is asked for is read then.
    """
    found = visible(seat).filter(public_id=public_id)
    found = found.only(*only) if only else found.select_related("main_agent", "assignee", "connection")
    for one in found:
        return one
    raise Http404(_("There is no such conversation."))

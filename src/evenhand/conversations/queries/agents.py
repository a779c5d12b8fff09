"""What the pages about agents, groups and the rule of what counts read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from evenhand.conversations.models import (
    Agent,
    AgentAlias,
    Conversation,
    FrameRule,
    Group,
    GroupMembership,
    Message,
    Participation,
    Tag,
)
from evenhand.people.models import Membership, User, Workspace

MOST = 500
"""Agents on one page; whoever has more searches."""


def in_group_on(day: date) -> Q:
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))


def alive(workspace: Workspace) -> QuerySet[Agent]:
    return Agent.objects.filter(workspace=workspace, merged_into=None, deleted_at=None)


def agents(workspace: Workspace, today: date, words: str = "", left: bool = False) -> list[Agent]:
    """Agents by name, people before bots, with their login, their names elsewhere and their groups of today."""
    rows = alive(workspace).select_related("user").order_by("is_bot", "name", "pk")
    gone = Q(left_on__isnull=False, left_on__lte=today)
    rows = rows.filter(gone) if left else rows.exclude(gone)
    if words:
        found = Q(name__icontains=words) | Q(aliases__value__icontains=words)
        rows = rows.filter(pk__in=alive(workspace).filter(found).values("pk"))
    current = GroupMembership.objects.filter(in_group_on(today), group__deleted_at=None).select_related("group")
    return list(
        rows.annotate(pairs=Count("participations", filter=Q(participations__deleted_at=None))).prefetch_related(
            Prefetch("aliases", AgentAlias.objects.order_by("kind", "value")),
            Prefetch("group_memberships", current.order_by("group__name"), to_attr="groups_now"),
        )[:MOST]
    )


def aliases(agent: Agent) -> QuerySet[AgentAlias]:
    return AgentAlias.objects.filter(agent=agent).select_related("connection").order_by("kind", "value")


def times_in_groups(agent: Agent) -> QuerySet[GroupMembership]:
    rows = GroupMembership.objects.filter(agent=agent, group__deleted_at=None)
    return rows.select_related("group").order_by("-since")


def logins(agent: Agent) -> QuerySet[User]:
    """Members of the workspace who are not another agent of it."""
    members = Membership.objects.filter(workspace=agent.workspace, deleted_at=None).values("user")
    taken = alive(agent.workspace).exclude(pk=agent.pk).exclude(user=None).values("user")
    return User.objects.filter(pk__in=members, is_active=True).exclude(pk__in=taken).order_by("name", "email")


def mergeable(agent: Agent) -> QuerySet[Agent]:
    return alive(agent.workspace).filter(is_bot=agent.is_bot).exclude(pk=agent.pk).order_by("name", "pk")


@dataclass(frozen=True)
class Moves:
    """What goes to the other agent in a merge."""

    conversations: int
    messages: int
    names: int
    groups: int


def moves(agent: Agent) -> Moves:
    return Moves(
        Participation.objects.filter(agent=agent, deleted_at=None).count(),
        Message.objects.filter(agent=agent).count(),
        AgentAlias.objects.filter(agent=agent).count(),
        GroupMembership.objects.filter(agent=agent).count(),
    )


def invitable(workspace: Workspace) -> list[tuple[str, str]]:
    """Agents without a login, for whom an invitation may be."""
    rows = alive(workspace).filter(user=None, is_bot=False, left_on=None).order_by("name")
    return [(str(public_id), name) for public_id, name in rows.values_list("public_id", "name")[:MOST]]


def groups(workspace: Workspace, today: date) -> QuerySet[Group]:
    now = (Q(memberships__until=None) | Q(memberships__until__gt=today)) & Q(memberships__since__lte=today)
    rows = Group.objects.filter(workspace=workspace, deleted_at=None)
    return rows.annotate(now=Count("memberships__agent", filter=now, distinct=True)).order_by("name")


def times_of_members(group: Group) -> QuerySet[GroupMembership]:
    return group.memberships.select_related("agent").order_by("agent__name", "-since")


def rules(workspace: Workspace) -> QuerySet[FrameRule]:
    return FrameRule.objects.filter(workspace=workspace).select_related("created_by").order_by("-version")


def statuses(workspace: Workspace) -> list[str]:
    """The statuses that occur, by an index that holds them in order."""
    rows = Conversation.objects.filter(workspace=workspace).exclude(status="")
    return list(rows.order_by("status").values_list("status", flat=True).distinct()[:100])


def tags(workspace: Workspace) -> list[str]:
    return list(Tag.objects.filter(workspace=workspace).order_by("name").values_list("name", flat=True)[:1000])

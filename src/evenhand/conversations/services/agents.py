"""Agents: who they are, under which names connections know them, when they left, and that two are one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from evenhand.conversations.models import Agent, AgentAlias, Connection, Conversation, GroupMembership, Message
from evenhand.conversations.registry import registry
from evenhand.conversations.services import pairs
from evenhand.people import audit
from evenhand.people.models import Membership, User, Workspace


def create(
    workspace: Workspace,
    name: str,
    by: User | None,
    *,
    email: str = "",
    is_bot: bool = False,
    started_on: date | None = None,
) -> Agent:
    """A new agent; with an e-mail, a member of the workspace who has the same one becomes their user."""
    with transaction.atomic():
        agent = Agent.objects.create(workspace=workspace, name=name[:160], is_bot=is_bot, started_on=started_on)
        if email:
            add_alias(agent, AgentAlias.Kind.EMAIL, email, by=by)
        audit.record(by, "agent.create", workspace, agent, bot=is_bot)
    return agent


def change(agent: Agent, by: User | None, **values: Any) -> list[str]:
    """Set `name`, `is_bot` or `started_on`; returns what really changed."""
    changed = [name for name in values if getattr(agent, name) != values[name]]
    if unknown := set(changed) - {"name", "is_bot", "started_on"}:
        raise ValueError(f"An agent has no {', '.join(sorted(unknown))} to change")
    with transaction.atomic():
        for name in changed:
            setattr(agent, name, values[name])
        if changed:
            agent.save(update_fields=changed)
            audit.record(by, "agent.change", agent.workspace, agent, fields=sorted(changed))
        if "is_bot" in changed:
            agent.participations.update(is_bot=agent.is_bot, updated_at=Now())
    return changed


def rename(agent: Agent, name: str, by: User | None) -> None:
    change(agent, by, name=name)


def add_alias(
    agent: Agent, kind: str, value: str, by: User | None = None, connection: Connection | None = None
) -> AgentAlias:
    """One more name for an agent. An e-mail holds over all connections, an external id within one."""
    value = value.strip().lower() if kind == AgentAlias.Kind.EMAIL else value.strip()
    scope = None if kind == AgentAlias.Kind.EMAIL else connection
    with transaction.atomic():
        alias, is_new = AgentAlias.objects.get_or_create(
            workspace=agent.workspace, connection=scope, kind=kind, value=value, defaults={"agent": agent}
        )
        if alias.agent_id != agent.pk:
            words = _("%(value)s belongs to %(name)s: merge the two agents instead.")
            raise ValidationError(words % {"value": value, "name": alias.agent.name})
        if kind == AgentAlias.Kind.EMAIL:
            _link_by_email(agent, value)
        if is_new:
            audit.record(by, "agent.alias_add", agent.workspace, agent, kind=kind)
    return alias


def remove_alias(alias: AgentAlias, by: User | None) -> None:
    with transaction.atomic():
        audit.record(by, "agent.alias_remove", alias.workspace, alias.agent, kind=alias.kind)
        alias.delete()


def leave(agent: Agent, on: date, by: User | None) -> None:
    """The first day on which they no longer work here; open group memberships end with it."""
    with transaction.atomic():
        agent.left_on = on
        agent.save(update_fields=["left_on"])
        still = GroupMembership.objects.filter(agent=agent, until=None)
        still.filter(since__lt=on).update(until=on, updated_at=Now())
        still.filter(since__gte=on).delete()
        audit.record(by, "agent.leave", agent.workspace, agent, on=on.isoformat())


def come_back(agent: Agent, by: User | None) -> None:
    with transaction.atomic():
        agent.left_on = None
        agent.save(update_fields=["left_on"])
        audit.record(by, "agent.return", agent.workspace, agent)


def link(agent: Agent, user: User | None, by: User | None) -> None:
    """Say which login is this agent's; None takes it away. A user is one agent of a workspace at most."""
    other = user and Agent.objects.filter(workspace=agent.workspace, user=user, merged_into=None).exclude(pk=agent.pk)
    if other and (taken := other.first()):
        raise ValidationError(
            _("%(user)s is already the agent %(name)s: merge the two agents, or take the link away there first.")
            % {"user": user, "name": taken.name}
        )
    with transaction.atomic():
        agent.user = user
        agent.save(update_fields=["user"])
        audit.record(by, "agent.link", agent.workspace, agent, user=str(user or ""))


def accept_invitation(user: User, workspace: Workspace, reference: Any) -> None:
    """Somebody accepted an invitation: their login becomes the agent that it named, or the one with their e-mail."""
    agents = Agent.objects.filter(workspace=workspace, merged_into=None, deleted_at=None, user=None)
    named = (
        agents.filter(public_id=reference)
        if reference
        else agents.filter(aliases__kind=AgentAlias.Kind.EMAIL, aliases__value=user.email)
    )
    agent = named.first()
    if agent and not Agent.objects.filter(workspace=workspace, user=user, merged_into=None).exists():
        link(agent, user, by=user)


def merge(agent: Agent, into: Agent, by: User | None) -> None:
    """Two agents are one: everything of the first becomes the second's, in one transaction.

    The first row stays, for old links, and points at the second.
    """
    _refuse_odd_merge(agent, into)
    with transaction.atomic():
        pairs.move(agent, into)
        Message.objects.filter(agent=agent).update(agent=into)
        Conversation.objects.filter(assignee=agent).update(assignee=into, updated_at=Now())
        AgentAlias.objects.filter(agent=agent).update(agent=into)
        _move_memberships(agent, into)
        for hook in registry.agent_merged:
            hook(agent, into)
        Agent.objects.filter(merged_into=agent).update(merged_into=into, updated_at=Now())
        user, agent.user = agent.user, None
        agent.merged_into = into
        agent.save(update_fields=["merged_into", "user"])
        if into.user is None and user is not None:
            into.user = user
            into.save(update_fields=["user"])
        audit.record(by, "agent.merge", into.workspace, into, merged=str(agent.public_id), name=agent.name)


def _refuse_odd_merge(agent: Agent, into: Agent) -> None:
    if agent.workspace_id != into.workspace_id:
        raise ValidationError(_("Agents of two workspaces cannot be merged."))
    if agent.pk == into.pk or agent.merged_into_id == into.pk:
        raise ValidationError(_("These two are one agent already."))
    if agent.merged_into_id or into.merged_into_id:
        raise ValidationError(_("One of these agents was merged into another one: choose that one."))
    if agent.is_bot != into.is_bot:
        raise ValidationError(_("A bot and a person are never mixed: say first that both are the same kind."))
    if agent.user_id and into.user_id and agent.user_id != into.user_id:
        raise ValidationError(_("Both agents have a login of their own: take one of them away first."))


def _move_memberships(agent: Agent, into: Agent) -> None:
    """Times in one group that overlap become one time."""
    for membership in GroupMembership.objects.filter(agent=agent):
        same = [m for m in GroupMembership.objects.filter(agent=into, group=membership.group) if _touch(m, membership)]
        for other in same:
            membership.since = min(membership.since, other.since)
            ends = (membership.until, other.until)
            membership.until = None if None in ends else max(day for day in ends if day)
            other.delete()
        membership.agent, membership.updated_at = into, Now()
        membership.save()


def _touch(one: GroupMembership, other: GroupMembership) -> bool:
    return (one.until is None or one.until >= other.since) and (other.until is None or other.until >= one.since)


def _link_by_email(agent: Agent, email: str) -> None:
    """A member of the workspace with this e-mail is this agent, unless either is somebody's already."""
    if agent.user_id:
        return
    member = Membership.objects.filter(
        workspace=agent.workspace, deleted_at=None, user__email=email, user__is_active=True
    ).first()
    taken = member and Agent.objects.filter(workspace=agent.workspace, user=member.user, merged_into=None).exists()
    if member and not taken:
        agent.user = member.user
        agent.save(update_fields=["user"])

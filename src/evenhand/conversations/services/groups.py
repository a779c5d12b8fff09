"""Groups of agents, and from when to when each belonged to them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from evenhand.conversations.models import Agent, Group, GroupMembership
from evenhand.people import audit
from evenhand.people.models import User, Workspace


def create(workspace: Workspace, name: str, by: User | None) -> Group:
    """A new group; the name of one that was deleted brings that one back, empty."""
    name = name.strip()
    old = Group.objects.filter(workspace=workspace, name=name).first()
    if old is not None and old.deleted_at is None:
        raise ValidationError(_("There is a group with this name already."))
    with transaction.atomic():
        group = old or Group(workspace=workspace, name=name)
        group.deleted_at = None
        group.save()
        audit.record(by, "group.create", workspace, group)
    return group


def rename(group: Group, name: str, by: User | None) -> None:
    name = name.strip()
    if Group.objects.filter(workspace=group.workspace, name=name).exclude(pk=group.pk).exists():
        raise ValidationError(_("There is a group with this name already."))
    with transaction.atomic():
        group.name = name
        group.save(update_fields=["name"])
        audit.record(by, "group.rename", group.workspace, group)


def delete(group: Group, by: User | None, on: date) -> None:
    """The group leaves all lists; what its members did until then stays theirs as a group."""
    with transaction.atomic():
        group.memberships.filter(until=None, since__lt=on).update(until=on, updated_at=Now())
        group.memberships.filter(since__gte=on).delete()
        Group.objects.filter(pk=group.pk).update(deleted_at=Now(), updated_at=Now())
        audit.record(by, "group.delete", group.workspace, group)


def add(group: Group, agent: Agent, since: date, by: User | None, until: date | None = None) -> GroupMembership:
    """An agent belongs to a group from `since` until the day before `until`. Times must not overlap."""
    _refuse_overlap(group, agent, since, until)
    with transaction.atomic():
        membership = GroupMembership.objects.create(group=group, agent=agent, since=since, until=until)
        audit.record(by, "group.add", group.workspace, group, agent=agent.name, since=since.isoformat())
    return membership


def remove(group: Group, agent: Agent, on: date, by: User | None) -> None:
    """`on` is the first day on which they no longer belong."""
    with transaction.atomic():
        open_now = GroupMembership.objects.filter(group=group, agent=agent).filter(Q(until=None) | Q(until__gt=on))
        open_now.filter(since__lt=on).update(until=on, updated_at=Now())
        open_now.filter(since__gte=on).delete()
        audit.record(by, "group.remove", group.workspace, group, agent=agent.name, on=on.isoformat())


def change_dates(membership: GroupMembership, since: date, until: date | None, by: User | None) -> None:
    _refuse_overlap(membership.group, membership.agent, since, until, but=membership.pk)
    with transaction.atomic():
        GroupMembership.objects.filter(pk=membership.pk).update(since=since, until=until, updated_at=Now())
        audit.record(by, "group.dates", membership.group.workspace, membership.group, since=since.isoformat())


def _refuse_overlap(group: Group, agent: Agent, since: date, until: date | None, but: int | None = None) -> None:
    if until is not None and until <= since:
        raise ValidationError(_("The time in a group ends after it began."))
    if group.workspace_id != agent.workspace_id:
        raise ValidationError(_("The agent and the group are of two workspaces."))
    others = GroupMembership.objects.filter(group=group, agent=agent).exclude(pk=but)
    others = others.filter(Q(until=None) | Q(until__gt=since))
    if until is not None:
        others = others.filter(since__lt=until)
    if others.exists():
        raise ValidationError(
            _("%(name)s belongs to this group in a part of that time already.") % {"name": agent.name}
        )

"""Everything that this room reads for its pages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet

from evenhand.people.models import AuditEntry, Invitation, Job, Membership, Notice, Role, User, Workspace
from evenhand.people.registry import registry


@dataclass(frozen=True)
class Member:
    user: User
    roles: list[str]
    since: datetime

    @property
    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]


def members(workspace: Workspace) -> list[Member]:
    """Everybody with a role, by name, with all their roles in order of power."""
    rows = Membership.objects.filter(workspace=workspace, deleted_at=None).select_related("user")
    by_user: dict[int, list[Membership]] = defaultdict(list)
    for row in rows:
        by_user[row.user_id].append(row)
    order = {role: position for position, role in enumerate(Role.values)}
    found = [
        Member(held[0].user, sorted((m.role for m in held), key=order.__getitem__), min(m.created_at for m in held))
        for held in by_user.values()
    ]
    return sorted(found, key=lambda member: str(member.user).casefold())


def invitations(workspace: Workspace) -> list[Invitation]:
    """Those that wait, also if their time is over: they can be sent anew."""
    waiting = Invitation.objects.filter(workspace=workspace, accepted_at=None, revoked_at=None)
    return list(waiting.select_related("invited_by").order_by("-id")[:200])


def references(workspace: Workspace) -> list[tuple[str, str]]:
    """Whom an invitation may be for: (public id, name), from the rooms that know."""
    return [entry for known in registry.invitation_references for entry in known(workspace)]


def workspaces() -> QuerySet[Workspace]:
    """All of them, the archived ones last."""
    alive = Q(memberships__deleted_at=None, memberships__user__is_active=True)
    counted = Workspace.objects.annotate(people=Count("memberships__user", filter=alive, distinct=True))
    return counted.order_by(F("deleted_at").asc(nulls_first=True), "name")


def users() -> QuerySet[User]:
    return User.objects.order_by("-is_active", "name", "email").prefetch_related("memberships__workspace")


def notices(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(user=user).select_related("workspace")


def jobs(workspace: Workspace | None = None) -> QuerySet[Job]:
    """The jobs of a workspace, or of the whole installation."""
    rows = Job.objects.select_related("created_by", "workspace")
    return rows if workspace is None else rows.filter(workspace=workspace)


@dataclass(frozen=True)
class AuditFilter:
    action: str = ""
    person: str = ""
    start: date | None = None
    end: date | None = None


def audit_entries(workspace: Workspace | None, wanted: AuditFilter, zone: ZoneInfo) -> QuerySet[AuditEntry]:
    """The log of a workspace, or of the whole installation, narrowed; days are days of that time zone."""
    rows = AuditEntry.objects.select_related("workspace")
    if workspace is not None:
        rows = rows.filter(workspace=workspace)
    if wanted.action:
        rows = rows.filter(action=wanted.action)
    if wanted.person:
        rows = rows.filter(actor_name=wanted.person)
    if wanted.start:
        rows = rows.filter(at__gte=datetime.combine(wanted.start, time.min, zone))
    if wanted.end:
        rows = rows.filter(at__lt=datetime.combine(wanted.end + timedelta(days=1), time.min, zone))
    return rows


def audit_choices(workspace: Workspace | None) -> tuple[list[str], list[str]]:
    """The actions and the people that the log holds."""
    rows = AuditEntry.objects.all() if workspace is None else AuditEntry.objects.filter(workspace=workspace)
    actions = rows.order_by("action").values_list("action", flat=True).distinct()
    people = rows.order_by("actor_name").values_list("actor_name", flat=True).distinct()
    return list(actions[:500]), list(people[:500])

"""Who is told of an alarm, and in which words. An agent hears of their own series alone."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenhand.dashboards.models import Alarm
from evenhand.people import inbox
from evenhand.people.models import Membership, Role, User, Workspace
from evenhand.people.registry import register_notice

SENTENCES = {
    ("team", 1): _("The team’s score is higher than usual"),
    ("team", -1): _("The team’s score is lower than usual"),
    ("agent", 1): _("%(name)s: scores are higher than usual"),
    ("agent", -1): _("%(name)s: scores are lower than usual"),
    ("category", 1): _("%(name)s: ratings are higher than usual"),
    ("category", -1): _("%(name)s: ratings are lower than usual"),
    ("own", 1): _("Your scores of the last weeks are higher than usual for you"),
    ("own", -1): _("Your scores of the last weeks are lower than usual for you. That may have many reasons"),
}


def register() -> None:
    for (kind, side), sentence in SENTENCES.items():
        register_notice(_name(kind, side), sentence)


def tell(alarm: Alarm) -> None:
    """Leads and managers, and the agent whom it is about, if they have a login."""
    workspace = alarm.workspace
    kind = "agent" if alarm.agent_id else "category" if alarm.lineage_id else "team"
    subject = alarm.agent or alarm.lineage
    url = f"{reverse('dashboards:change', args=[workspace.slug])}?watch={alarm.series}#h-watch"
    told = leads(workspace)
    for user in told:
        inbox.notify(user, _name(kind, alarm.side), workspace, url, name=subject.name if subject else "")
    own = alarm.agent.user if alarm.agent else None
    if own is not None and own not in told and _is_member(own, workspace):
        inbox.notify(own, _name("own", alarm.side), workspace, reverse("dashboards:mine", args=[workspace.slug]))


def leads(workspace: Workspace) -> list[User]:
    """Who sees every agent's number and answers for it."""
    rows = Membership.objects.filter(
        workspace=workspace, deleted_at=None, role__in=[Role.LEAD, Role.MANAGER], user__is_active=True
    )
    return list(User.objects.filter(pk__in=rows.values("user")).order_by("pk"))


def _is_member(user: User, workspace: Workspace) -> bool:
    return user.is_active and Membership.objects.filter(user=user, workspace=workspace, deleted_at=None).exists()


def _name(kind: str, side: int) -> str:
    return f"alarm.{kind}.{'higher' if side > 0 else 'lower'}"

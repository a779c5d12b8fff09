"""The budget of false alarms, and one round of watching."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from evenhand.dashboards.models import Alarm, Watching
from evenhand.dashboards.watching import notices
from evenhand.facts.metrics.changes import AGENT, CATEGORY
from evenhand.facts.metrics.watching import Series, Watched, horizon, watched
from evenhand.people import audit
from evenhand.people.models import User, Workspace
from evenhand.quality.periods import local_day
from evenhand.scorecards.models import ScorecardVersion

PER_YEAR = 2
CHECK_EVERY = timedelta(days=1)


def per_year(workspace: Workspace) -> int:
    """How many false alarms a year the workspace accepts, all series together."""
    found = Watching.objects.filter(workspace=workspace).values_list("per_year", flat=True).first()
    return PER_YEAR if found is None else found


def change_budget(workspace: Workspace, by: User, wanted: int) -> bool:
    """Set the budget; whether it was another before."""
    with transaction.atomic():
        old = per_year(workspace)
        if wanted == old:
            return False
        Watching.objects.update_or_create(workspace=workspace, defaults={"per_year": wanted})
        audit.record(
            by, "workspace.setting", workspace, workspace, setting="false_alarms", old=str(old), new=str(wanted)
        )
    return True


def look(workspace: Workspace, now: datetime) -> Watched:
    """Every series of a workspace up to its last whole week."""
    today = local_day(now, ZoneInfo(workspace.time_zone))
    return watched(workspace, today, per_year(workspace), last_break(workspace, today))


def last_break(workspace: Workspace, today: date) -> date | None:
    """When a scorecard last got a new version, within the time that is looked at."""
    zone, period = ZoneInfo(workspace.time_zone), horizon(workspace, today)
    versions = ScorecardVersion.objects.filter(scorecard__workspace=workspace, number__gt=1)
    found: datetime | None = versions.aggregate(at=Max("published_at"))["at"]
    day = local_day(found, zone) if found else None
    return day if day is not None and day >= period.start else None


def claim_due(now: datetime) -> list[Workspace]:
    """The workspaces whose last look is a day old; each is given to one caller alone."""
    for workspace in Workspace.objects.filter(deleted_at=None).exclude(pk__in=Watching.objects.values("workspace")):
        Watching.objects.get_or_create(workspace=workspace)
    late = Watching.objects.filter(workspace__deleted_at=None).exclude(checked_at__gte=now - CHECK_EVERY)
    return [
        row.workspace
        for row in late.select_related("workspace")
        if Watching.objects.filter(pk=row.pk, checked_at=row.checked_at).update(checked_at=now)
    ]


def check(workspace: Workspace, now: datetime | None = None) -> int:
    """Look at every series and tell whom it concerns of each that has left its limits; how many are new.

    One that stays outside is told once. Looking again in the same week tells nothing anew.
    """
    found = look(workspace, now or timezone.now())
    return sum(_raise(workspace, series) for series in found.alarms)


def _raise(workspace: Workspace, series: Series) -> bool:
    began, newest, side = series.began or series.week(-1), series.week(-1), series.watch.now
    before = series.week(-2) if series.watch.watched > 1 else newest
    with transaction.atomic():
        same = Alarm.objects.filter(workspace=workspace, series=series.name, side=side)
        if same.filter(latest__gte=newest).exists():
            return False
        if same.filter(latest__gte=min(began, before)).update(latest=newest):
            return False
        alarm, made = Alarm.objects.get_or_create(
            workspace=workspace, series=series.name, side=side, latest=newest,
            defaults={
                "began": began,
                "agent_id": series.key if series.kind == AGENT else None,
                "lineage_id": series.key if series.kind == CATEGORY else None,
            },
        )  # fmt: skip
        if made:
            notices.tell(alarm)
        return made

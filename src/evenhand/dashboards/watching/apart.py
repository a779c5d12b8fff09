"""One look at a workspace in a fresh process; it imports nothing before Django is set up."""

from __future__ import annotations


def look_at(workspace: int) -> None:
    import django

    django.setup()
    from evenhand.dashboards.watching import services
    from evenhand.people.models import Workspace

    services.check(Workspace.objects.get(pk=workspace))

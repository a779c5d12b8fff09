"""What the page of changes registers with the lower rooms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from evenhand.dashboards.watching import jobs
from evenhand.people.registry import NavItem, register_nav


def register() -> None:
    register_nav(
        NavItem("change", _("Change"), "dashboards:change", "h", 35, lambda seat: seat.reviews, under="dashboard")
    )
    jobs.register()

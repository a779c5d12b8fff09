"""What the page about agents registers with the lower rooms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from evenhand.people.registry import NavItem, register_nav


def register() -> None:
    register_nav(
        NavItem("agents", _("Agents"), "dashboards:agents", "e", 33, lambda seat: seat.reviews, under="dashboard")
    )

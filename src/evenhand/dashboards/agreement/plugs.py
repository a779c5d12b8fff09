"""What the page on agreement registers with the lower rooms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from evenhand.people.registry import NavItem, register_nav


def register() -> None:
    register_nav(
        NavItem(
            "agreement", _("Agreement"), "dashboards:agreement", "a", 37, lambda seat: seat.reviews, under="dashboard"
        )
    )

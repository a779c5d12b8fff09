"""What this room registers with the lower ones."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenhand.dashboards.agents import plugs as agents
from evenhand.dashboards.agreement import plugs as agreement
from evenhand.people.access import Seat
from evenhand.people.models import Role
from evenhand.people.registry import NavItem, register_nav, registry


def register() -> None:
    register_nav(
        NavItem("dashboard", _("Dashboard"), "dashboards:dashboard", "d", 30, lambda seat: seat.reviews,
                first=_("Overview"))
    )  # fmt: skip
    register_nav(NavItem("planner", _("Planner"), "dashboards:planner", "p", 55, lambda seat: seat.reviews))
    register_nav(NavItem("mine", _("My quality"), "dashboards:mine", "m", 60, lambda seat: Role.AGENT in seat.roles))
    agents.register()
    agreement.register()
    registry.landing.append((30, landing))
    registry.landing.append((20, own))


def landing(seat: Seat) -> str | None:
    """Leads and managers begin with the number."""
    return reverse("dashboards:dashboard", args=[seat.workspace.slug]) if seat.leads else None


def own(seat: Seat) -> str | None:
    """Agents begin with their own page."""
    return reverse("dashboards:mine", args=[seat.workspace.slug]) if seat.is_agent_only else None

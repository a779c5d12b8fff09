"""Entries of the settings that lead to agents, groups and the rule of what counts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from evenhand.conversations.queries import agents
from evenhand.people.access import Seat
from evenhand.people.registry import NavItem, register_settings_page, registry


def leads(seat: Seat) -> bool:
    return seat.leads


def manages(seat: Seat) -> bool:
    return seat.manages


def register() -> None:
    register_settings_page(NavItem("agents", _("Agents"), "conversations:agents", "", 30, leads))
    register_settings_page(NavItem("groups", _("Groups"), "conversations:groups", "", 40, leads))
    register_settings_page(NavItem("frame", _("What counts"), "conversations:frame", "", 50, manages))
    registry.invitation_references.append(agents.invitable)

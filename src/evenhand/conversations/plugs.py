"""What this room's pages add to the lower room, and to its own list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from evenhand.conversations import searching
from evenhand.conversations.filters import builtin
from evenhand.people.registry import NavItem, register_job, register_nav


def plug_in() -> None:
    builtin.register()
    register_nav(NavItem("conversations", _("Conversations"), "conversations:list", "c", 20))
    register_job(searching.JOB, _("Search in conversations"), searching.run)

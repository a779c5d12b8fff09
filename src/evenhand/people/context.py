"""What every page shows around its content: navigation, workspace, inbox, the worker's last sign of life."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.people import access
from evenhand.people.models import Notice, WorkerBeat
from evenhand.people.registry import NavItem, registry

log = logging.getLogger("evenhand.people")
WORKER_SILENT_AFTER = timedelta(seconds=15)
THEME_COOKIE = "evenhand_theme"


def shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"theme": request.COOKIES.get(THEME_COOKIE, "") if hasattr(request, "COOKIES") else ""}
    seat = getattr(request, "seat", None)
    workspaces = access.seats(user)
    # Pages that belong to no workspace, such as the inbox, keep the navigation of whoever has but one.
    at = seat or (access.sit(user, workspaces[0]) if len(workspaces) == 1 else None)
    return {
        "seat": seat,
        "nav": _rooms(_items(request, registry.nav, at)) if at else [],
        "workspaces": workspaces,
        "unread_notices": Notice.objects.filter(user=user, read_at=None).count(),
        "worker": _worker() if user.is_admin or (seat and seat.leads) else None,
        "shortcuts_json": json.dumps(user.shortcuts),
        "shortcuts_url": reverse("people:shortcuts"),
        "theme": user.theme,
        "person_links": _installation_link() if user.is_admin else [],
        # Called by the templates that show them, so that other pages do not look for them.
        "settings_pages": lambda: _items(request, registry.settings_pages, seat) if seat else [],
    }


def _installation_link() -> list[dict[str, Any]]:
    return [{"url": reverse("people:workspaces"), "label": _("Installation")}]


def _items(request: HttpRequest, entries: dict[str, NavItem], seat: access.Seat) -> list[dict[str, Any]]:
    items = sorted((item for item in entries.values() if item.allowed(seat)), key=lambda item: item.order)
    links = [
        {"name": i.name, "label": i.label, "url": url, "key": i.key, "under": i.under, "first": i.first}
        for i in items if (url := _url(i, seat))
    ]  # fmt: skip
    here = _here(request, items) or max(
        (link for link in links if request.path.startswith(link["url"])), key=lambda x: len(x["url"]), default={}
    ).get("name")
    return [{**link, "current": link["name"] == here} for link in links]


def _rooms(links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first line of the navigation; a room with pages of its own holds them, and itself as the first, `within`."""
    rooms = [link for link in links if not link["under"]]
    for room in rooms:
        pages = [link for link in links if link["under"] == room["name"]]
        here = room["current"] or any(page["current"] for page in pages)
        room["within"] = [{**room, "label": room["first"] or room["label"], "key": ""}, *pages] if pages else []
        room["current"] = here
    return rooms


def _here(request: HttpRequest, items: list[NavItem]) -> str | None:
    """The entry that holds this page although the page's address is not below its own."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    return next((item.name for item in items if view in item.holds), None)


def _url(item: NavItem, seat: access.Seat) -> str:
    """A test holds that every entry leads somewhere; a page is not lost because another one is."""
    try:
        return reverse(item.url_name, args=[seat.workspace.slug])
    except NoReverseMatch:
        log.exception("The entry %s of the navigation leads nowhere", item.name)
        return ""


def _worker() -> dict[str, Any]:
    beat = WorkerBeat.objects.order_by("-at").first()
    silent = beat is None or timezone.now() - beat.at > WORKER_SILENT_AFTER
    return {"seen_at": beat.at if beat else None, "silent": silent}

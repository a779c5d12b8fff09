"""Who did what, when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from evenhand.people import access, pages, queries, spreadsheet
from evenhand.people.forms.installation import AuditFilterForm
from evenhand.people.models import AuditEntry, Workspace
from evenhand.people.registry import registry

WORDS = {
    "admin": gettext_lazy("admin"),
    "agent": gettext_lazy("agent"),
    "email": gettext_lazy("e-mail"),
    "host": gettext_lazy("server"),
    "kind": gettext_lazy("kind"),
    "name": gettext_lazy("name"),
    "new": gettext_lazy("now"),
    "old": gettext_lazy("before"),
    "roles": gettext_lazy("roles"),
    "setting": gettext_lazy("setting"),
    "version": gettext_lazy("version"),
}


@require_safe
def of_workspace(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = access.manager(request, workspace)
    return _page(request, seat.workspace, seat.zone, "people/audit.html")


@require_safe
def of_installation(request: HttpRequest) -> HttpResponse:
    access.admin(request)
    return _page(request, None, ZoneInfo("UTC"), "people/installation_audit.html")


@require_safe
def csv_of_workspace(request: HttpRequest, workspace: str) -> StreamingHttpResponse:
    seat = access.manager(request, workspace)
    return _csv(_wanted(request, seat.workspace, seat.zone)[0], f"audit-{workspace}.csv")


@require_safe
def csv_of_installation(request: HttpRequest) -> StreamingHttpResponse:
    access.admin(request)
    return _csv(_wanted(request, None, ZoneInfo("UTC"))[0], "audit.csv")


def _page(request: HttpRequest, workspace: Workspace | None, zone: ZoneInfo, template: str) -> HttpResponse:
    entries, form = _wanted(request, workspace, zone)
    page = pages.newest_first(entries, request.GET)
    kept = request.GET.copy()
    for name in ("before", "after"):
        kept.pop(name, None)
    rows = [{"entry": entry, "label": label(entry.action), "details": details(entry)} for entry in page.rows]
    context = {"page": page, "rows": rows, "form": form, "query": kept.urlencode(), "everywhere": workspace is None}
    return render(request, template, context)


def _wanted(
    request: HttpRequest, workspace: Workspace | None, zone: ZoneInfo
) -> tuple[QuerySet[AuditEntry], AuditFilterForm]:
    actions, people = queries.audit_choices(workspace)
    form = AuditFilterForm(request.GET, actions=[(name, label(name)) for name in actions], people=people)
    form.is_valid()  # what is wrong is shown beside its field, and left out
    return queries.audit_entries(workspace, queries.AuditFilter(**_known(form)), zone), form


def _known(form: AuditFilterForm) -> dict[str, Any]:
    return {
        name: form.cleaned_data[name] for name in ("action", "person", "start", "end") if form.cleaned_data.get(name)
    }


def label(action: str) -> str:
    return str(registry.audit_actions.get(action, action))


def details(entry: AuditEntry) -> list[tuple[str, str]]:
    """What an entry knows besides, in the words of the pages where there are such."""
    return [
        (str(WORDS.get(name) or name.replace("_", " ")), _setting(value) if name == "setting" else _plain(value))
        for name, value in entry.data.items()
    ]


def _setting(name: str) -> str:
    field = next((field for field in Workspace._meta.fields if field.name == name), None)
    return str(field.verbose_name) if field else name


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _csv(entries: QuerySet[AuditEntry], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_lines(entries), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(entries: QuerySet[AuditEntry]) -> Iterator[str]:
    yield spreadsheet.line(["at", "workspace", "person", "action", "object", "object_id", "data"])
    for entry in entries.order_by("-pk").iterator(500):
        place = entry.workspace.slug if entry.workspace else ""
        at = timezone.localtime(entry.at, ZoneInfo("UTC")).isoformat()
        data = json.dumps(entry.data, ensure_ascii=False, sort_keys=True)
        yield spreadsheet.line([at, place, entry.actor_name, entry.action, entry.object_kind, entry.object_id, data])

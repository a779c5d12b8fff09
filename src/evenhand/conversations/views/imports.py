"""Bringing in files: upload, progress, rows that were set aside."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.conversations.forms.imports import UploadForm
from evenhand.conversations.models import Import
from evenhand.conversations.queries import imports as queries
from evenhand.conversations.services import mending, uploads
from evenhand.people import access, pages
from evenhand.people.access import Seat
from evenhand.sources.errors import SourceError


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest, workspace: str) -> HttpResponse:
    """All imports, newest first, and the form that begins one."""
    seat = access.lead(request, workspace)
    form = UploadForm(seat.workspace, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            item = uploads.accept(form.cleaned_data["file"], form.into, form.cleaned_data["kind"], seat.user)
        except SourceError as error:
            form.add_error("file", str(error))
        else:
            return redirect("conversations:import", workspace, item.public_id)
    page = pages.newest_first(queries.imports(seat.workspace), request.GET)
    rows = [queries.Told(item) for item in page.rows]
    context = {"form": form, "page": page, "rows": rows, "under_way": any(row.under_way for row in rows)}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "conversations/imports/_list.html", context)
    return render(request, "conversations/imports/list.html", context, status=422 if form.errors else 200)


@require_safe
def one(request: HttpRequest, workspace: str, item: uuid.UUID) -> HttpResponse:
    """How far an import is, and what was set aside; htmx asks for the part that changes."""
    seat = access.lead(request, workspace)
    found = _import(seat, item)
    told = queries.Told(found)
    initial = {"connection": str(found.connection.public_id), "kind": found.kind}
    context = {
        "told": told,
        "item": found,
        "bad": queries.bad_rows(found, request.GET) if found.bad else None,
        "form": UploadForm(seat.workspace, initial=initial, auto_id="mend_%s"),
    }
    fragment = request.htmx  # type: ignore[attr-defined]
    return render(request, "conversations/imports/_one.html" if fragment else "conversations/imports/one.html", context)


@require_POST
def cancel(request: HttpRequest, workspace: str, item: uuid.UUID) -> HttpResponse:
    seat = access.lead(request, workspace)
    found = _import(seat, item)
    if queries.Told(found).under_way:
        uploads.cancel(found, seat.user)
        messages.info(request, _("Cancelled. What has landed stays."))
    return redirect("conversations:import", workspace, item)


@require_POST
def go_on(request: HttpRequest, workspace: str, item: uuid.UUID) -> HttpResponse:
    seat = access.lead(request, workspace)
    found = _import(seat, item)
    if queries.Told(found).can_go_on:
        uploads.go_on(found, seat.user)
        messages.success(request, _("It goes on from where it stopped."))
    return redirect("conversations:import", workspace, item)


@require_safe
def bad_rows(request: HttpRequest, workspace: str, item: uuid.UUID) -> StreamingHttpResponse:
    """The rows that were set aside as they came: a file to mend and to bring in again."""
    found = _import(access.lead(request, workspace), item)
    ending, kind = ("json", "application/json") if found.kind in mending.AROUND else ("jsonl", "application/x-ndjson")
    return _download(mending.records(found), f"{_stem(found)}-to-mend.{ending}", kind)


@require_safe
def reasons(request: HttpRequest, workspace: str, item: uuid.UUID) -> StreamingHttpResponse:
    """What is wrong with each row that was set aside, as a table."""
    found = _import(access.lead(request, workspace), item)
    return _download(mending.reasons(found), f"{_stem(found)}-reasons.csv", "text/csv; charset=utf-8")


def _import(seat: Seat, public_id: uuid.UUID) -> Import:
    return get_object_or_404(queries.imports(seat.workspace), public_id=public_id)


def _stem(item: Import) -> str:
    return slugify(item.file_name.split(".")[0]) or "import"


def _download(content: object, name: str, kind: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return StreamingHttpResponse(content, content_type=kind, headers=headers)

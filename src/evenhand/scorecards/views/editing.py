"""The draft: begin it, change it field by field, publish or discard it."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.people.access import Seat
from evenhand.scorecards import access, changes, queries, services
from evenhand.scorecards.editor import Editor, Notice
from evenhand.scorecards.models import Scorecard, ScorecardVersion

UNSENT = {"csrfmiddlewaretoken", "stamp", "now"}


@require_POST
def draft(request: HttpRequest, workspace: str, scorecard: UUID) -> HttpResponse:
    own, found = access.editable(request, workspace, scorecard)
    services.ensure_draft(found, own.user)
    return redirect("scorecards:scorecard", workspace, scorecard)


@require_POST
def change(request: HttpRequest, workspace: str, scorecard: UUID, action: str) -> HttpResponse:
    own, found = access.editable(request, workspace, scorecard)
    if action not in changes.CHANGES:
        raise Http404
    version = queries.draft_of(found)
    if version is None:
        return _gone(request, own, found)
    try:
        outcome = changes.CHANGES[action](changes.Form(version, own.user, request.POST, _stamp(request)))
    except services.Stale as stale:
        return _refused(request, found, stale.version, _stale(stale.version, request), 409)
    except services.Frozen:
        return _gone(request, own, found)
    except ValidationError as error:
        return _refused(request, found, version, Notice(changes.said(error)), 422)
    return _done(request, found, version, outcome)


def _stamp(request: HttpRequest) -> int | None:
    """`now` is kept up to date by the page's script, `stamp` is the form's own; without either nothing is saved."""
    sent = request.POST.get("now") or request.POST.get("stamp", "")
    return int(sent) if sent.isdecimal() else -1


def _done(
    request: HttpRequest, scorecard: Scorecard, version: ScorecardVersion, outcome: changes.Outcome
) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(_address(scorecard, outcome.chosen))
    editor = Editor(scorecard, queries.draft_of(scorecard) or version, outcome.chosen, focus=outcome.focus)
    template = "scorecards/_editor.html" if outcome.redraw else "scorecards/_saved.html"
    response = render(request, template, {"editor": editor, "scorecard": scorecard})
    if not outcome.redraw:
        response["HX-Reswap"] = "none"
    elif outcome.chosen:
        response["HX-Replace-Url"] = _address(scorecard, outcome.chosen)
    response["HX-Trigger"] = json.dumps({"scorecard:saved": {"said": outcome.said or _("Saved")}})
    return response


def _refused(
    request: HttpRequest, scorecard: Scorecard, version: ScorecardVersion, notice: Notice, status: int
) -> HttpResponse:
    """Nothing was saved. What was typed stays on the page, or comes back with the notice."""
    chosen = request.POST.get("chosen") or request.POST.get("category", "")
    editor = Editor(scorecard, version, _uuid(chosen), notice=notice)
    whole = not request.htmx  # type: ignore[attr-defined]
    template = "scorecards/editor.html" if whole else "scorecards/_notice.html"
    response = render(request, template, {"editor": editor, "scorecard": scorecard}, status=status)
    response["HX-Reswap"] = "none"
    response["HX-Trigger"] = "scorecard:refused"
    return response


def _stale(version: ScorecardVersion, request: HttpRequest) -> Notice:
    sent = [(name, value) for name in request.POST for value in request.POST.getlist(name) if name not in UNSENT]
    return Notice(version=version, again=sent, url=request.path)


def _gone(request: HttpRequest, seat: Seat, scorecard: Scorecard) -> HttpResponse:
    """Published or discarded meanwhile: say so where the scorecard is shown."""
    messages.warning(request, _("The draft was published or discarded meanwhile. Your last change was not saved."))
    address = _address(scorecard)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(address)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address
    return response


def _address(scorecard: Scorecard, chosen: UUID | None = None) -> str:
    address = reverse("scorecards:scorecard", args=[scorecard.workspace.slug, scorecard.public_id])
    return f"{address}?category={chosen}" if chosen else address


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, workspace: str, scorecard: UUID) -> HttpResponse:
    own, found = access.editable(request, workspace, scorecard)
    version = queries.draft_of(found)
    if version is None:
        return redirect("scorecards:scorecard", workspace, scorecard)
    problems: list[str] = []
    if request.method == "POST":
        try:
            services.publish(version, own.user, _stamp(request))
        except (services.Stale, services.Frozen) as changed:
            problems = [str(changed), _("Look at what it changes now, then publish again.")]
        except ValidationError as error:
            problems = error.messages
        else:
            messages.success(request, _("Version %(n)s is in use.") % {"n": version.number})
            return redirect("scorecards:scorecard", workspace, scorecard)
    context = {"editor": Editor(found, queries.draft_of(found) or version), "scorecard": found, "refused": problems}
    return render(request, "scorecards/publish.html", context, status=409 if problems else 200)


@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, workspace: str, scorecard: UUID) -> HttpResponse:
    own, found = access.editable(request, workspace, scorecard)
    version = queries.draft_of(found)
    if version is None:
        return redirect("scorecards:scorecard", workspace, scorecard)
    stale = False
    if request.method == "POST":
        try:
            left = services.discard_draft(version, own.user, _stamp(request))
        except (services.Stale, services.Frozen):
            stale = True
        else:
            messages.success(request, _("The draft is discarded."))
            return (
                redirect("scorecards:scorecard", workspace, scorecard)
                if left
                else redirect("scorecards:list", workspace)
            )
    context = {"editor": Editor(found, queries.draft_of(found) or version), "scorecard": found, "stale": stale}
    return render(request, "scorecards/discard.html", context, status=409 if stale else 200)

"""One scorecard: the editor of its draft for those who may, else the version in use; and every version there was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evenhand.people.access import Seat
from evenhand.scorecards import access, diff, queries, strip, wording
from evenhand.scorecards.editor import Editor
from evenhand.scorecards.models import Scorecard, ScorecardVersion
from evenhand.scorecards.tree import VersionView


@require_GET
def scorecard(request: HttpRequest, workspace: str, scorecard: UUID) -> HttpResponse:
    seat, found = access.readable(request, workspace, scorecard)
    listed = access.versions(seat, found)
    draft = next((version for version in listed if version.state == ScorecardVersion.State.DRAFT), None)
    if seat.manages and draft and not found.archived_at:
        editor = Editor(
            found,
            draft,
            _uuid(request.GET.get("category", "")),
            when=request.GET.get("when", ""),
            when_for=request.GET.get("for", ""),
            focus=request.GET.get("focus", ""),
        )
        template = "_editor.html" if request.htmx else "editor.html"  # type: ignore[attr-defined]
        return render(request, f"scorecards/{template}", {"editor": editor, "scorecard": found})
    shown = next((version for version in listed if version.state != ScorecardVersion.State.DRAFT), draft)
    return _read(request, seat, found, shown, listed)


@require_GET
def history(request: HttpRequest, workspace: str, scorecard: UUID) -> HttpResponse:
    seat, found = access.readable(request, workspace, scorecard)
    listed = access.versions(seat, found)
    names = queries.connection_names(seat.workspace)
    trees = queries.version_trees(listed)
    rows = [
        {"version": version, "tree": tree, "changes": diff.diff(before, tree, names) if before else []}
        for version, tree, before in zip(listed, trees, [*trees[1:], None], strict=True)
    ]
    return render(request, "scorecards/history.html", {"scorecard": found, "rows": rows})


@require_GET
def version(request: HttpRequest, workspace: str, scorecard: UUID, number: int) -> HttpResponse:
    seat, found = access.readable(request, workspace, scorecard)
    return _read(request, seat, found, access.version(seat, found, number), access.versions(seat, found))


def _read(
    request: HttpRequest,
    seat: Seat,
    scorecard: Scorecard,
    version: ScorecardVersion | None,
    listed: list[ScorecardVersion],
) -> HttpResponse:
    """A version to read, with what it changed."""
    if version is None:
        return render(request, "scorecards/version.html", {"scorecard": scorecard, "tree": None})
    earlier = [v for v in listed if v.number < version.number][:1]
    names = queries.connection_names(seat.workspace)
    tree, *before = queries.version_trees([version, *earlier])
    context = {
        "scorecard": scorecard,
        "version": version,
        "tree": tree,
        "groups": _groups(tree, names),
        "strip": strip.pieces(tree),
        "offered": wording.conditions(tree.conditions, names),
        "changes": diff.diff(before[0], tree, names) if before else [],
        "before": before[0] if before else None,
        "draft": next((v for v in listed if v.state == ScorecardVersion.State.DRAFT and v != version), None),
        "newer": next((v for v in listed if v.state == ScorecardVersion.State.PUBLISHED and v != version), None),
    }
    return render(request, "scorecards/version.html", context)


def _groups(tree: VersionView, names: wording.Names) -> list[dict[str, Any]]:
    return [
        {
            "group": group,
            "rows": [
                {
                    "category": category,
                    "share": strip.share(category.share),
                    "answers": [(wording.plain(point.points), point) for point in category.best_first],
                    "conditions": wording.conditions(category.conditions, names),
                    "asks": wording.ask_causes(category.ask_causes).lower(),
                    "critical": wording.CRITICAL.get(category.critical, ""),
                }
                for category in group.categories
            ],
        }
        for group in tree.groups
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

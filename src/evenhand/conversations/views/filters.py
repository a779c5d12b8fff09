"""Choosing a filter: the menu, the form of one, and the address that comes out."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from evenhand.conversations import browsing
from evenhand.conversations.filters import BadValue, Choice, Filter, address
from evenhand.conversations.filters.selection import written_pair
from evenhand.conversations.registry import registry
from evenhand.people import access as people
from evenhand.people.access import Seat


@require_GET
def menu(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = people.seat(request, workspace)
    context = {"filters": browsing.offered(seat), "list": request.GET.get("list", ""), "sort": _sort(request)}
    return _render(request, "menu", {**context, "workspace": workspace})


@require_GET
def form(request: HttpRequest, workspace: str, name: str) -> HttpResponse:
    """One filter with its options; `set` is the choice to begin with, `list` the rest of the address."""
    seat = people.seat(request, workspace)
    found = _filter(seat, name)
    part = request.GET.get("part", "")
    return _form(request, seat, found, address.read(request.GET.get("set", ""), part))


@require_GET
def choose(request: HttpRequest, workspace: str, name: str) -> HttpResponse:
    """Lead to the list with this choice added, or say what is wrong with it."""
    seat = people.seat(request, workspace)
    found = _filter(seat, name)
    choice = _chosen(request.GET, found)
    try:
        if choice.values:
            found.clean(choice, seat)
    except BadValue as error:
        return _form(request, seat, found, choice, str(error), status=422)
    rest = QueryDict(request.GET.get("list", ""), mutable=True)
    added = written_pair(f"{name}.{choice.part}" if choice.part else name, choice) if choice.values else ""
    browse = browsing.browse_address(seat, rest, added, _sort(request))
    return redirect(browse)


def _filter(seat: Seat, name: str) -> Filter:
    found = registry.filters.get(name)
    if found is None or not found.allowed(seat):
        raise Http404(_("There is no such filter."))
    return found


def _chosen(params: QueryDict, found: Filter) -> Choice:
    """The choice in a sent form: values ticked or written, or the two ends of a range."""
    low, high = params.get("low", "").strip(), params.get("high", "").strip()
    ends = [low if low == high else f"{low}..{high}"] if low or high else []
    written = [value.strip() for value in params.getlist("value") if value.strip()]
    values = ends or written
    excluded = found.can_exclude and params.get("mode") == "not"
    return Choice(tuple(dict.fromkeys(values)), excluded, params.get("part", "").strip())


def _form(
    request: HttpRequest, seat: Seat, found: Filter, choice: Choice, problem: str = "", status: int = 200
) -> HttpResponse:
    options = found.options(seat, choice.part)
    known = {option.value for option in options}
    value = choice.values[0] if choice.values else ""
    low, dots, high = value.partition("..")
    context = {
        "filter": found,
        "choice": choice,
        "options": options,
        "written": ", ".join(one for one in choice.values if one not in known),
        "low": "" if value in known else low,
        "high": "" if value in known else (high if dots else low),
        "needs_part": found.name == "field" and not choice.part,
        "problem": problem,
        "list": request.GET.get("list", ""),
        "sort": _sort(request),
        "workspace": seat.workspace.slug,
    }
    return _render(request, "form", context, status)


def _render(request: HttpRequest, what: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    is_part = request.htmx  # type: ignore[attr-defined]
    template = f"conversations/_filter_{what}.html" if is_part else "conversations/filter.html"
    response = render(request, template, {**context, "what": what}, status=status)
    response["HX-Push-Url"] = "false"  # a boosted link keeps the address only when the answer says so
    return response


def _sort(request: HttpRequest) -> str:
    return "oldest" if request.GET.get("sort") == "oldest" else ""

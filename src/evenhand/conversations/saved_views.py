"""Saved views: filters under a name, for oneself or for everybody in the workspace who may see all of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import Http404
from django.utils.translation import gettext as _

from evenhand.conversations.filters import select
from evenhand.conversations.models import SavedView
from evenhand.conversations.queries import Count, count
from evenhand.people.access import Seat

MOST = 50
LONGEST = 2_000
COUNT_SECONDS = 0.25
EVERYTHING = 0


@dataclass(frozen=True)
class Shelf:
    """The views beside the list; `current` is the one whose filters are set just now."""

    own: list[SavedView]
    shared: list[SavedView]
    current: SavedView | None
    query: str = ""

    @property
    def all(self) -> list[SavedView]:
        return [*self.own, *self.shared]


def visible(seat: Seat) -> QuerySet[SavedView]:
    """One's own; shared ones too, unless one sees only what is one's own."""
    found = SavedView.objects.filter(workspace_id=seat.workspace.pk, deleted_at__isnull=True)
    mine = Q(user_id=seat.user.pk)
    return found.filter(mine if seat.is_agent_only else mine | Q(shared=True))


def shelf(seat: Seat, query: str) -> Shelf:
    views = list(visible(seat).order_by("name", "id")[: 2 * MOST])
    own = [view for view in views if not view.shared]
    shared = [view for view in views if view.shared]
    current = next((view for view in views if query and view.query == query), None)
    return Shelf(own, shared, current, query)


def changeable(seat: Seat, public_id: UUID) -> SavedView:
    """A view that this person may rename or delete: their own, and shared ones for leads."""
    view = visible(seat).filter(public_id=public_id).first()
    if view is None:
        raise Http404(_("There is no such view."))
    if not may_change(seat, view):
        raise PermissionDenied(_("A shared view is changed by whoever made it, or by a lead or manager."))
    return view


def may_change(seat: Seat, view: SavedView) -> bool:
    return view.user_id == seat.user.pk or (view.shared and seat.leads)


def counts(seat: Seat, views: list[SavedView]) -> dict[int, Count]:
    """How many conversations each view holds, and how many there are; all within the time of one request."""
    each = COUNT_SECONDS / (len(views) + 1)
    asked = {EVERYTHING: "", **{view.pk: view.query for view in views}}
    return {key: count(select(seat, query), each) for key, query in asked.items()}


def save(seat: Seat, name: str, query: str, *, shared: bool) -> SavedView:
    """Keep these filters; the same name again replaces them."""
    if shared and not seat.leads:
        raise PermissionDenied(_("Leads and managers can share a view."))
    values = {"query": select(seat, query).query, "shared": shared}
    if len(values["query"]) > LONGEST:
        raise ValidationError(_("These filters are too long to be kept as a view: take some of them off."))
    view, _is_new = SavedView.objects.update_or_create(
        workspace=seat.workspace, user=seat.user, name=name, deleted_at=None, defaults=values
    )
    return view


def change(seat: Seat, view: SavedView, name: str, *, shared: bool) -> None:
    if shared and not view.shared and not seat.leads:
        raise PermissionDenied(_("Leads and managers can share a view."))
    view.name, view.shared = name, shared
    view.save(update_fields=["name", "shared"])


def delete(view: SavedView) -> None:
    SavedView.objects.filter(pk=view.pk).update(deleted_at=Now(), updated_at=Now())

"""Who may see and change scorecards.

Managers edit. Leads and reviewers read everything. Agents read what they are judged by: versions that are or were
in use, and never a draft.
"""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from evenhand.people import access
from evenhand.people.access import Seat
from evenhand.people.models import Membership, Role, Workspace
from evenhand.scorecards import queries
from evenhand.scorecards.models import Scorecard, ScorecardVersion

State = ScorecardVersion.State


def readable(request: HttpRequest, slug: str, public_id: UUID) -> tuple[Seat, Scorecard]:
    """The seat and the scorecard. What a person may not see does not exist for them."""
    seat = access.seat(request, slug)
    scorecard = queries.find(seat.workspace, public_id)
    if scorecard is None or (seat.is_agent_only and not queries.was_used(scorecard)):
        raise Http404(_("There is no such scorecard."))
    return seat, scorecard


def editable(request: HttpRequest, slug: str, public_id: UUID) -> tuple[Seat, Scorecard]:
    seat, scorecard = readable(request, slug, public_id)
    if not seat.manages:
        raise PermissionDenied(_("Managers of this workspace can change scorecards."))
    return seat, scorecard


def version(seat: Seat, scorecard: Scorecard, number: int) -> ScorecardVersion:
    found = next((v for v in versions(seat, scorecard) if v.number == number), None)
    if found is None:
        raise Http404(_("There is no such version."))
    return found


def versions(seat: Seat, scorecard: Scorecard) -> list[ScorecardVersion]:
    """Newest first; drafts only for those who review."""
    listed = queries.versions_of(scorecard)
    return [found for found in listed if seat.reviews or found.state != State.DRAFT]


def managed(seat: Seat) -> list[Workspace]:
    """The workspaces that this person may copy a scorecard into, by name."""
    if seat.user.is_admin:
        return access.seats(seat.user)
    own = Membership.objects.filter(user=seat.user, role=Role.MANAGER, deleted_at=None).values("workspace")
    return list(Workspace.objects.filter(pk__in=own, deleted_at=None).order_by("name"))

"""Who may review whom, and who sees which review. What one may not see does not exist."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from evenhand.conversations.models import Agent, Conversation
from evenhand.people.access import Seat
from evenhand.people.models import Role
from evenhand.reviews.models import DrawItem, Review

_PARTS = (
    "conversation__connection",
    "agent",
    "reviewer",
    "message",
    "scorecard",
    "version",
    "draw_item__draw",
    "participation",
)


def may_review(seat: Seat, agent: Agent) -> bool:
    """Reviewers review anybody; oneself only where the workspace allows it."""
    if agent.user_id == seat.user.pk:
        return seat.workspace.self_reviews_allowed
    return seat.reviews


def may_open(seat: Seat) -> bool:
    """Whether the review page may hold something for this person at all."""
    return seat.reviews or (Role.AGENT in seat.roles and seat.workspace.self_reviews_allowed)


def require_open(seat: Seat) -> None:
    if not may_open(seat):
        raise PermissionDenied(_("Reviewers, leads and managers write reviews."))


def require_review(seat: Seat, agent: Agent) -> None:
    if may_review(seat, agent):
        return
    if seat.reviews:
        raise PermissionDenied(_("Self reviews are switched off in this workspace."))
    raise Http404(_("There is no such review."))


def visible(seat: Seat) -> QuerySet[Review]:
    """The submitted reviews that this person may read.

    Agents read those of themselves. Reviewers read all, except that a pair which a blind draw wants reviewed shows
    none but one's own, and those of oneself, until that is done.
    """
    submitted = Review.objects.filter(workspace=seat.workspace, state=Review.State.SUBMITTED, deleted_at=None)
    if seat.is_agent_only:
        return submitted.filter(agent__user=seat.user)
    own = Q(reviewer=seat.user) | Q(agent__user=seat.user)
    return submitted.filter(own | ~Exists(_blind_items(seat).filter(participation=OuterRef("participation"))))


def hidden(seat: Seat, conversation: Conversation) -> bool:
    """Whether something of this conversation waits behind a blind draw, for a line that says so."""
    return not seat.is_agent_only and blind_agents(seat, conversation).exists()


def blind_agents(seat: Seat, conversation: Conversation) -> QuerySet[DrawItem, int]:
    """The agents of whom this person may not read yet what others said in this conversation."""
    items = _blind_items(seat).filter(participation__conversation=conversation)
    return items.values_list("participation__agent", flat=True)


def _blind_items(seat: Seat) -> QuerySet[DrawItem]:
    return DrawItem.objects.filter(
        Q(reviewer=None) | Q(reviewer=seat.user), draw__workspace=seat.workspace, draw__blind=True,
        draw__closed_at=None, draw__deleted_at=None, state=DrawItem.State.OPEN, deleted_at=None,
    )  # fmt: skip


def review(seat: Seat, public_id: UUID) -> Review:
    found = visible(seat).filter(public_id=public_id).select_related(*_PARTS).first()
    if found is None:
        raise Http404(_("There is no such review."))
    return found


def draft(seat: Seat, public_id: UUID) -> Review:
    """A draft is seen by nobody but its writer."""
    found = Review.objects.filter(
        workspace=seat.workspace, reviewer=seat.user, public_id=public_id, state=Review.State.DRAFT, deleted_at=None
    ).first()
    if found is None:
        raise Http404(_("There is no such draft."))
    return found


def may_edit(seat: Seat, review: Review) -> bool:
    """One's own; other people's by leads and managers, except that a self review is its author's alone."""
    if review.kind == Review.Kind.SELF or review.reviewer_id == seat.user.pk:
        return review.reviewer_id == seat.user.pk and (seat.reviews or review.kind == Review.Kind.SELF)
    return seat.leads


def require_edit(seat: Seat, review: Review) -> None:
    if not may_edit(seat, review):
        raise PermissionDenied(_("A review is changed by its author, or by a lead or manager."))


def sees_history(seat: Seat, review: Review) -> bool:
    return seat.leads or review.reviewer_id == seat.user.pk


def sees_reviewer(seat: Seat, review: Review) -> bool:
    """Workspaces may hide from agents who reviewed them."""
    return seat.reviews or not seat.workspace.reviewers_hidden or review.reviewer_id == seat.user.pk


def is_reviewee(seat: Seat, review: Review) -> bool:
    return review.agent.user_id == seat.user.pk

"""Submitting: a draft becomes a review, with everything that was in force at that moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.conversations.models import Conversation
from evenhand.people import audit, inbox
from evenhand.people.access import Seat
from evenhand.reviews import access
from evenhand.reviews.answers import check_complete
from evenhand.reviews.cards import card_of
from evenhand.reviews.models import Review
from evenhand.reviews.registry import registry
from evenhand.reviews.services import drafts, writing
from evenhand.reviews.services.drafts import Save
from evenhand.reviews.services.work import Work, prepare
from evenhand.reviews.tickets import Ticket
from evenhand.reviews.words import shown


def submit(
    seat: Seat,
    conversation: Conversation,
    ticket: Ticket,
    save: Save,
    *,
    confirmed: bool = False,
    at: datetime | None = None,
) -> Review:
    """Submit a review. Raises `Refused` while something is missing, `Conflict` when another tab was there first.

    `at` is the moment of submission, for reviews that are told from the past.
    """
    work = prepare(conversation, card_of(ticket.version, ticket.card), save.answers)
    check_complete(save.answers, work.categories, confirmed)
    try:
        return _submit(seat, conversation, ticket, save, work, at or timezone.now())
    except SentTwice as twice:
        return twice.review


class SentTwice(Exception):
    """This very request made the review when it was sent before; what this one began is rolled back."""

    def __init__(self, review: Review) -> None:
        super().__init__("sent twice")
        self.review = review


def _submit(seat: Seat, conversation: Conversation, ticket: Ticket, save: Save, work: Work, at: datetime) -> Review:
    _refuse_twice(ticket, save)
    seen = access.visible(seat).filter(participation=ticket.participation).exists()
    with transaction.atomic():
        review = drafts.claim(seat, ticket, save)
        _refuse_twice(ticket, save)  # the other one may have committed while this one waited for the draft
        review.active_seconds += drafts.worked(review, ticket, save)
        review.blind = review.blind and ticket.blind and not seen
        _seal(review, seat, conversation, work, save, at)
        writing.write_ratings(review, work)
        writing.write_revision(review, seat, "submitted", work)
        if review.draw_item_id:
            drafts.settle_item(review.draw_item_id)
        audit.record(seat.user, "review.submit", seat.workspace, review, **writing.audited(review))
        tell_agent(review, "review.received")
        for hook in registry.review_submitted:
            hook(review)
    return review


def _refuse_twice(ticket: Ticket, save: Save) -> None:
    """Raises SentTwice where the review is there, because its answer was lost or a button was pressed twice."""
    if not save.tab:
        return
    same = Review.objects.filter(
        reviewer=ticket.user, conversation=ticket.conversation, agent=ticket.agent, scorecard=ticket.scorecard,
        state=Review.State.SUBMITTED, deleted_at=None, draft__tab=save.tab, draft__turn=save.turn,
    )  # fmt: skip
    if done := same.first():
        raise SentTwice(done)


def _seal(review: Review, seat: Seat, conversation: Conversation, work: Work, save: Save, at: datetime) -> None:
    pair = review.participation
    review.state = Review.State.SUBMITTED
    review.kind = drafts.kind_of(seat, pair.agent.user_id)
    review.comment = save.answers.comment
    review.draft = {"tab": save.tab, "turn": save.turn}
    review.dated_at = pair.dated_at
    review.message_count = conversation.message_count
    review.submitted_at = at
    review.started_at = min(review.started_at, at)
    writing.set_scores(review, work)
    review.save()


def tell_agent(review: Review, kind: str) -> None:
    """A line in the agent's inbox, if they have a login and it was not they who wrote."""
    user = review.agent.user
    if user is None or not user.is_active or user.pk == review.reviewer_id:
        return
    workspace = review.workspace
    score: float | None = review.score if workspace.score_method == "minmax" else review.score_over_max
    data: dict[str, Any] = {"score": shown(score) or _("no score"), "scorecard": review.scorecard.name}
    inbox.notify(user, kind, workspace, reverse("reviews:review", args=[workspace.slug, review.public_id]), **data)

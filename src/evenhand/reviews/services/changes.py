"""Changing what was submitted: edits and deletions leave a revision, and the agent is told."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from evenhand.people import audit
from evenhand.people.access import Seat
from evenhand.reviews import access
from evenhand.reviews.answers import Answers, check_complete
from evenhand.reviews.cards import card_of
from evenhand.reviews.models import Rating, Review, ReviewRevision
from evenhand.reviews.registry import registry
from evenhand.reviews.services import drafts, writing
from evenhand.reviews.services.drafts import Conflict
from evenhand.reviews.services.submission import tell_agent
from evenhand.reviews.services.work import prepare


def edit(seat: Seat, review: Review, answers: Answers, *, revision: int, confirmed: bool = False) -> Review:
    """Write new answers over old ones. `revision` is the one that the page shows: a newer one is a `Conflict`.

    Scale, weight and flags stay those of the version on which the review was written.
    """
    access.require_edit(seat, review)
    rated = review.ratings.filter(deleted_at=None).values_list("category__public_id", flat=True)
    work = prepare(review.conversation, card_of(review.version_id), answers, extra=frozenset(str(key) for key in rated))
    check_complete(answers, work.categories, confirmed)
    with transaction.atomic():
        locked = _locked(review, revision)
        writing.set_scores(locked, work)
        locked.comment = answers.comment
        locked.seen_at = None
        locked.save()
        writing.write_ratings(locked, work)
        writing.write_revision(locked, seat, ReviewRevision.Action.EDITED, work)
        audit.record(seat.user, "review.edit", seat.workspace, locked, **writing.audited(locked))
        tell_agent(locked, "review.changed")
        for hook in registry.review_changed:
            hook(locked)
    return locked


def delete(seat: Seat, review: Review) -> None:
    """Leave a tombstone and a revision. A drawn pair that lacks a reviewer now is open again."""
    access.require_edit(seat, review)
    with transaction.atomic():
        locked = _locked(review)
        writing.write_revision(locked, seat, ReviewRevision.Action.DELETED)
        locked.deleted_at = timezone.now()
        locked.save()
        Rating.objects.filter(review=locked).update(deleted_at=Now(), updated_at=Now())
        if locked.draw_item_id:
            drafts.settle_item(locked.draw_item_id)
        audit.record(seat.user, "review.delete", seat.workspace, locked, **writing.audited(locked))
        for hook in registry.review_deleted:
            hook(locked)


def mark_seen(seat: Seat, review: Review) -> None:
    """The agent has read it; the first time counts."""
    if access.is_reviewee(seat, review):
        Review.objects.filter(pk=review.pk, seen_at=None).update(seen_at=Now(), updated_at=Now())


def _locked(review: Review, revision: int | None = None) -> Review:
    locked = Review.objects.select_for_update().filter(
        pk=review.pk, state=Review.State.SUBMITTED, deleted_at=None
    ).first()  # fmt: skip
    newest = review.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    if locked is None or (revision is not None and revision != newest):
        raise Conflict(locked)
    return locked

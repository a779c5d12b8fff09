"""Rows of a submitted review: ratings with the scale, weight and flags in force, causes, evidence, revisions."""

from __future__ import annotations

from typing import Any

from django.db.models.functions import Now

from evenhand.people.access import Seat
from evenhand.reviews.answers import Answer, Answers
from evenhand.reviews.cards import CardCategory
from evenhand.reviews.models import Evidence, Rating, RatingCause, Review, ReviewRevision
from evenhand.reviews.scoring import rating as scale_of
from evenhand.reviews.services.work import Work


def set_scores(review: Review, work: Work) -> None:
    scored = work.scored
    review.score = scored.score
    review.score_over_max = scored.over_max
    review.score_uncritical = scored.uncritical
    review.score_over_max_uncritical = scored.over_max_uncritical
    review.critical_failed = scored.critical_failed


def write_ratings(review: Review, work: Work) -> None:
    """Bring the rows to what was answered: none is deleted, since other rooms must learn that it is gone."""
    kept = {rating.category_id: rating for rating in review.ratings.all()}
    given = [(category, work.answers.of(category)) for category in work.categories]
    given = [(category, answer) for category, answer in given if answer.is_given]
    fresh = [_rating(review, category, answer) for category, answer in given if category.id not in kept]
    for category, answer in given:
        if category.id in kept:
            _update(kept.pop(category.id), answer)
    if kept:
        Rating.objects.filter(pk__in=[rating.pk for rating in kept.values()]).update(deleted_at=Now(), updated_at=Now())
    Rating.objects.bulk_create(fresh)
    _write_parts(review, given)


def _rating(review: Review, category: CardCategory, answer: Answer) -> Rating:
    scale = scale_of(category, answer.points)
    return Rating(
        workspace_id=review.workspace_id, review=review, category_id=category.id, lineage_id=category.lineage_id,
        group_id=category.group_id, na=answer.na, points=answer.points, scale_min=scale.scale_min,
        scale_max=scale.scale_max, weight=scale.weight, critical=category.critical,
        other_cause=answer.other if category.asks(category.step(answer.points)) else "",
    )  # fmt: skip


def _update(rating: Rating, answer: Answer) -> None:
    Rating.objects.filter(pk=rating.pk).update(
        na=answer.na, points=answer.points, other_cause=answer.other, deleted_at=None, updated_at=Now()
    )


def _write_parts(review: Review, given: list[tuple[CardCategory, Answer]]) -> None:
    """Causes and evidence hang on their rating, whose own change tells of theirs."""
    rows = {rating.category_id: rating for rating in review.ratings.filter(deleted_at=None)}
    RatingCause.objects.filter(rating__review=review).delete()
    Evidence.objects.filter(rating__review=review).delete()
    causes, evidence = [], []
    for category, answer in given:
        rating = rows[category.id]
        ids = {cause.key: cause.id for cause in category.causes}
        if category.asks(category.step(answer.points)):
            causes += [RatingCause(rating=rating, root_cause_id=ids[key]) for key in dict.fromkeys(answer.causes)]
        evidence += [
            Evidence(rating=rating, message_id=p.message, text_version=p.version, start=p.start, end=p.end)
            for p in dict.fromkeys(answer.passages)
        ]
    RatingCause.objects.bulk_create(causes)
    Evidence.objects.bulk_create(evidence)


def write_revision(review: Review, seat: Seat, action: str, work: Work | None = None) -> ReviewRevision:
    """What the review says after the change; a deletion says nothing more."""
    last = review.revisions.order_by("-number").first()
    return ReviewRevision.objects.create(
        review=review,
        number=last.number + 1 if last else 1,
        action=action,
        by=seat.user,
        score=review.score,
        comment=review.comment,
        ratings=_told(work.answers, work.categories) if work else (last.ratings if last else []),
    )


def _told(answers: Answers, categories: tuple[CardCategory, ...]) -> list[dict[str, Any]]:
    return [{"category": c.key, "name": c.name, **answers.of(c).stored()} for c in categories if answers.of(c).is_given]


def audited(review: Review) -> dict[str, Any]:
    return {
        "agent": review.agent.name,
        "kind": review.kind,
        "selection": review.selection,
        "score": None if review.score is None else round(review.score, 2),
    }

"""Where this room keeps words about a conversation, to be erased with it; ratings and scores stay."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evenhand.reviews.models import Praise, Rating, Review, ReviewRevision


def erase_comments(conversations: Collection[int]) -> int:
    reviews = Review.objects.filter(conversation__in=conversations).exclude(Q(comment="") & Q(draft={}))
    return reviews.update(comment="", draft={}, updated_at=Now())


def erase_causes(conversations: Collection[int]) -> int:
    ratings = Rating.objects.filter(review__conversation__in=conversations).exclude(other_cause="")
    return ratings.update(other_cause="", updated_at=Now())


def erase_revisions(conversations: Collection[int]) -> int:
    """Revisions keep who, when and the score; what was written is emptied."""
    return ReviewRevision.objects.filter(review__conversation__in=conversations).update(comment="", ratings=[])


def erase_praise(conversations: Collection[int]) -> int:
    return Praise.objects.filter(conversation__in=conversations).exclude(words="").update(words="")


PLACES: list[tuple[str | Promise, str, Callable[[Collection[int]], int]]] = [
    (_("Comments of reviews"), "reviews_review.comment", erase_comments),
    (_("Root causes in words"), "reviews_rating.other_cause", erase_causes),
    (_("Earlier comments of reviews"), "reviews_reviewrevision.comment", erase_revisions),
    (_("Words of praise"), "reviews_praise.words", erase_praise),
]

from __future__ import annotations

from evenhand.reviews.models.draws import Draw, DrawItem, DrawStratum
from evenhand.reviews.models.praise import Praise
from evenhand.reviews.models.reviews import Evidence, Rating, RatingCause, Review, ReviewRevision

__all__ = [
    "Draw",
    "DrawItem",
    "DrawStratum",
    "Evidence",
    "Praise",
    "Rating",
    "RatingCause",
    "Review",
    "ReviewRevision",
]

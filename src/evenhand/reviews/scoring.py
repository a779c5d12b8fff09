"""From answers to scores, by the one arithmetic of `quality.scores`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.quality import scores
from evenhand.reviews.answers import Answers
from evenhand.reviews.cards import CardCategory


@dataclass(frozen=True)
class Scored:
    """A review's scores under both methods, with and without the critical rule. None: nothing was rated."""

    score: float | None
    over_max: float | None
    uncritical: float | None
    over_max_uncritical: float | None
    critical_failed: bool
    group_failed: bool

    def by(self, method: str) -> float | None:
        return self.score if method == "minmax" else self.over_max


def score(answers: Answers, categories: Iterable[CardCategory]) -> Scored:
    given = [(category, answers.of(category)) for category in categories]
    ratings = [rating(category, answer.points) for category, answer in given if answer.is_given]
    plain = scores.review_score(ratings)
    # A scale that ends at 0 or below has no "points over maximum".
    over = scores.review_score(ratings, method="max_ratio") if all(r.scale_max > 0 for r in ratings) else None
    return Scored(
        score=plain.score,
        over_max=over.score if over else None,
        uncritical=plain.without_critical,
        over_max_uncritical=over.without_critical if over else None,
        critical_failed=plain.critical_failed,
        group_failed=plain.group_failed,
    )


def rating(category: CardCategory, points: float | None) -> scores.Rating:
    return scores.Rating(
        points=points,
        scale_min=category.steps[0].points,
        scale_max=category.steps[-1].points,
        weight=float(category.weight),
        critical=category.critical,  # type: ignore[arg-type]
        group=category.group_id,
    )

"""A submitted review as it is read: its ratings on their own version, evidence, history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evenhand.conversations import transcript
from evenhand.conversations.models import Conversation
from evenhand.people.access import Seat
from evenhand.reviews import access, fitting, scoring, sheet
from evenhand.reviews.answers import Answer, Answers, Passage
from evenhand.reviews.bench import texts_of
from evenhand.reviews.cards import Card, CardCategory, card
from evenhand.reviews.marks import marks_of
from evenhand.reviews.models import Rating, Review, ReviewRevision
from evenhand.reviews.words import shown


@dataclass
class Reading:
    """What the page of a review shows, and its editing too."""

    seat: Seat
    review: Review
    conversation: Conversation
    card: Card
    categories: tuple[CardCategory, ...]
    answers: Answers
    scored: scoring.Scored
    items: list[transcript.Item]
    groups: list[sheet.GroupBox]
    revisions: list[ReviewRevision] = field(default_factory=list)
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def score(self) -> str:
        """As it was stored, under the workspace's method."""
        review = self.review
        return shown(review.score if self.seat.workspace.score_method == "minmax" else review.score_over_max)

    @property
    def so_far(self) -> str:
        return shown(self.scored.by(self.seat.workspace.score_method))

    @property
    def failed(self) -> bool:
        return self.scored.critical_failed

    @property
    def rated(self) -> int:
        return self.answers.given(self.categories)

    @property
    def revision(self) -> int:
        return self.review.revisions.order_by("-number").values_list("number", flat=True).first() or 0

    @property
    def has_grown(self) -> bool:
        return self.conversation.message_count > self.review.message_count

    @property
    def may_edit(self) -> bool:
        return access.may_edit(self.seat, self.review)

    @property
    def sees_reviewer(self) -> bool:
        return access.sees_reviewer(self.seat, self.review)

    @property
    def sees_history(self) -> bool:
        return access.sees_history(self.seat, self.review)

    @property
    def is_reviewee(self) -> bool:
        return access.is_reviewee(self.seat, self.review)


def read(
    seat: Seat,
    review: Review,
    answers: Answers | None = None,
    faults: Mapping[str, str] | None = None,
    editing: bool = False,
) -> Reading:
    """The review with its own answers, or with those that an edit has just sent.

    To read, it has the categories that were rated; to edit, also those that would be asked today.
    """
    of = card(review.version)
    stored = answers_of(review)
    asked = fitting.visible(of, fitting.FactsOf(review.conversation)) if editing else ()
    keys = {category.key for category in asked} | set(stored.by_category)
    categories = tuple(category for category in of.categories if category.key in keys)
    said = answers or stored
    marks = marks_of(categories, said)
    items = transcript.build(review.conversation, seat.zone, marks, review.agent_id)
    method = seat.workspace.score_method
    return Reading(
        seat=seat,
        review=review,
        conversation=review.conversation,
        card=of,
        categories=categories,
        answers=said,
        scored=scoring.score(said, categories),
        items=items,
        groups=sheet.boxes(of, categories, said, method, texts_of(items, said), faults),
        revisions=_revisions(review) if access.sees_history(seat, review) else [],
        faults=faults or {},
    )


def answers_of(review: Review) -> Answers:
    """What the rows say, in the form that the panel uses."""
    ratings = review.ratings.filter(deleted_at=None).select_related("category")
    ratings = ratings.prefetch_related("causes__root_cause", "evidence")
    return Answers({str(rating.category.public_id): _answer(rating) for rating in ratings}, review.comment)


def _answer(rating: Rating) -> Answer:
    passages = [Passage(e.message_id, e.text_version, e.start, e.end) for e in rating.evidence.all()]
    return Answer(
        points=rating.points,
        na=rating.na,
        causes=tuple(sorted(str(cause.root_cause.public_id) for cause in rating.causes.all())),
        other=rating.other_cause,
        passages=tuple(sorted(passages)),
    )


def _revisions(review: Review) -> list[ReviewRevision]:
    return list(review.revisions.select_related("by").order_by("-number"))

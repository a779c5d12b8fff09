"""Filters of the list of conversations that ask for reviews. What one may not read, one cannot filter by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.conversations.filters import BadValue, Choice, Filter, Option
from evenhand.conversations.filters.columns import keys_of
from evenhand.conversations.filters.numbers import Range, range_of
from evenhand.people.access import Seat
from evenhand.people.models import User
from evenhand.reviews import access
from evenhand.reviews.models import Review

ME = "me"


class ReviewFilter(Filter):
    """Conversations with a submitted review that this person may read, and of which `of` holds."""

    def of(self, value: Any, seat: Seat) -> QuerySet[Review]:
        raise NotImplementedError

    def condition(self, value: Any, seat: Seat) -> Q:
        return Q(Exists(self.of(value, seat).filter(conversation=OuterRef("pk"))))

    def few(self, value: Any, seat: Seat) -> QuerySet[Review, int]:
        return self.of(value, seat).values_list("conversation_id", flat=True)


class ReviewedFilter(ReviewFilter):
    """`yes`, `no`, `me`: reviewed by whoever looks; `not_me`; `draft`: one's own draft is open."""

    name = "reviewed"
    label = gettext_lazy("Reviewed")
    order = 120
    can_exclude = False
    has_many = False
    WORDS = {
        "yes": gettext_lazy("yes"),
        "no": gettext_lazy("no"),
        "me": gettext_lazy("by me"),
        "not_me": gettext_lazy("not by me"),
        "draft": gettext_lazy("my draft is open"),
    }

    def options(self, seat: Seat, part: str = "") -> Sequence[Option]:
        names = ["yes", "no"] if seat.is_agent_only else list(self.WORDS)
        return [Option(name, str(self.WORDS[name])) for name in names]

    def clean(self, choice: Choice, seat: Seat) -> str:
        if choice.values[0] not in self.WORDS:
            raise BadValue(_("Choose yes, no, me, not_me or draft."))
        return choice.values[0]

    def title(self, choice: Choice) -> str:
        return str(self.label)

    def of(self, value: str, seat: Seat) -> QuerySet[Review]:
        if value == "draft":
            return drafts(seat)
        found = access.visible(seat)
        return found.filter(reviewer=seat.user) if value.endswith(ME) else found

    def condition(self, value: str, seat: Seat) -> Q:
        found = super().condition(value, seat)
        return ~found if value in {"no", "not_me"} else found

    def few(self, value: str, seat: Seat) -> QuerySet[Review, int] | None:  # type: ignore[override]
        return None if value in {"no", "not_me"} else super().few(value, seat)


class ReviewerFilter(ReviewFilter):
    name = "reviewer"
    label = gettext_lazy("Reviewed by")
    order = 130

    def allowed(self, seat: Seat) -> bool:
        return not seat.is_agent_only or not seat.workspace.reviewers_hidden

    def options(self, seat: Seat, part: str = "") -> Sequence[Option]:
        wrote = access.visible(seat).filter(reviewer=OuterRef("pk"))
        people = User.objects.filter(Exists(wrote)).order_by("name")[:300]
        return [Option(ME, _("Me")), *(Option(str(person.public_id), str(person)) for person in people)]

    def clean(self, choice: Choice, seat: Seat) -> list[int]:
        keys = keys_of(choice, User.objects.filter(reviews__workspace=seat.workspace).distinct())
        if len(keys) < len([value for value in choice.values if value != ME]):
            raise BadValue(_("This person has written no review here."))
        return [*keys, seat.user.pk] if ME in choice.values else keys

    def of(self, value: list[int], seat: Seat) -> QuerySet[Review]:
        return access.visible(seat).filter(reviewer__in=value)


class KindFilter(ReviewFilter):
    name = "review_kind"
    label = gettext_lazy("Kind of review")
    order = 140

    def options(self, seat: Seat, part: str = "") -> Sequence[Option]:
        return [Option(value, str(label)) for value, label in Review.Kind.choices]

    def clean(self, choice: Choice, seat: Seat) -> list[str]:
        wrong = next((value for value in choice.values if value not in Review.Kind.values), None)
        if wrong is not None:
            raise BadValue(_("“%(value)s” is no kind of review. Choose from the list.") % {"value": wrong})
        return list(choice.values)

    def of(self, value: list[str], seat: Seat) -> QuerySet[Review]:
        return access.visible(seat).filter(kind__in=value)


class ScoreFilter(ReviewFilter):
    """The score of a review by the workspace's method: `..79` is below 80."""

    name = "score"
    label = gettext_lazy("Score")
    kind = "number"
    order = 150
    can_exclude = False
    has_many = False

    def clean(self, choice: Choice, seat: Seat) -> Range:
        return range_of(choice.values[0])

    def title(self, choice: Choice) -> str:
        return str(self.label)

    def words(self, choice: Choice, seat: Seat) -> str:
        return str(range_of(choice.values[0]))

    def of(self, value: Range, seat: Seat) -> QuerySet[Review]:
        return access.visible(seat).annotate(said=F(score_column(seat))).filter(value.on("said"))


def drafts(seat: Seat) -> QuerySet[Review]:
    """One's own drafts; nobody sees another's."""
    return Review.objects.filter(
        workspace=seat.workspace, reviewer=seat.user, state=Review.State.DRAFT, deleted_at__isnull=True
    )


def score_column(seat: Seat) -> str:
    return "score" if seat.workspace.score_method == "minmax" else "score_over_max"


FILTERS = [ReviewedFilter(), ReviewerFilter(), KindFilter(), ScoreFilter()]

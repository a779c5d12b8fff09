"""What the page on agreement shows: numbers from `facts`, names as far as this person may know them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from evenhand.conversations.models import Conversation
from evenhand.dashboards.agreement import words
from evenhand.dashboards.agreement.words import Coefficient
from evenhand.dashboards.asked import Asked
from evenhand.facts.load import Facts, load
from evenhand.facts.metrics import agreement
from evenhand.facts.words.figures import signed
from evenhand.people.models import User
from evenhand.quality.agreement import Panel
from evenhand.quality.estimates import MINIMUM_N, Estimate
from evenhand.reviews import access
from evenhand.reviews.models import Rating, Review
from evenhand.scorecards.models import Category, Lineage, Scorecard

WIDEST = 5
AXIS = 5
"""Ends of the axis of leniency lie at a multiple of so many points."""


@dataclass(frozen=True)
class CategoryRow:
    name: str
    number: agreement.CategoryAgreement

    @property
    def alpha(self) -> Coefficient:
        return Coefficient(self.number.alpha)

    @property
    def ac2(self) -> Coefficient:
        return Coefficient(self.number.ac2)

    @property
    def stepped(self) -> bool:
        """Whether one step apart is something other than any answer."""
        return self.number.steps > 2


@dataclass(frozen=True)
class LeniencyRow:
    name: str
    estimate: Estimate

    @property
    def shown(self) -> str:
        return signed(self.estimate.value, self.estimate.half_width)

    @property
    def low(self) -> str:
        return signed(self.estimate.low, self.estimate.half_width)

    @property
    def high(self) -> str:
        return signed(self.estimate.high, self.estimate.half_width)

    @property
    def words(self) -> str:
        return words.lenient(self.estimate)


@dataclass(frozen=True)
class Cell:
    """Two reviewers beside each other; `few` where they have too little in common for a number."""

    near: Estimate | None = None
    apart: str = ""

    @property
    def few(self) -> bool:
        return self.near is not None and self.near.n < MINIMUM_N


@dataclass(frozen=True)
class Side:
    """One of the reviews of a disagreement."""

    review: Review
    name: str
    score: float


@dataclass(frozen=True)
class Disagreement:
    conversation: Conversation
    agent: str
    width: float
    sides: list[Side]
    answers: list[tuple[str, list[str]]]


@dataclass
class Page:
    """One scorecard's agreement; each part is computed when its template asks for it."""

    asked: Asked

    @property
    def whole(self) -> bool:
        """Leads and managers see everybody by name; a reviewer sees their own line."""
        return self.asked.seat.leads

    @cached_property
    def facts(self) -> Facts:
        return load(self.asked.seat.workspace, self.asked.filters)

    @cached_property
    def cards(self) -> list[tuple[Scorecard, int]]:
        """Scorecards in use in this period, those with the most double reviews first."""
        counts = agreement.scorecards(self.facts, self.asked.filters)
        found = Scorecard.objects.filter(workspace=self.asked.seat.workspace, pk__in=counts)
        return sorted(((card, counts[card.pk]) for card in found), key=lambda one: (-one[1], one[0].name))

    @cached_property
    def card(self) -> Scorecard | None:
        return self.cards[0][0] if self.cards else None

    @cached_property
    def blind(self) -> agreement.Blind | None:
        return agreement.blind_reviews(self.facts, self.asked.filters, self.card.pk) if self.card else None

    @property
    def doubles(self) -> int:
        return self.blind.doubles.pairs if self.blind else 0

    @property
    def is_empty(self) -> bool:
        return self.doubles == 0

    @cached_property
    def categories(self) -> list[CategoryRow]:
        if not self.blind:
            return []
        scales: dict[int, list[float]] = defaultdict(list)
        points = Category.objects.filter(version__scorecard=self.card).values_list("lineage", "scale__points")
        for lineage, value in points.order_by("scale__points"):
            if value is not None:
                scales[lineage].append(float(value))
        found = agreement.of_categories(self.facts, self.asked.filters, self.blind, scales)
        names = Lineage.objects.in_bulk([row.lineage for row in found])
        rows = [CategoryRow(names[row.lineage].name, row) for row in found]
        return sorted(
            rows, key=lambda row: (-1 if row.number.alpha.value is None else row.number.alpha.low or 0, row.name)
        )

    @cached_property
    def score(self) -> agreement.ScoreAgreement | None:
        return agreement.of_scores(self.blind) if self.blind else None

    @property
    def score_alpha(self) -> Coefficient | None:
        return Coefficient(self.score.alpha) if self.score else None

    @property
    def score_icc(self) -> Coefficient | None:
        return Coefficient(self.score.icc) if self.score else None

    @cached_property
    def names(self) -> dict[int, str]:
        """Reviewers by key: all of them for a lead, else oneself alone."""
        if self.blind is None:
            return {}
        found = User.objects.filter(pk__in=set(self.blind.reviewer.tolist()))
        return {user.pk: user.name for user in (found if self.whole else found.filter(pk=self.asked.seat.user.pk))}

    @cached_property
    def panel(self) -> Panel | None:
        return agreement.leniency(self.blind) if self.blind else None

    @property
    def panel_words(self) -> str:
        return words.panel(self.panel, self.names)

    @cached_property
    def leniency(self) -> list[LeniencyRow]:
        found = self.panel.reviewers if self.panel else ()
        rows = [LeniencyRow(self.names[one.reviewer], one.estimate) for one in found if one.reviewer in self.names]  # type: ignore[index]
        return sorted(rows, key=lambda row: row.estimate.value or 0)

    @property
    def axis(self) -> int:
        """How far the axis of leniency reaches either way."""
        ends = [abs(end or 0) for row in self.leniency for end in (row.estimate.low, row.estimate.high)]
        return int(max(ends, default=0) // AXIS + 1) * AXIS

    @property
    def low_end(self) -> int:
        return -self.axis

    @cached_property
    def matrix(self) -> list[tuple[str, list[Cell]]]:
        """Reviewers against reviewers, for who may see them all; a cell reads "the row's, less the column's"."""
        if not self.blind or not self.whole:
            return []
        cells: dict[tuple[int, int], Cell] = {}
        for one in agreement.couples(self.blind):
            cells[one.first, one.second] = Cell(one.near, signed(one.apart))
            cells[one.second, one.first] = Cell(one.near, signed(-one.apart))
        keys = sorted({key for pair in cells for key in pair}, key=lambda key: self.names[key])
        return [(self.names[row], [cells.get((row, column), Cell()) for column in keys]) for row in keys]

    @property
    def heads(self) -> list[str]:
        return [name for name, _cells in self.matrix]

    @cached_property
    def widest(self) -> list[Disagreement]:
        """A reviewer sees those that they took part in."""
        if not self.blind:
            return []
        rows = self.blind if self.whole else _shared_by(self.asked.seat.user.pk, self.blind)
        gaps = agreement.widest(rows, WIDEST)
        wanted = [key for gap in gaps for key in gap.reviews]
        seen = access.visible(self.asked.seat).filter(pk__in=wanted).select_related("conversation", "agent")
        reviews = {review.pk: review for review in seen}
        answers, scores = _answers(wanted), dict(zip(rows.review.tolist(), rows.score.tolist(), strict=True))
        sides = {
            key: Side(one, self.names.get(one.reviewer_id, _("Another reviewer")), scores[key])
            for key, one in reviews.items()
        }
        return [
            _told(gap.width, [sides[key] for key in gap.reviews], answers)
            for gap in gaps
            if all(key in sides for key in gap.reviews)
        ]


def _shared_by(user: int, blind: agreement.Blind) -> agreement.Blind:
    return blind.where(np.isin(blind.pair, blind.pair[blind.reviewer == user]))


def _told(width: float, sides: list[Side], answers: dict[int, dict[str, str]]) -> Disagreement:
    """Both reviews beside each other, with the answers in which they differ."""
    given = [answers[side.review.pk] for side in sides]
    labels = dict.fromkeys(label for one in given for label in one)
    beside = {label: [one.get(label, "–") for one in given] for label in labels}
    differing = [(label, row) for label, row in beside.items() if len(set(row)) > 1]
    first = sides[0].review
    return Disagreement(first.conversation, first.agent.name, width, sides, differing)


def _answers(reviews: list[int]) -> dict[int, dict[str, str]]:
    """Of each review, what was answered to each category, by its name."""
    found: dict[int, dict[str, str]] = {key: {} for key in reviews}
    rows = Rating.objects.filter(review__in=reviews, deleted_at=None).order_by("category__position")
    for review, name, points, most, na in rows.values_list("review", "lineage__name", "points", "scale_max", "na"):
        found[review][name] = _("not applicable") if na else _of(points, most)
    return found


def _of(points: Any, most: Any) -> str:
    return _("%(points)g of %(most)g") % {"points": points, "most": most}

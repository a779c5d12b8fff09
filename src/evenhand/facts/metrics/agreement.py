"""How far reviewers agree, from pairs that two or more people reviewed without seeing each other's answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenhand.facts.arrays import Floats, Ints
from evenhand.facts.filters import KINDS, Filters
from evenhand.facts.load import Facts, run
from evenhand.facts.selections import ratings, reviews, was_drawn
from evenhand.quality.agreement import (
    Panel,
    chance_corrected_agreement,
    krippendorff_alpha,
    one_way_icc,
    percent_agreement,
    reviewer_leniency,
)
from evenhand.quality.estimates import MINIMUM_N, Estimate, no_number, proportion_interval

NEAR = 10.0
"""Points of score within which two reviews are said to agree: the usual "plus or minus ten"."""


@dataclass(frozen=True)
class Blind:
    """Blind reviews of one scorecard, one of each person and pair: columns of one length.

    given: the score before the critical rule. drawn: whether a random draw asked for it.
    """

    review: Ints
    pair: Ints
    conversation: Ints
    agent: Ints
    reviewer: Ints
    score: Floats
    given: Floats
    drawn: np.ndarray  # type: ignore[type-arg]

    def where(self, mask: np.ndarray) -> Blind:  # type: ignore[type-arg]
        return Blind(*(column[mask] for column in self._columns))

    @property
    def _columns(self) -> tuple[np.ndarray, ...]:  # type: ignore[type-arg]
        return self.review, self.pair, self.conversation, self.agent, self.reviewer, self.score, self.given, self.drawn

    @cached_property
    def doubles(self) -> Blind:
        """Those of pairs that two or more people reviewed."""
        _, place, times = np.unique(self.pair, return_inverse=True, return_counts=True)
        return self.where(times[place] > 1)

    @property
    def pairs(self) -> int:
        return len(np.unique(self.pair))


@dataclass(frozen=True)
class CategoryAgreement:
    """exact, near: shares on 0..100. alpha, ac2: on -1..1. apart: pairs in which only some said "not applicable"."""

    lineage: int
    steps: int
    exact: Estimate
    near: Estimate
    alpha: Estimate
    ac2: Estimate
    apart: int


@dataclass(frozen=True)
class ScoreAgreement:
    """The review's score as a whole: near counts within ten points; icc is of one reviewer."""

    near: Estimate
    alpha: Estimate
    icc: Estimate


@dataclass(frozen=True)
class Couple:
    """Two reviewers on the pairs that both reviewed. apart: first minus second, mean in points of score."""

    first: int
    second: int
    near: Estimate
    apart: float


@dataclass(frozen=True)
class Gap:
    """One pair on which reviewers lie far apart: their reviews, the mildest first."""

    pair: int
    conversation: int
    width: float
    reviews: tuple[int, ...]


def blind_reviews(facts: Facts, filters: Filters, scorecard: int) -> Blind:
    """What agreement and leniency rest on: submitted reviews of whole conversations, by somebody else, made while
    no suggestion, other review or machine score was visible. Whoever reviewed a pair twice counts with the first."""
    rows = reviews(facts, filters)
    rows = rows.filter(
        rows.blind, rows.message_id.isnull(), rows.kind.isin(list(KINDS)), rows.scorecard_id == scorecard,
        rows.score.notnull(),
    )  # fmt: skip
    table = run(
        rows.select(
            "review_id", "pair_id", "conversation_id", "agent_id", "reviewer_id", "score", "uncritical", "submitted_at",
            drawn=was_drawn(facts, rows),
        ).order_by(["submitted_at", "review_id"])
    )  # fmt: skip
    names = ("review_id", "pair_id", "conversation_id", "agent_id", "reviewer_id", "score", "uncritical", "drawn")
    found = Blind(*(table[name].to_numpy(zero_copy_only=False) for name in names))
    _, first = np.unique(np.stack([found.pair, found.reviewer], axis=1), axis=0, return_index=True)
    return found.where(np.sort(first))


def scorecards(facts: Facts, filters: Filters) -> dict[int, int]:
    """Of each scorecard, how many of its pairs were reviewed blind by two or more people."""
    rows = reviews(facts, filters)
    rows = rows.filter(rows.blind, rows.message_id.isnull(), rows.kind.isin(list(KINDS)), rows.score.notnull())
    pairs = rows.group_by(["scorecard_id", "pair_id"]).aggregate(people=rows.reviewer_id.nunique())
    counts = pairs.group_by("scorecard_id").aggregate(n=(pairs.people > 1).sum())
    return {row["scorecard_id"]: int(row["n"]) for row in run(counts).to_pylist()}


def of_categories(
    facts: Facts, filters: Filters, blind: Blind, scales: Mapping[int, list[float]]
) -> list[CategoryAgreement]:
    """Of each category lineage. scales: the points that its scale has, by lineage."""
    doubles = blind.doubles
    if not len(doubles.review):
        return []
    rows = ratings(facts, filters, reviews(facts, filters))
    table = run(rows.select("review_id", "lineage_id", "na", "points"))
    table = table.filter(pc.is_in(table["review_id"], pa.array(doubles.review)))
    lineage, review = table["lineage_id"].to_numpy(), table["review_id"].to_numpy()
    points = np.where(table["na"].to_numpy(zero_copy_only=False), np.inf, table["points"].fill_null(0).to_numpy())
    found = []
    for key in np.unique(lineage).tolist():
        mine = lineage == key
        answers = _spread(doubles, dict(zip(review[mine].tolist(), points[mine].tolist(), strict=True)))
        found.append(_category(key, answers, scales.get(key, [])))
    return found


def _category(lineage: int, answers: Floats, scale: list[float]) -> CategoryAgreement:
    """answers: (U, R) points, infinite where "not applicable", NaN where not asked."""
    skipped = np.isinf(answers)
    apart = int((skipped.any(axis=1) & np.isfinite(answers).any(axis=1)).sum())
    given = np.where(skipped, np.nan, answers)
    known = sorted({*scale, *given[np.isfinite(given)].tolist()})
    pairs = int((np.isfinite(given).sum(axis=1) > 1).sum())
    alpha = krippendorff_alpha(given, "ordinal", categories=known)
    few = pairs < MINIMUM_N
    ac2 = no_number(pairs) if few else chance_corrected_agreement(given, known, weights="ordinal").estimate
    return CategoryAgreement(
        lineage, len(known), percent_agreement(given, categories=known), percent_agreement(given, 1, categories=known),
        alpha, ac2, apart,
    )  # fmt: skip


def of_scores(blind: Blind) -> ScoreAgreement:
    doubles = blind.doubles
    if not len(doubles.review):
        return ScoreAgreement(no_number(0), no_number(0), no_number(0))
    scores = _spread(doubles, dict(zip(doubles.review.tolist(), doubles.score.tolist(), strict=True)))
    width = np.nanmax(scores, axis=1) - np.nanmin(scores, axis=1)
    near = _share(width <= NEAR)
    return ScoreAgreement(near, krippendorff_alpha(scores, "interval"), one_way_icc(scores))


def couples(blind: Blind) -> list[Couple]:
    """Every two reviewers with a pair in common."""
    doubles = blind.doubles
    by_pair: dict[int, dict[int, float]] = {}
    for pair, who, score in zip(doubles.pair.tolist(), doubles.reviewer.tolist(), doubles.score.tolist(), strict=True):
        by_pair.setdefault(pair, {})[who] = score
    differences: dict[tuple[int, int], list[float]] = {}
    for scores in by_pair.values():
        for first, second in combinations(sorted(scores), 2):
            differences.setdefault((first, second), []).append(scores[first] - scores[second])
    return [
        Couple(first, second, _share(np.abs(values) <= NEAR), float(np.mean(values)))
        for (first, second), values in sorted(differences.items())
    ]


def widest(blind: Blind, count: int) -> list[Gap]:
    """The pairs whose reviews lie farthest apart, the widest first; none without a difference."""
    doubles = blind.doubles
    gaps = []
    for pair in np.unique(doubles.pair).tolist():
        one = doubles.where(doubles.pair == pair)
        order = np.argsort(-one.score, kind="stable")
        width = float(one.score.max() - one.score.min())
        if width > 0:
            gaps.append(Gap(pair, int(one.conversation[0]), width, tuple(one.review[order].tolist())))
    return sorted(gaps, key=lambda gap: (-gap.width, gap.pair))[:count]


def leniency(blind: Blind) -> Panel | None:
    """Every reviewer's leniency, from the reviews that random draws asked for; None with fewer than two reviewers.

    Whoever picks what they review by hand would be taken for strict. Scores are taken before the critical rule: a
    conversation that it sets to 0 gets 0 from the mild and the strict alike.
    """
    rows = blind.where(blind.drawn)
    if len(np.unique(rows.reviewer)) < 2 or len(rows.score) < MINIMUM_N:
        return None
    return reviewer_leniency(rows.given, rows.agent, rows.reviewer, rows.pair)


def _spread(rows: Blind, value: Mapping[int, float]) -> Floats:
    """(U, R) one value a review, laid out by pair and reviewer."""
    _, pair = np.unique(rows.pair, return_inverse=True)
    _, who = np.unique(rows.reviewer, return_inverse=True)
    laid: Floats = np.full((int(pair.max()) + 1, int(who.max()) + 1), np.nan)
    laid[pair, who] = [value.get(review, np.nan) for review in rows.review.tolist()]
    return laid


def _share(agree: np.ndarray) -> Estimate:  # type: ignore[type-arg]
    n = len(agree)
    return no_number(n) if n < MINIMUM_N else proportion_interval(int(np.count_nonzero(agree)), n)

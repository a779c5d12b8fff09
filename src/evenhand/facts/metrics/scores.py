"""IQS, review average, and which of them is the headline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from evenhand.facts.arrays import Reviews, belonged, pairs_of, reviews_of
from evenhand.facts.cells import drawn_of, drawn_reviews
from evenhand.facts.filters import Filters
from evenhand.facts.load import Facts
from evenhand.quality.change import Change, difference
from evenhand.quality.estimates import Estimate, mean_interval
from evenhand.quality.scores import Decomposition, decompose

IQS, AVERAGE = "iqs", "average"


@dataclass(frozen=True)
class Headline:
    """The workspace's one number, its name fixed in advance, never the narrower of two.

    `reviews` counts the reviews behind it, `left_out` those that it does not rest on, and `average` is the review
    average with them.
    """

    name: str
    estimate: Estimate
    reviews: int
    left_out: int
    frame: int
    average: Estimate


def review_average(facts: Facts, filters: Filters) -> Estimate:
    """Plain mean of review scores, each review once; it describes these reviews."""
    return mean_interval(reviews_of(facts, filters).counted.score)


def iqs(facts: Facts, filters: Filters) -> Estimate:
    """The frame's mean, from pairs that a recorded random draw picked."""
    return drawn_of(facts, filters).estimate()


def headline(facts: Facts, filters: Filters) -> Headline:
    """The number that the workspace chose, as far as the period has what it needs."""
    average, name = review_average(facts, filters), name_of_headline(facts, filters)
    estimate = iqs(facts, filters) if name == IQS else average
    reviews = len(behind(facts, filters, name).score)
    return Headline(name, estimate, reviews, average.n - reviews, len(pairs_of(facts, filters).pair), average)


def name_of_headline(facts: Facts, filters: Filters) -> str:
    """IQS where anything of the period was drawn and reviewed, else the review average under its own name.

    Nothing but the period decides: a filter never changes what the number is.
    """
    if facts.workspace.headline == AVERAGE or filters.by_review_date:
        return AVERAGE
    return IQS if len(drawn_reviews(facts, Filters(filters.period, bots=filters.bots)).score) else AVERAGE


def behind(facts: Facts, filters: Filters, name: str) -> Reviews:
    """The reviews that a headline rests on."""
    return drawn_reviews(facts, filters) if name == IQS else reviews_of(facts, filters).counted


def estimate(facts: Facts, filters: Filters, name: str) -> Estimate:
    return iqs(facts, filters) if name == IQS else review_average(facts, filters)


def by_group(facts: Facts, filters: Filters, groups: Iterable[int], name: str) -> dict[int, Estimate]:
    """The number of each group, with who belonged to it on each conversation's day."""
    if name == IQS:
        found = drawn_of(facts, filters)
        frame = found.frame
        return {key: found.estimate(belonged(facts, key, frame.agent, frame.day)) for key in groups}
    rows = reviews_of(facts, filters).counted
    return {key: mean_interval(rows.score[belonged(facts, key, rows.agent, rows.day)]) for key in groups}


def change(facts: Facts, filters: Filters, name: str) -> Change:
    """This period against the one of equal length before, with the difference's own interval."""
    return difference(estimate(facts, filters.before(), name), estimate(facts, filters, name))


@dataclass(frozen=True)
class CriticalRule:
    """What the critical rule did to the review average, and how many reviews it set to 0."""

    parts: Decomposition
    failed: int


def critical_rule(facts: Facts, filters: Filters) -> CriticalRule:
    rows = reviews_of(facts, filters).counted
    # A score that another tool gave may stand although a critical category failed.
    failed = rows.failed & (rows.score == 0.0)
    return CriticalRule(decompose(rows.score, rows.uncritical, failed), int(np.count_nonzero(rows.failed)))

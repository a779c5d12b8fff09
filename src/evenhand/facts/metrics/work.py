"""Pass rate, review time, what agents have seen, and what customers answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from evenhand.facts.arrays import Answers, answers_of, belonged, reviews_of
from evenhand.facts.filters import Filters
from evenhand.facts.load import Facts
from evenhand.facts.metrics.scores import behind
from evenhand.quality.estimates import MINIMUM_N, Estimate, no_number, proportion_interval
from evenhand.quality.scores import passes
from evenhand.quality.surveys import csat


@dataclass(frozen=True)
class ReviewTime:
    """Active seconds over reviews that have any."""

    mean: float | None
    total: int
    n: int


def pass_rate(facts: Facts, filters: Filters, name: str) -> Estimate:
    """Share of reviews at or above the baseline, compared unrounded; no number of fewer than four."""
    scores = behind(facts, filters, name).score
    if len(scores) < MINIMUM_N:
        return no_number(len(scores))
    passed = passes(scores, float(facts.workspace.pass_baseline))
    return proportion_interval(int(np.count_nonzero(passed)), len(scores))


def review_time(facts: Facts, filters: Filters) -> ReviewTime:
    seconds = reviews_of(facts, filters).seconds
    timed = seconds[seconds > 0]
    return ReviewTime(float(timed.mean()) if len(timed) else None, int(timed.sum()), len(timed))


def unseen(facts: Facts, filters: Filters) -> Estimate:
    """Share of reviews that their agent has not opened yet: all of them are counted, none sampled."""
    rows = reviews_of(facts, filters).counted
    n = len(rows.score)
    return proportion_interval(int(np.count_nonzero(rows.unseen)), n, population=n)


def customer_satisfaction(facts: Facts, filters: Filters) -> Estimate:
    """CSAT by the workspace's definition."""
    return _csat(facts, answers_of(facts, filters))


def satisfaction_by_group(facts: Facts, filters: Filters, groups: Iterable[int]) -> dict[int, Estimate]:
    """The same of each group's agents. An answer about nobody in particular is no group's."""
    rows = answers_of(facts, filters)
    return {key: _csat(facts, rows.where(belonged(facts, key, rows.agent, rows.day))) for key in groups}


def _csat(facts: Facts, rows: Answers) -> Estimate:
    return csat(rows.score, rows.low, rows.high, definition=str(facts.workspace.csat_definition))

"""What the critical rule did to a score."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.estimates import draws_estimate, mean_interval
from evenhand.quality.scores import decompose

from .strategies import scores, steady

reviews = st.lists(st.tuples(scores, st.booleans()), min_size=4, max_size=30)


def columns(rows):
    free = np.array([score for score, _ in rows])
    failed = np.array([lost for _, lost in rows])
    return np.where(failed, 0.0, free), free, failed


@steady
@given(reviews)
def test_a_score_is_its_parts(rows):
    score, free, failed = columns(rows)
    found = decompose(score, free, failed)
    assert found.score == mean_interval(score)
    assert found.without_rule.value == pytest.approx(found.score.value + found.cost.value)
    assert found.failed.value == pytest.approx(100 * failed.mean())
    assert found.failed.method in ("wilson", "envelope")
    if found.others.has_number:
        assert found.others.value * (1 - found.failed.value / 100) == pytest.approx(found.score.value)
        assert found.others.value == pytest.approx(score[~failed].mean())
        assert 0 <= found.others.low <= found.others.value <= found.others.high <= 100


@steady
@given(reviews)
def test_cells_weigh_every_part_alike(rows):
    score, free, failed = columns(rows * 2)
    cell = np.arange(len(score)) % 2
    estimate = partial(draws_estimate, cell=cell, cell_population=[len(score), 5 * len(score)])
    found = decompose(score, free, failed, estimate)
    assert found.without_rule.value == pytest.approx(found.score.value + found.cost.value)
    if found.others.has_number:
        assert found.others.value * (1 - found.failed.value / 100) == pytest.approx(found.score.value)


def test_where_nothing_failed_the_others_are_all():
    score = np.array([80.0, 90, 100, 70, 60])
    found = decompose(score, score, [False] * 5)
    assert (found.others.value, found.others.low, found.others.n) == (found.score.value, found.score.low, 5)
    assert found.cost.value == 0


def test_where_all_failed_there_are_no_others():
    found = decompose([0.0] * 5, [80.0] * 5, [True] * 5)
    assert found.others.value is None
    assert found.others.n == 0
    assert found.cost.value == 80


def test_a_review_that_only_the_rule_scored_cost_nothing():
    found = decompose([0.0, 80, 90, 70], [np.nan, 80, 90, 70], [True, False, False, False])
    assert found.cost.value == 0


def test_scores_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="left out"):
        decompose([np.nan], [80.0], [False])
    with pytest.raises(ValueError, match="score of 0"):
        decompose([50.0], [80.0], [True])


def test_the_others_interval_is_that_of_their_own_mean():
    rng = np.random.default_rng(3)
    score = np.clip(rng.normal(75, 15, 400), 0, 100)
    failed = rng.random(400) < 0.1
    found = decompose(np.where(failed, 0, score), score, failed).others
    alone = mean_interval(score[~failed])
    assert (found.low, found.high) == pytest.approx((alone.low, alone.high), abs=0.1)

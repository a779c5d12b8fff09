"""Two numbers together; the digits are in the golden files."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.estimates import Estimate, mean_interval, proportion_interval
from evenhand.quality.relations import (
    chance_above,
    correlation,
    disattenuate,
    fisher_interval,
    quadrant_probabilities,
)
from tests.quality.strategies import scores, steady


@steady
@given(st.lists(st.tuples(scores, scores), min_size=4, max_size=30), st.floats(0.5, 3))
def test_a_correlation_does_not_know_units_or_sides(pairs, scale):
    x, y = np.array(pairs).T
    if np.ptp(x) < 1 or np.ptp(y) < 1:
        return
    found, turned = correlation(x, y), correlation(scale * y + 1, x)
    assert turned.pearson == pytest.approx(found.pearson, abs=1e-9)
    assert turned.kendall == pytest.approx(found.kendall)
    assert found.low <= found.pearson <= found.high


def test_kendall_counts_pairs_in_order_against_pairs_out_of_it():
    assert correlation([1, 2, 3, 4], [1, 3, 2, 4]).kendall == pytest.approx((5 - 1) / 6)
    assert correlation([1, 1, 2, 3], [1, 2, 2, 3]).kendall == pytest.approx(4 / np.sqrt(5 * 5))


def test_pairs_with_a_gap_are_left_out():
    assert correlation([1, 2, 3, 4, None], [1, 3, 2, 5, 9]).n == 4
    with pytest.raises(ValueError, match="4 pairs"):
        correlation([1, 2, 3, None], [1, 3, 2, 5])
    with pytest.raises(ValueError, match="differ"):
        correlation([1, 1, 1, 1], [1, 3, 2, 5])


def test_a_perfect_correlation_has_no_doubt():
    assert correlation([1, 2, 3, 4], [2, 4, 6, 8]).p == 0
    assert fisher_interval(-1.0, 10) == (-1, -1)


def test_beyond_one_the_reliability_is_unknown():
    found = disattenuate(0.6, 0.5, 0.5)
    assert (found.raw, found.corrected) == (0.6, None)
    assert found.is_reliability_unknown
    assert not disattenuate(0.31, 0.62, 0.55).is_reliability_unknown
    with pytest.raises(ValueError, match="above 0"):
        disattenuate(0.3, 0, 0.5)


def test_quadrants_are_named_only_where_they_are_clear():
    good, happy = Estimate(90, 85, 95, 40), proportion_interval(95, 100)
    found = quadrant_probabilities(good, happy, 80, 80)
    assert found.clear == "high_high"
    assert found.high_high + found.high_low + found.low_high + found.low_low == pytest.approx(1)
    assert quadrant_probabilities(good, happy, 90, 80).clear == ""
    assert quadrant_probabilities(good, happy, 99, 80).clear == "low_high"


def test_a_chance_follows_the_side_of_a_lopsided_interval():
    lopsided = Estimate(90, 70, 95, 20)
    assert chance_above(lopsided, 85) < chance_above(Estimate(90, 85, 95, 20), 85)
    assert chance_above(lopsided, 90) == 0.5
    assert chance_above(lopsided, 70) == pytest.approx(0.975)
    assert chance_above(Estimate(90, 90, 90, 20), 80) == 1
    with pytest.raises(ValueError, match="no number"):
        chance_above(mean_interval([80]), 80)

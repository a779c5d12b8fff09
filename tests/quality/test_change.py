"""Differences carry their own interval, and the words follow the interval."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.change import (
    Verdict,
    difference,
    hedges_g,
    paired_change,
    plain_change,
    proportion_change,
    stratified_change,
    welch_change,
)
from evenhand.quality.estimates import Estimate, mean_interval, no_number, proportion_diff_ci, proportion_interval

from .strategies import score_lists, steady


def estimate(value, low, high, level=0.95):
    return Estimate(value, low, high, 100, level=level, se=(high - low) / 4)


def test_equal_half_widths_combine_as_on_paper():
    found = difference(estimate(82, 79, 85), estimate(84, 80, 88))
    assert (found.value, found.low, found.high) == pytest.approx((2, -3, 7))
    assert plain_change(found) == "no clear change"


def test_lopsided_intervals_give_a_lopsided_difference():
    found = difference(estimate(90, 80, 92), estimate(90, 80, 92))
    assert found.low == pytest.approx(-math.hypot(10, 2))
    assert found.high == pytest.approx(math.hypot(2, 10))


@pytest.mark.parametrize(("after", "verdict"), [(95, Verdict.UP), (65, Verdict.DOWN), (84, Verdict.NO_CLEAR_CHANGE)])
def test_the_verdict_is_up_or_down_only_where_zero_is_outside(after, verdict):
    assert plain_change(difference(estimate(80, 76, 84), estimate(after, after - 4, after + 4))) is verdict


def test_without_a_number_there_is_no_verdict():
    found = difference(no_number(2), estimate(80, 76, 84))
    assert plain_change(found) is None
    assert (found.n_before, found.n_after, found.has_number) == (2, 100, False)


def test_two_wilson_intervals_give_newcombes():
    by_estimates = difference(proportion_interval(48, 80), proportion_interval(56, 70))
    newcombe, change = proportion_diff_ci(56, 70, 48, 80), proportion_change(48, 80, 56, 70)
    assert by_estimates.low == pytest.approx(100 * newcombe.low)
    assert (change.low, change.high) == pytest.approx((100 * newcombe.low, 100 * newcombe.high))


def test_nobody_asked_is_no_change_of_a_share():
    assert proportion_change(0, 0, 3, 5).value is None


def test_different_levels_cannot_be_compared():
    with pytest.raises(ValueError, match="levels"):
        difference(estimate(80, 76, 84, 0.9), estimate(80, 76, 84))


def test_later_minus_earlier():
    assert welch_change([70, 72, 74], [80, 82, 84]).value == pytest.approx(10)
    assert paired_change([70, 72, 75], [80, 82, 84]).value == pytest.approx(29 / 3)
    assert hedges_g([70, 72, 74], [80, 82, 84]) > 0


def test_no_spread_is_no_interval_but_no_crash():
    assert welch_change([80, 80], [90, 90]).low == 10
    assert paired_change([80, 81], [90, 91]).high == 10


def test_too_little_is_refused():
    with pytest.raises(ValueError, match="two values"):
        welch_change([80], [90, 91])
    with pytest.raises(ValueError, match="one length"):
        paired_change([80, 81], [90])
    with pytest.raises(ValueError, match="standard error"):
        stratified_change(estimate(80, 76, 84), estimate(80, 76, 84))


@steady
@given(score_lists, score_lists)
def test_swapping_the_periods_mirrors_the_change(one, other):
    a, b = mean_interval(one), mean_interval(other)
    there, back = difference(a, b), difference(b, a)
    assert (there.value, there.low, there.high) == pytest.approx((-back.value, -back.high, -back.low))


@steady
@given(score_lists, score_lists, st.floats(-50, 50))
def test_moving_both_periods_keeps_the_welch_change(one, other, shift):
    there = welch_change(one, other)
    moved = welch_change([v + shift for v in one], [v + shift for v in other])
    assert moved.value == pytest.approx(there.value, abs=1e-9)
    assert moved.low == pytest.approx(there.low, abs=1e-6)

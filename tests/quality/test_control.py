"""Control charts: the digits are in the golden files; here is what must hold for any of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.control import (
    achieved_arl0,
    alarm_design,
    cusum_arl,
    ewma_arl,
    ewma_chart,
    ewma_limit,
    join_weeks,
    p_chart,
    point_size,
    shewhart_arl,
    shewhart_chart,
    shewhart_limit,
    wanted_arl0,
    watch,
)
from tests.quality.strategies import steady

limits = st.floats(1.5, 4)
shifts = st.floats(0, 2)


@steady
@given(limits, shifts)
def test_a_chart_cannot_tell_up_from_down(limit, shift):
    assert ewma_arl(limit, shift=shift) == pytest.approx(ewma_arl(limit, shift=-shift))
    assert cusum_arl(limit, shift=shift) == pytest.approx(cusum_arl(limit, shift=-shift))


@steady
@given(limits, shifts)
def test_a_wider_limit_and_a_smaller_shift_take_longer(limit, shift):
    assert ewma_arl(limit + 0.1, shift=shift) > ewma_arl(limit, shift=shift) > ewma_arl(limit, shift=shift + 0.1)
    assert cusum_arl(limit + 0.1, shift=shift) > cusum_arl(limit, shift=shift) > cusum_arl(limit, shift=shift + 0.1)


@steady
@given(limits, shifts)
def test_an_ewma_that_forgets_everything_is_a_shewhart_chart(limit, shift):
    assert ewma_arl(limit, 1.0, shift) == pytest.approx(shewhart_arl(limit, shift), rel=1e-6)


def test_limits_and_run_lengths_are_inverse():
    assert shewhart_arl(shewhart_limit(370)) == pytest.approx(370)
    assert ewma_arl(ewma_limit(520)) == pytest.approx(520, rel=1e-5)
    with pytest.raises(ValueError, match="run length"):
        ewma_limit(1)


def test_run_lengths_are_those_of_simulated_charts():
    rng = np.random.default_rng(7)
    limit, weight, runs = 2.0, 0.2, 4000
    bound, ewma, length = limit * np.sqrt(weight / (2 - weight)), np.zeros(runs), np.zeros(runs)
    going = np.ones(runs, bool)
    while going.any():
        ewma = (1 - weight) * ewma + weight * rng.normal(0.25, 1, runs)
        length += going
        going &= np.abs(ewma) <= bound
    assert length.mean() == pytest.approx(float(ewma_arl(limit, weight, 0.25)), rel=0.05)


@pytest.mark.parametrize(("weeks", "simulated"), [(10, 218), (20, 284), (52, 357), (104, 403)])
def test_an_estimated_level_brings_alarms_sooner(weeks, simulated):
    assert achieved_arl0(ewma_limit(500), weeks) == pytest.approx(simulated, rel=0.04)


def test_limits_are_widened_until_the_budget_holds():
    design = alarm_design(wanted_arl0(2, 20), 26)
    assert (design.wanted, design.is_short) == (520, False)
    assert design.limit > design.nominal == pytest.approx(ewma_limit(520))
    assert design.achieved == pytest.approx(520, rel=1e-5)
    assert design.unwidened < 520
    assert alarm_design(520, 25).is_short
    assert alarm_design(520, 25).limit > design.limit


def test_a_budget_is_above_zero():
    with pytest.raises(ValueError, match="above 0"):
        wanted_arl0(0, 20)


def test_fixed_limits_are_where_the_exact_ones_end():
    z = np.full(60, 0.1)
    exact, fixed = ewma_chart(z, 3), ewma_chart(z, 3, fixed=True)
    assert exact.limit[0] < exact.limit[1] < fixed.limit[0]
    assert exact.limit[-1] == pytest.approx(fixed.limit[-1])


def test_shewhart_sees_single_weeks():
    assert shewhart_chart([0, 3.1, -3.1, 2.9]).tolist() == [False, True, True, False]


def test_a_share_out_of_its_limits():
    chart = p_chart([2, 3, 2, 3, 30], [50, 50, 50, 50, 50])
    assert chart.out.tolist() == [False, False, False, False, True]
    with pytest.raises(ValueError, match="no more failures"):
        p_chart([3], [2])


@steady
@given(st.lists(st.tuples(st.integers(0, 12), st.floats(0, 100)), max_size=60), st.integers(1, 9))
def test_points_lose_no_review_but_those_that_wait(reviews, size):
    reviews.sort()
    week, score = np.array([w for w, _ in reviews], int), np.array([s for _, s in reviews])
    points = join_weeks(week, score, size=size)
    used = week <= (points.last[-1] if len(points.last) else -1)
    assert (points.n >= size).all()
    assert points.n.sum() == used.sum()
    assert points.n @ points.mean == pytest.approx(score[used].sum())
    assert (~used).sum() < size


def test_a_point_weighs_reviews_by_their_chances():
    points = join_weeks([0] * 4, [100.0, 0, 0, 0], [3.0, 1, 1, 1], size=4)
    assert (points.mean[0], points.effective[0]) == pytest.approx((50, 3))


def test_lopsided_scores_take_larger_points():
    assert point_size(np.linspace(50, 100, 40)) == 4
    assert 4 < point_size([0] + [100] * 12) < 32
    assert point_size([0] + [100] * 50) == point_size([100] * 50) == point_size([]) == 32


def test_a_fall_does_not_hide_itself_in_larger_points():
    week = np.repeat(np.arange(32), 4)
    score = np.where(week < 30, np.tile([80.0, 70, 90, 80], 32), 20)
    assert join_weeks(week, score).n.tolist() == [4] * 32
    assert watch(join_weeks(week, score), 520).now == -1


OFTEN = np.array([-1, 1] * 5)


def series(levels, spread=20.0):
    """Ten reviews a week around a level."""
    return join_weeks(np.repeat(np.arange(len(levels)), 10), np.add.outer(np.array(levels), spread * OFTEN).ravel())


def test_a_young_series_is_not_watched_yet():
    found = watch(series([60.0] * 8), 520)
    assert (found.missing, found.ewma, found.now) == (3, None, 0)


def test_a_level_that_fell_is_an_alarm_for_as_long_as_it_lasts():
    weeks = [60.0, 62, 58, 61, 59] * 8
    assert watch(series(weeks), 520).now == 0
    fallen = watch(series([*weeks, 40, 40, 40]), 520)
    assert (fallen.now, fallen.usual) == (-1, pytest.approx(60, abs=0.5))
    assert 1 <= fallen.since <= 3
    assert watch(series([*weeks, *[80.0] * 6]), 520).now == 1


def test_a_baseline_grows_to_a_year_and_moves_on():
    assert watch(series([60.0] * 30), 520).baseline == 17
    assert watch(series([60.0] * 90), 520).baseline == 52
    assert watch(series([60.0] * 90), 520).watched == 13


def test_weeks_that_always_differ_are_no_alarm():
    restless, calm = [40.0, 80] * 30, [60.0] * 60
    assert watch(series(restless), 520).now == 0
    assert abs(watch(series([*restless, 50]), 520).ewma[-1]) < abs(watch(series([*calm, 50]), 520).ewma[-1])


def test_a_perfect_past_does_not_make_one_slip_an_alarm():
    week = np.repeat(np.arange(48), 10)
    perfect = np.full(480, 100.0)
    slip, fall = perfect.copy(), perfect.copy()
    slip[-10], fall[-80::3] = 0, 0
    assert watch(join_weeks(week, slip), 520).now == 0
    assert watch(join_weeks(week, fall), 520).now == -1

"""Sizes and margins answer each other, and say what the textbooks' tables say."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.planner import (
    Spread,
    even,
    hours,
    margin_for_n,
    margin_of_strata,
    n_for_correlation,
    n_for_kappa_margin,
    n_for_mean_margin,
    n_for_nps_margin,
    n_for_proportion_margin,
    n_per_period_mean,
    n_per_period_mean_normal,
    n_per_period_proportion,
    n_to_see_one_event,
    n_zero_error_certificate,
    outlook_simple,
    outlook_stratified,
    whole,
)

from .strategies import steady

spreads = st.floats(0.5, 40)
TEAM = Spread(within=18, between=4)


@pytest.mark.parametrize(("rho", "n"), [(0, 307), (0.5, 231), (0.7, 158), (0.9, 59)])
def test_machine_scores_save_reviews(rho, n):
    assert whole(n_for_mean_margin(18, 2, 20_000, rho=rho)) == n


def test_sizes_of_the_other_questions():
    assert whole(n_for_nps_margin(0.5, 0.2, 5)) == 938
    assert n_for_kappa_margin(0.75, 0.5, 0.1) == pytest.approx(288.1, abs=0.1)
    assert whole(n_for_proportion_margin(0.9, 0.03)) == 385
    assert n_per_period_mean_normal(18, 5, rho=0.7) == pytest.approx(103.7, abs=0.1)
    assert n_zero_error_certificate(0.98) == 149
    assert whole(3.0000000000001) == 3


def test_twenty_agents_with_four_reviews_a_month():
    """The honest sentence: the team to ± 4.0, each agent to ± 18, too wide to compare people."""
    found = outlook_stratified(TEAM, [4] * 20, [200] * 20)
    assert found.team == pytest.approx(4.0, abs=0.05)
    assert found.agent.margin == pytest.approx(18, abs=0.3)
    assert found.agent.reliability == pytest.approx(0.165, abs=0.001)
    assert not found.agent.comparable
    corrected = outlook_stratified(TEAM, [4] * 20, [200] * 20, rho=0.7)
    assert corrected.team == pytest.approx(2.85, abs=0.02)
    assert hours(80, 9) == 12


def test_fifty_reviews_each_may_be_compared():
    assert outlook_stratified(TEAM, [50] * 20, [2000] * 20).agent.comparable


@steady
@given(spreads, st.floats(0.3, 10), st.integers(500, 100_000), st.floats(0, 0.95))
def test_a_margin_of_the_planned_size_is_the_margin_asked_for(sigma, margin, population, rho):
    n = n_for_mean_margin(sigma, margin, population, rho=rho)
    assert margin_for_n(sigma, n, population, rho=rho, df=math.inf) == pytest.approx(margin)


@steady
@given(spreads, st.integers(2, 300), st.integers(300, 5000))
def test_more_reviews_and_better_machines_never_widen_a_margin(sigma, n, population):
    here = margin_for_n(sigma, n, population)
    assert margin_for_n(sigma, n + 1, population + 1) <= here
    assert margin_for_n(sigma, n, population, rho=0.7) <= here
    assert margin_for_n(sigma, n) >= here


@steady
@given(spreads, st.integers(2, 12), st.integers(2, 20), st.integers(20, 400))
def test_equal_strata_are_a_simple_draw_but_for_the_degrees_of_freedom(sigma, strata, each, size):
    together = margin_for_n(sigma, strata * each, strata * size, df=strata * (each - 1))
    assert margin_of_strata([sigma] * strata, [each] * strata, [size] * strata) == pytest.approx(together)


def test_a_frame_reviewed_whole_leaves_nothing_to_guess():
    assert margin_of_strata([10, 20], [3, 5], [3, 5]) == 0
    assert margin_for_n(18, 40, 40) == 0


def test_a_stratum_without_a_review_leaves_everything_open():
    assert margin_of_strata([10, 20], [3, 0], [30, 50]) == math.inf
    assert margin_of_strata([10, 20], [3, 0], [30, 0]) < math.inf


def test_drawing_by_agent_takes_the_spread_between_them_out():
    apart = Spread(within=10, between=15)
    population = [100] * 8
    assert outlook_stratified(apart, [5] * 8, population).team < outlook_simple(apart, 40, population).team


def test_agents_put_together_are_a_simple_draw():
    population = [100] * 8
    assert outlook_stratified(TEAM, [1] * 8, population).team == outlook_simple(TEAM, 8, population).team


def test_earlier_draws_count_in_both_designs():
    found = outlook_simple(TEAM, 10, [50, 50], already=[20, 0])
    assert (found.n, found.agent.n) == (30, 6.25)
    assert found.team == outlook_simple(TEAM, 30, [50, 50]).team


def test_the_agent_in_the_middle_has_a_number_from_four_reviews_on():
    found = outlook_simple(TEAM, 40, [10, 100, 190, 700])
    assert (found.agent.n, found.agent.without) == (4.0, 1)
    assert found.agent.margin is not None
    assert outlook_simple(TEAM, 20, [100] * 10).agent.margin is None


@steady
@given(st.integers(0, 5000), st.integers(1, 40))
def test_even_parts_add_up_and_differ_by_one_at_most(total, parts):
    found = even(total, parts)
    assert sum(found) == total
    assert max(found) - min(found) <= 1


@steady
@given(spreads, st.floats(0.1, 1.2), st.floats(0.5, 0.99))
def test_the_exact_size_is_a_little_above_the_rule_of_thumb(sigma, effect, power):
    exact = n_per_period_mean(sigma, effect * sigma, power)
    assert 0 < exact - n_per_period_mean_normal(sigma, effect * sigma, power) < 2


@steady
@given(st.floats(0.1, 0.9), st.floats(0.5, 0.95))
def test_more_power_takes_more_pairs(r, power):
    assert n_for_correlation(r, power + 0.04) > n_for_correlation(r, power)


@steady
@given(st.floats(0.001, 0.5), st.floats(0.5, 0.999))
def test_one_review_fewer_would_be_too_few_to_see_an_event(rate, confidence):
    n = n_to_see_one_event(rate, confidence)
    assert 1 - (1 - rate) ** n >= confidence - 1e-9
    assert 1 - (1 - rate) ** (n - 1) < confidence


@pytest.mark.parametrize(
    "call",
    [
        lambda: n_for_mean_margin(18, 0),
        lambda: n_for_mean_margin(18, 2, rho=1),
        lambda: n_for_proportion_margin(1.2, 0.1),
        lambda: n_for_nps_margin(0.8, 0.4, 5),
        lambda: n_for_kappa_margin(0.9, 1, 0.1),
        lambda: n_per_period_mean(18, 0),
        lambda: n_per_period_proportion(0.5, 0.5),
        lambda: n_for_correlation(1),
        lambda: n_zero_error_certificate(1),
        lambda: margin_for_n(18, 11, 10),
        lambda: margin_of_strata([1], [2], [1]),
        lambda: outlook_simple(TEAM, 0, [10]),
    ],
)
def test_questions_without_an_answer_are_refused(call):
    with pytest.raises(ValueError):
        call()

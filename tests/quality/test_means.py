"""The rule that a mean's interval follows is fixed by n before anything is computed."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.quality.estimates import Estimate, bounded_mean_wilson, mean_interval, proportion_ci, survey_srs
from evenhand.quality.quantiles import t_two_sided

SKEWED = np.array([100, 100, 75, 100, 90, 0, 100, 85, 100, 60] * 20, dtype=float)


@pytest.mark.parametrize("n", [0, 1, 3])
def test_fewer_than_four_is_no_number(n):
    found = mean_interval(SKEWED[:n], 50)
    assert (found.value, found.low, found.high, found.n, found.note) == (None, None, None, n, "too_few")
    assert found.half_width is None
    assert not found.has_number


@pytest.mark.parametrize(
    ("n", "method"),
    [(4, "envelope"), (9, "envelope"), (10, "bootstrap-t"), (100, "bootstrap-t"), (101, "t-skew")],
)
def test_n_chooses_the_rule(n, method):
    assert mean_interval(SKEWED[:n]).method == method


def test_four_perfect_reviews_say_between_51_and_100():
    found = mean_interval([100, 100, 100, 100])
    assert (found.low, found.high) == pytest.approx((51.0109163545, 100))
    assert (found.method, found.note) == ("envelope", "all_equal")


def test_a_hundred_perfect_reviews_still_leave_room():
    found = mean_interval([100.0] * 100)
    assert found.method == "envelope"
    assert found.low == pytest.approx(100 * 100 / (100 + 1.959964**2), abs=1e-3)


def test_reviewing_every_pair_leaves_nothing_to_guess():
    found = mean_interval([80, 90, 100, 70], 4)
    assert (found.value, found.low, found.high, found.method) == (85, 85, 85, "census")


def test_the_unseen_pair_can_move_the_mean_only_so_far():
    found = mean_interval([100, 100, 100, 100], 5)
    assert (found.low, found.high) == (80, 100)


def test_yes_and_no_take_wilsons_interval_at_any_n():
    found = mean_interval([100.0] * 30 + [0.0] * 10)
    assert found.method == "wilson"
    assert [found.low, found.high] == pytest.approx([100 * limit for limit in proportion_ci(30, 40)])


def test_skewed_scores_get_a_lopsided_interval():
    found = mean_interval(SKEWED[:40])
    assert found.value - found.low > 1.2 * (found.high - found.value)
    plain = survey_srs(SKEWED[:40])
    assert found.low < plain.low
    assert found.high < plain.high


def test_a_symmetric_large_sample_gets_the_t_interval():
    y = np.concatenate([50 - np.arange(1, 91) / 3, 50 + np.arange(1, 91) / 3])
    found, plain = mean_interval(y, 900), survey_srs(y, 900)
    assert (found.low, found.high, found.se) == pytest.approx((plain.low, plain.high, plain.se))


def test_large_skewed_samples_bend_the_t_interval_as_hall_did():
    y = SKEWED[:200]
    k = float(((y - y.mean()) ** 3).mean() / y.std() ** 3) * (200**2 / (199 * 198)) * (199 / 200) ** 1.5 / 200**0.5
    t, se = t_two_sided(199), y.std(ddof=1) / 200**0.5
    bent = [3 / k * (np.cbrt(1 + k * (x - k / 6)) - 1) for x in (t, -t)]
    found = mean_interval(y)
    assert [found.low, found.high] == pytest.approx([y.mean() - b * se for b in bent])
    assert found.value - found.low > found.high - found.value


@pytest.mark.parametrize("n", [15, 30])
def test_skewed_samples_hold_the_truth_94_times_in_100(n):
    rng = np.random.default_rng(3)
    frame = np.where(rng.random(5000) < 0.04, 0.0, 25.0 * rng.binomial(4, 0.88, 5000))
    found = [mean_interval(rng.choice(frame, n)) for _ in range(1000)]
    assert 940 <= sum(e.contains(frame.mean()) for e in found) <= 965


def test_the_same_values_give_the_same_interval_in_any_order():
    assert mean_interval(SKEWED[:50][::-1], 500) == mean_interval(SKEWED[:50], 500)


def test_another_seed_gives_nearly_the_same_interval():
    one, other = mean_interval(SKEWED[:50], seed=1), mean_interval(SKEWED[:50], seed=2)
    assert one != other
    assert one.low == pytest.approx(other.low, abs=1.5)


def test_a_finite_frame_narrows_the_interval():
    assert mean_interval(SKEWED[:50], 100).half_width < 0.8 * mean_interval(SKEWED[:50]).half_width


def test_other_scales_are_bounded_by_their_own_ends():
    found = mean_interval([5.0] * 4, lower=1, upper=5)
    assert (found.low, found.high) == pytest.approx((1 + 4 * 0.510109163545, 5))


def test_missing_values_are_left_out():
    assert mean_interval([80, None, 90, 100, 70, np.nan]).n == 4


def test_impossible_input_is_refused():
    with pytest.raises(ValueError, match="population of 3"):
        mean_interval([1, 2, 3, 4], 3)
    with pytest.raises(ValueError, match=r"0\.\.100"):
        mean_interval([1, 2, 3, 101])
    with pytest.raises(ValueError, match="level"):
        mean_interval([1, 2, 3, 4], level=95)


def test_the_envelope_takes_any_n_from_one():
    assert bounded_mean_wilson([]).value is None
    assert bounded_mean_wilson([50]).low == pytest.approx(5.4621, abs=1e-3)


@pytest.mark.parametrize(("low", "high", "decimals"), [(80, 88, 0), (83, 85, 0), (83.2, 84.9, 1)])
def test_digits_follow_the_half_width(low, high, decimals):
    assert Estimate(84, low, high, 100).decimals == decimals


def test_an_estimate_turns_into_plain_values():
    found = Estimate(84.0, 80.0, 88.0, 10, df=float("inf")).as_dict()
    assert found["value"] == 84.0
    assert found["df"] is None
    assert Estimate(84, 80, 88, 10).contains(88)
    assert not Estimate(84, 80, 88, 10).contains(88.1)

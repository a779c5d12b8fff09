"""The corrected mean: what it is, when it is used, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.quality.change import difference
from evenhand.quality.corrected import (
    active_mean,
    clustered_ppi_mean,
    corrected_draws_estimate,
    corrected_mean,
    corrected_unequal_mean,
    cross_fit,
    cross_ppi_mean,
    greg_mean,
    ppi_change,
    ppi_cost_plan,
    ppi_mean,
    stratified_greg_mean,
    stratified_ppi_mean,
)
from evenhand.quality.estimates import draws_estimate, mean_interval

SIZE = 3000


def world(seed=3, n=60, bias=-8.0, noise=8.0):
    """A frame of human and machine scores, and which pairs were drawn."""
    rng = np.random.default_rng(seed)
    y = np.clip(rng.normal(82, 16, SIZE), 0, 100)
    f = np.clip(y + bias + rng.normal(0, noise, SIZE), 0, 100)
    return y, f, rng.choice(SIZE, n, replace=False)


def corrected(y, f, at, **rest):
    return corrected_mean(y[at], f[at], f.mean(), len(y), **rest)


def two_cells(y, f, at):
    """The same sample in cells of different size and difficulty."""
    cell = (np.arange(SIZE) % 3 == 0).astype(int)
    size = np.bincount(cell)
    return y[at], f[at], cell[at], size, np.bincount(cell, weights=f) / size


def test_the_default_is_greg_with_hc3():
    y, f, at = world()
    found, plain = corrected(y, f, at), greg_mean(y[at], f[at], f.mean(), SIZE)
    same = ("value", "se", "low", "high", "df", "effective_n", "n", "population", "method")
    assert [getattr(found.estimate, k) for k in same] == pytest.approx([getattr(plain.estimate, k) for k in same])
    assert (found.slope[0], found.rho) == pytest.approx((plain.slope, plain.rho))
    assert (found.gain.as_if, found.gain.width) == pytest.approx((plain.gain.as_if, plain.gain.width))
    assert found.used


def test_it_corrects_the_machines_bias_and_is_narrower():
    y, f, at = world()
    found, plain = corrected(y, f, at), mean_interval(y[at], SIZE)
    assert found.machine == pytest.approx(f.mean())
    assert abs(found.estimate.value - y.mean()) < abs(found.machine - y.mean())
    assert found.estimate.half_width < 0.7 * plain.half_width


def test_the_gain_is_counted_in_reviews():
    y, f, at = world(n=107)
    gain = corrected(y, f, at).gain
    assert gain.reviewed == 107
    assert gain.as_if > 200
    assert gain.more == gain.as_if - 107
    assert gain.width < 0.7


def test_calibration_weights_reproduce_the_frame():
    y, f, at = world()
    weights = greg_mean(y[at], f[at], f.mean(), SIZE).weights
    assert weights.sum() == pytest.approx(SIZE)
    assert weights @ f[at] == pytest.approx(f.sum())
    assert weights @ y[at] / SIZE == pytest.approx(greg_mean(y[at], f[at], f.mean(), SIZE).estimate.value)


def test_below_30_reviews_the_reviews_speak_alone():
    y, f, at = world(n=29)
    found = corrected(y, f, at)
    assert (found.reason, found.slope, found.gain) == ("few", (), None)
    assert found.estimate == draws_estimate(y[at], np.zeros(29, int), [SIZE])
    assert corrected(*world(n=30)).used


def test_a_frame_that_is_not_fully_scored_is_not_corrected():
    y, f, at = world()
    assert corrected_mean(y[at], f[at], np.nan, SIZE).reason == "unscored"
    some = f[at].copy()
    some[3] = np.nan
    assert corrected_mean(y[at], some, f.mean(), SIZE).reason == "unscored"
    y, f, cell, size, means = two_cells(*world())
    found = corrected_draws_estimate(y, f, cell, dict(enumerate(size.tolist())), {0: means[0]})
    assert (found.reason, found.machine) == ("unscored", None)


def test_a_machine_that_says_one_thing_is_not_used():
    y, _, at = world()
    found = corrected_mean(y[at], np.full(len(at), 70.0), 70.0, SIZE)
    assert found.reason == "flat"
    assert found.estimate.value == pytest.approx(y[at].mean())


def test_a_slope_that_hangs_on_one_review_is_not_used():
    y, _, at = world()
    f = np.zeros(len(at))
    f[0] = 100.0
    assert corrected_mean(y[at], f, 10.0, SIZE).reason == "flat"


def test_a_machine_that_is_always_right_leaves_no_error_to_see():
    y, _, at = world()
    found = corrected_mean(y[at], y[at] / 2, y.mean() / 2, SIZE)
    assert found.reason == "exact"
    assert found.estimate.low < found.estimate.high


def test_perfect_reviews_keep_the_envelope():
    _, f, at = world()
    found = corrected_mean(np.full(len(at), 100.0), f[at], f.mean(), SIZE)
    assert (found.estimate.value, found.estimate.method, found.estimate.note) == (100, "envelope", "all_equal")
    assert found.estimate.low < 97


def test_everything_reviewed_is_exact():
    y, f, at = world(n=40)
    found = corrected_mean(y[at], f[at], f[at].mean(), 40)
    assert (found.estimate.value, found.estimate.method) == (pytest.approx(y[at].mean()), "census")


def test_a_share_takes_wilsons_interval():
    y, f, at = world()
    found = corrected(np.where(y >= 80, 100.0, 0.0), f, at)
    assert found.used
    assert found.estimate.method == "wilson"
    assert 0 < found.estimate.low < found.estimate.value < found.estimate.high < 100


def test_cells_are_corrected_with_one_slope():
    y, f, cell, size, means = two_cells(*world())
    found = corrected_draws_estimate(y, f, cell, size, means)
    share = size / size.sum()
    by_hand = sum(share[c] * (y[cell == c].mean() + found.slope[0] * (means[c] - f[cell == c].mean())) for c in (0, 1))
    assert found.estimate.value == pytest.approx(by_hand)
    assert (found.estimate.design, found.estimate.n, found.estimate.population) == ("stratified", 60, SIZE)


def test_cells_by_name_and_by_number_agree():
    y, f, cell, size, means = two_cells(*world())
    names = np.array(["a", "b"])
    sizes, by_name = dict(zip("ab", size.tolist(), strict=True)), dict(zip("ab", means, strict=True))
    named = corrected_draws_estimate(y, f, names[cell], sizes, by_name)
    assert named == corrected_draws_estimate(y, f, cell, size, means)


def test_a_weak_cell_is_merged_and_still_corrected():
    y, f, cell, size, means = two_cells(*world())
    cell, size, means = np.append(cell, 2), [*size.tolist(), 50], [*means.tolist(), 60.0]
    chance = {0: 0.02, 1: 0.021, 2: 0.02}
    found = corrected_draws_estimate(np.append(y, 70.0), np.append(f, 65.0), cell, size, means, chance)
    assert found.used
    assert (found.estimate.design, found.estimate.uncovered) == ("hajek", 0)


def test_what_no_draw_could_reach_is_counted_and_needs_no_machine():
    y, f, cell, size, means = two_cells(*world())
    found = corrected_draws_estimate(y, f, cell, [*size.tolist(), 400], [*means.tolist(), np.nan], {0: 0.02, 1: 0.02})
    assert (found.estimate.uncovered, found.estimate.note) == (400, "uncovered")
    assert found.used
    assert found.estimate.value == pytest.approx(corrected_draws_estimate(y, f, cell, size, means).estimate.value)


def test_a_new_version_of_the_machine_has_a_slope_of_its_own():
    y, f, at = world(n=120)
    version = np.arange(SIZE) % 2
    f = np.where(version == 1, 0.3 * f + 60, f)
    size = np.bincount(version)
    given = y[at], f[at], version[at], size, np.bincount(version, weights=f) / size
    apart = corrected_draws_estimate(*given, slope_group=["v1", "v2"])
    together = corrected_draws_estimate(*given)
    assert len(apart.slope) == 2
    assert apart.slope[1] > 2 * apart.slope[0]
    assert apart.estimate.half_width < together.estimate.half_width


def test_a_version_with_few_reviews_joins_the_largest():
    y, f, cell, size, means = two_cells(*world(n=60))
    assert np.bincount(cell).min() < 30
    found = corrected_draws_estimate(y, f, cell, size, means, slope_group=["v1", "v2"])
    assert len(found.slope) == 1


def test_further_columns_need_twenty_reviews_each():
    y, f, at = world(n=49)
    both = np.stack([f, np.cos(f)], axis=1)
    assert corrected_mean(y[at], both[at], both.mean(axis=0), SIZE).reason == "few"
    y, f, at = world(n=50)
    both = np.stack([f, np.cos(f)], axis=1)
    assert len(corrected_mean(y[at], both[at], both.mean(axis=0), SIZE).slope) == 2


def test_a_column_that_repeats_another_changes_nothing():
    y, f, at = world()
    twice = np.stack([f, 3 * f + 1], axis=1)
    once, found = corrected(y, f, at), corrected_mean(y[at], twice[at], twice.mean(axis=0), SIZE)
    assert found.estimate.value == pytest.approx(once.estimate.value)
    assert found.estimate.se == pytest.approx(once.estimate.se)


def test_two_corrected_periods_can_be_compared():
    first, second = corrected(*world(1)), corrected(*world(2))
    change = difference(first.estimate, second.estimate)
    assert change.low < change.value < change.high


def test_unequal_chances_with_one_chance_are_a_simple_sample():
    y, f, at = world()
    simple = greg_mean(y[at], f[at], f.mean(), SIZE)
    found = active_mean(f, np.full(SIZE, 60 / SIZE), at, y[at])
    assert (found.value, found.se) == pytest.approx((simple.estimate.value, simple.se_hc3))


def test_pairs_with_chances_of_their_own_are_corrected_by_the_same_rules():
    y, f, _ = world()
    chance = np.where(f < 70, 0.05, 0.015)
    at = np.flatnonzero(np.random.default_rng(5).random(SIZE) < chance)
    given = y[at], f[at], chance[at]
    found, textbook = corrected_unequal_mean(*given, f.mean(), SIZE), active_mean(f, chance, at, y[at])
    assert (found.estimate.value, found.estimate.se) == pytest.approx((textbook.value, textbook.se))
    assert (found.estimate.design, found.used) == ("unequal", True)
    assert found.gain.more > 0
    assert corrected_unequal_mean(*given, np.nan, SIZE).reason == "unscored"
    few = corrected_unequal_mean(*(a[:20] for a in given), f.mean(), SIZE)
    assert (few.reason, few.estimate.design) == ("few", "hajek")
    assert corrected_unequal_mean(y[at], np.full(len(at), 5.0), chance[at], 5.0, SIZE).reason == "flat"
    assert corrected_unequal_mean(np.full(len(at), 100.0), *given[1:], f.mean(), SIZE).estimate.low < 99


def test_equal_chances_are_a_simple_draw():
    y, f, at = world()
    found = corrected_unequal_mean(y[at], f[at], np.full(60, 60 / SIZE), f.mean(), SIZE)
    simple = corrected(y, f, at)
    assert (found.estimate.low, found.estimate.high, found.rho) == pytest.approx(
        (simple.estimate.low, simple.estimate.high, simple.rho)
    )


def test_strata_as_one_are_a_simple_sample():
    y, f, at = world()
    found = stratified_greg_mean(y[at], f[at], ["all"] * 60, f.mean(), {"all": SIZE})
    simple = greg_mean(y[at], f[at], f.mean(), SIZE)
    assert (found.value, found.se) == pytest.approx((simple.estimate.value, simple.se_survey))


def test_without_an_intercept_a_compressed_scale_costs_more():
    y, f, at = world(n=200)
    flat = 0.1 * f + 20
    chance = np.full(SIZE, 200 / SIZE)
    assert active_mean(flat, chance, at, y[at], form="asi").se > 1.2 * active_mean(flat, chance, at, y[at]).se


def line(x, y):
    slope, level = np.polyfit(x, y, 1)
    return lambda new: level + slope * new


def test_cross_fitting_never_scores_a_review_by_a_machine_that_saw_it():
    seen = []

    def train(x, y):
        seen.append(set(x.tolist()))
        return lambda new: np.where([v in seen[-1] for v in new.tolist()], 0.0, 1.0)

    x = np.arange(40.0)
    found = cross_fit(train, x, x, np.arange(100.0), k=4)
    assert found.reviewed.tolist() == [1.0] * 40
    assert sorted(len(s) for s in seen) == [30] * 4
    assert found.rest.shape == (100, 4)


def test_cross_fitted_scores_give_an_estimate():
    y, f, at = world(n=100)
    found = cross_fit(line, f[at], y[at], f)
    estimate = cross_ppi_mean(y[at], found.reviewed, found.rest)
    assert estimate.contains(y.mean())
    assert corrected_mean(y[at], found.reviewed, found.rest.mean(), SIZE).used


def test_a_useless_machine_is_not_bought():
    rng = np.random.default_rng(1)
    y, noise = rng.normal(80, 10, 300), rng.normal(80, 10, 300)
    plan = ppi_cost_plan(y, noise, 1.0, 0.5, 100)
    assert (plan.n, plan.m, plan.effective_n) == (100, 0, 100)
    good = ppi_cost_plan(y, y + rng.normal(0, 5, 300), 1.0, 0.01, 100)
    assert good.cost < 80
    assert good.m > 0


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: greg_mean([1, 2], [1, 2], 1, 10), "three reviews"),
        (lambda: greg_mean([1, 2, 3], [1, 2, 3], 1, 2), "frame of 2"),
        (lambda: greg_mean([1, 2, np.nan], [1, 2, 3], 1, 9), "missing"),
        (lambda: greg_mean([1, 2, 3], [1, 2, 3], np.nan, 9), "must be a number"),
        (lambda: greg_mean([1, 2, 3], [1, 2], 1, 9), "one length"),
        (lambda: ppi_mean([1], [1], [1, 2]), "Two reviewed"),
        (lambda: ppi_mean([1, 2], [1, 2], [1, 2], form="best"), "form must be"),
        (lambda: stratified_ppi_mean([1, 2], [1, 2], list("aa"), [1, 2], list("ab"), {"a": 4}), "differ"),
        (lambda: stratified_greg_mean([1, 2, 3], [1, 2, 3], list("aab"), 1, {"a": 4, "b": 4}), "two reviews"),
        (lambda: clustered_ppi_mean([1, np.nan, 3, 4], [1, 2, 3, 4], [0, 0, 1, 1]), "in part"),
        (lambda: cross_ppi_mean([1, 2], [1, 2], [1, 2]), "one column a fold"),
        (lambda: active_mean([1, 2, 3], [0.5, 0.5, 0], [0, 1, 2], [1, 2, 3]), "above 0"),
        (lambda: active_mean([1, 2, 3], [0.5, 0.5, 1], [0, 1, 1], [1, 2, 3]), "twice"),
        (lambda: active_mean([1, 2, 3], [0.5, 0.5, 1], [0, 1, 3], [1, 2, 3]), "places"),
        (lambda: corrected_mean([1, 2, 101], [1, 2, 3], 2, 10), "must lie in 0..100"),
        (lambda: corrected_mean([1, 2, 3], [1, 2], 2, 10), "f must be"),
        (lambda: corrected_draws_estimate([1, 2, 3], [1, 2, 3], [0, 0, 0], [9], [1, 2]), "one row for each"),
        (lambda: corrected_draws_estimate([1, 2, 3], [1, 2, 3], [0, 0, 0], [9], [[1, 2]]), "1 columns"),
        (lambda: corrected_draws_estimate([1.0], [1], [0], [9], [1], slope_group="ab"), "2 entries"),
        (lambda: ppi_cost_plan([1, 2, 3], [1, 2, 4], 1, 0, 10), "above 0"),
        (lambda: ppi_cost_plan([1, 2, 3], [5, 5, 5], 1, 1, 10), "all scores are equal"),
        (lambda: ppi_change(mean_interval([1.0]), mean_interval([1.0])), "need a number"),
        (lambda: cross_fit(line, [1, 2], [1, 2], [1], k=5), "5 folds"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()

"""The IQS: estimates from one or several random draws."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.quality.estimates import draws_estimate, mean_interval, stratified_mean, survey_stratified

Y = np.array([100, 80, 60, 90, 100, 0, 70, 85, 95, 100, 40, 90], dtype=float)
CELL = ["a"] * 5 + ["b"] * 4 + ["c"] * 3
FRAME = {"a": 50, "b": 30, "c": 20}


def test_one_cell_is_a_simple_random_sample():
    found, plain = draws_estimate(Y, np.zeros(12, int), [200], [0.06] * 12), mean_interval(Y, 200)
    assert (found.value, found.low, found.high) == pytest.approx((plain.value, plain.low, plain.high))
    assert found.design == "simple"


def test_cells_are_weighted_by_their_size():
    found = draws_estimate(Y, CELL, FRAME)
    means = Y[:5].mean(), Y[5:9].mean(), Y[9:].mean()
    assert found.value == pytest.approx(0.5 * means[0] + 0.3 * means[1] + 0.2 * means[2])
    assert (found.design, found.population, found.n) == ("stratified", 100, 12)


def test_its_standard_error_is_the_textbook_one():
    found, textbook = draws_estimate(Y, CELL, FRAME), survey_stratified(Y, CELL, FRAME)
    assert found.value == pytest.approx(textbook.value)
    assert found.se == pytest.approx(textbook.se)
    assert stratified_mean(Y, CELL, FRAME) == found


def test_two_overlapping_draws_are_unbiased_by_their_signatures():
    # Agent b was drawn from twice; the plain mean leans to b, the estimate does not.
    y = np.array([100, 90, 100, 80, 95, 20, 30, 25, 10, 15, 40, 35, 20], dtype=float)
    cell = [("team",)] * 5 + [("team", "b")] * 8
    found = draws_estimate(y, cell, {("team",): 90, ("team", "b"): 10})
    assert found.value == pytest.approx(0.9 * y[:5].mean() + 0.1 * y[5:].mean())
    assert y.mean() < 60 < 85 < found.value


def test_a_cell_of_one_is_merged_with_the_nearest_probability():
    y = np.append(Y, 50.0)
    frame, chance = FRAME | {"d": 10}, {"a": 0.1, "b": 0.13, "c": 0.15, "d": 0.12}
    found = draws_estimate(y, [*CELL, "d"], frame, chance)
    w = np.array([1 / 0.13] * 4 + [1 / 0.12])
    bd = float(w @ np.append(Y[5:9], 50.0) / w.sum())
    assert found.value == pytest.approx((50 * Y[:5].mean() + 40 * bd + 20 * Y[9:].mean()) / 110)
    assert (found.design, found.uncovered) == ("hajek", 0)


def test_merging_everything_is_the_hajek_mean():
    y, pi = Y[:6], np.array([0.05, 0.06, 0.07, 0.2, 0.21, 0.5])
    cells = dict.fromkeys(range(6), 10)
    found = draws_estimate(y[:3], [0, 1, 2], {0: 10, 1: 10, 2: 10}, pi[:3])
    assert found.value is None
    found = draws_estimate(y, range(6), cells, pi)
    assert found.design == "hajek"
    assert 0 < found.value < 100


def test_a_wholly_reviewed_cell_of_one_stands_alone():
    found = draws_estimate(np.append(Y, 50.0), [*CELL, "d"], FRAME | {"d": 1})
    means = 50 * Y[:5].mean() + 30 * Y[5:9].mean() + 20 * Y[9:].mean() + 50.0
    assert found.value == pytest.approx(means / 101)
    assert found.design == "stratified"


def test_pairs_that_no_draw_could_reach_are_uncovered():
    found = draws_estimate(Y, CELL, FRAME | {"late": 40}, {"a": 0.1, "b": 0.13, "c": 0.15})
    assert (found.uncovered, found.population, found.note) == (40, 140, "uncovered")
    assert found.value == draws_estimate(Y, CELL, FRAME).value


def test_an_empty_cell_that_a_draw_could_reach_is_merged():
    chance = {"a": 0.1, "b": 0.13, "c": 0.15, "empty": 0.14}
    found = draws_estimate(Y, CELL, FRAME | {"empty": 40}, chance)
    assert (found.uncovered, found.population, found.design) == (0, 140, "hajek")


def test_without_cell_probabilities_every_empty_cell_is_uncovered():
    assert draws_estimate(Y, CELL, FRAME | {"empty": 40}, [0.1] * 12).uncovered == 40


def test_few_effective_reviews_take_the_envelope():
    # Nearly all the weight lies on six reviews of one agent.
    cell = ["big"] * 6 + ["small"] * 6
    found = draws_estimate(Y, cell, {"big": 4000, "small": 20})
    assert found.effective_n < 10
    assert found.method == "envelope"


def test_equal_values_take_the_envelope_and_say_so():
    found = draws_estimate([100.0] * 12, CELL, FRAME)
    assert (found.value, found.note, found.method) == (100, "all_equal", "envelope")
    assert found.low < 80


def test_everything_reviewed_is_exact():
    found = draws_estimate(Y, CELL, {"a": 5, "b": 4, "c": 3})
    assert (found.value, found.low, found.high, found.method) == (Y.mean(), Y.mean(), Y.mean(), "census")


def test_three_pairs_are_no_number():
    found = draws_estimate([1, 2, 3], ["a", "a", "b"], {"a": 10, "b": 20, "c": 5})
    assert (found.value, found.n, found.note) == (None, 3, "too_few")


def test_nothing_reviewed_is_no_number():
    found = draws_estimate([], [], FRAME, {"a": 0.1, "b": 0.1, "c": 0.1})
    assert (found.value, found.n, found.population) == (None, 0, 100)


def test_a_pass_rate_uses_the_same_weights():
    found = draws_estimate(np.where(Y >= 80, 100.0, 0.0), CELL, FRAME)
    assert found.method == "wilson"
    assert found.value == pytest.approx(50 * 0.8 + 30 * 0.5 + 20 * 2 / 3)


@pytest.mark.parametrize(
    ("cell", "frame", "chance", "says"),
    [
        (["z"] * 12, FRAME, None, "no cell 'z'"),
        (CELL, FRAME | {"c": 2}, None, "holds 2 pairs, but 3"),
        (CELL, FRAME, [0.0] * 12, "probability"),
        (CELL, FRAME, {"a": 0.1, "b": 0.1, "c": 1.5}, "probability"),
        (CELL[:5], FRAME, None, "5 entries"),
    ],
)
def test_a_sample_that_does_not_fit_its_frame_is_refused(cell, frame, chance, says):
    with pytest.raises(ValueError, match=says):
        draws_estimate(Y, cell, frame, chance)

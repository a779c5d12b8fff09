"""What must hold for every sample."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.estimates import draws_estimate, mean_interval, proportion_interval, wilson_interval

from .strategies import score_lists, steady, stratified_samples


def flat(strata):
    y = [v for values, _ in strata.values() for v in values]
    cell = [h for h, (values, _) in strata.items() for _ in values]
    return y, cell, {h: size for h, (_, size) in strata.items()}


def same(one, other):
    fields = ("value", "low", "high", "se", "effective_n")
    assert [getattr(one, f) for f in fields] == pytest.approx([getattr(other, f) for f in fields], abs=1e-6)
    assert (one.n, one.population, one.method, one.note) == (other.n, other.population, other.method, other.note)


@steady
@given(score_lists, st.none() | st.integers(0, 200))
def test_an_interval_holds_its_mean_and_stays_on_the_scale(values, extra):
    found = mean_interval(values, None if extra is None else len(values) + extra)
    assert 0 <= found.low <= found.value <= found.high <= 100
    assert found.value == pytest.approx(np.mean(values), abs=1e-9)


@steady
@given(stratified_samples())
def test_a_drawn_interval_holds_its_mean_and_stays_within_reach(strata):
    y, cell, frame = flat(strata)
    found = draws_estimate(y, cell, frame)
    total = sum(frame.values())
    assert found.low <= found.value <= found.high
    assert found.low >= sum(y) / total - 1e-9 or found.low == found.value
    assert found.high <= (sum(y) + 100 * (total - len(y))) / total + 1e-9 or found.high == found.value


@steady
@given(stratified_samples(), st.randoms(use_true_random=False))
def test_names_and_order_play_no_part(strata, random):
    y, cell, frame = flat(strata)
    rows = list(zip(y, cell, strict=True))
    random.shuffle(rows)
    order = list(frame)
    random.shuffle(order)
    renamed = draws_estimate([v for v, _ in rows], [("x", h) for _, h in rows], {("x", h): frame[h] for h in order})
    plain = draws_estimate(y, cell, frame)
    assert renamed.value == pytest.approx(plain.value)
    assert renamed.se == pytest.approx(plain.se)


@steady
@given(score_lists, st.integers(0, 100))
def test_the_unit_of_probability_plays_no_part_for_one_draw(values, extra):
    cell, size = np.zeros(len(values), int), [len(values) + extra]
    same(draws_estimate(values, cell, size, [0.2] * len(values)), mean_interval(values, len(values) + extra))


@steady
@given(stratified_samples(), st.integers(2, 5))
def test_a_stratum_split_in_identical_halves_keeps_its_mean(strata, times):
    y, cell, frame = flat(strata)
    y2, cell2 = y * times, [f"{h}{k}" for k in range(times) for h in cell]
    frame2 = {f"{h}{k}": size for k in range(times) for h, size in frame.items()}
    assert draws_estimate(y2, cell2, frame2).value == pytest.approx(draws_estimate(y, cell, frame).value)


@steady
@given(stratified_samples())
def test_mirrored_scores_give_the_mirrored_mean_and_the_same_error(strata):
    y, cell, frame = flat(strata)
    plain, mirrored = draws_estimate(y, cell, frame), draws_estimate([100 - v for v in y], cell, frame)
    assert mirrored.value == pytest.approx(100 - plain.value)
    assert mirrored.se == pytest.approx(plain.se)


@steady
@given(st.lists(st.sampled_from([0.0, 25, 50, 75, 90, 100]), min_size=4, max_size=9))
def test_the_envelope_narrows_as_the_same_scores_come_again(values):
    once = mean_interval(values, level=0.95)
    more = mean_interval(values * 12)
    assert more.half_width < once.half_width


@steady
@given(score_lists, st.sampled_from([0.5, 0.8, 0.9]))
def test_a_lower_level_is_never_wider(values, level):
    assert mean_interval(values, level=level).half_width <= mean_interval(values).half_width + 1e-9


@steady
@given(st.integers(0, 50), st.integers(1, 50), st.integers(2, 6))
def test_a_share_of_more_answers_is_narrower(x, n, times):
    x = min(x, n)
    once, more = proportion_interval(x, n), proportion_interval(times * x, times * n)
    assert more.value == pytest.approx(once.value)
    assert more.half_width < once.half_width
    assert once.low <= once.value <= once.high


@steady
@given(st.floats(0, 1), st.floats(1, 500))
def test_wilsons_interval_is_mirrored_with_its_share(p, n):
    low, high = wilson_interval(p, n)
    assert wilson_interval(1 - p, n) == pytest.approx((1 - high, 1 - low), abs=1e-9)

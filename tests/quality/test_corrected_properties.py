"""What must hold for every corrected mean, whatever the machine says."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.quality.corrected import active_mean, corrected_draws_estimate, corrected_mean, greg_mean, ppi_mean

from .strategies import steady

few = settings(steady, max_examples=30)
marks = st.sampled_from([0.0, 12.5, 40.0, 60.0, 75.0, 90.0, 100.0])
machine = st.one_of(marks, st.floats(-50, 150).map(lambda x: round(x, 2)))


@st.composite
def drawn(draw, cells=3):
    """A sample in cells with the frame's sizes and machine means: y, f, cell, size, f_mean."""
    n = draw(st.integers(30, 45))
    y = np.array(draw(st.lists(marks, min_size=n, max_size=n)))
    f = np.array(draw(st.lists(machine, min_size=n, max_size=n)))
    cell = np.arange(n) % draw(st.integers(1, cells))
    count = np.bincount(cell)
    size = count + np.array(draw(st.lists(st.integers(0, 300), min_size=len(count), max_size=len(count))))
    means = draw(st.lists(st.floats(0, 100), min_size=len(count), max_size=len(count)))
    return y, f, cell, size, np.array(means)


def numbers(found):
    estimate = found.estimate
    return [estimate.value, estimate.low, estimate.high, estimate.se, estimate.df]


@few
@given(drawn())
def test_every_number_is_finite_and_on_the_scale(given):
    found = corrected_draws_estimate(*given)
    assert 0 <= found.estimate.low <= found.estimate.value <= found.estimate.high <= 100
    rest = [found.estimate.se, found.machine, *found.slope, found.rho or 0.0, found.effective_n or 0.0]
    assert all(math.isfinite(x) for x in rest)
    assert (found.gain is None) or found.gain.as_if <= found.estimate.population


@few
@given(drawn(), st.randoms(use_true_random=False))
def test_names_and_order_play_no_part(given, random):
    y, f, cell, size, means = given
    rows = list(zip(y, f, cell, strict=True))
    random.shuffle(rows)
    sizes = {("c", c): int(size[c]) for c in reversed(range(len(size)))}
    renamed = corrected_draws_estimate(
        [r[0] for r in rows], [r[1] for r in rows], [("c", r[2]) for r in rows],
        sizes, {key: means[key[1]] for key in sizes},
    )  # fmt: skip
    plain = corrected_draws_estimate(*given)
    assert renamed.reason == plain.reason
    if plain.used:
        assert numbers(renamed) == pytest.approx(numbers(plain), rel=1e-6, abs=1e-6)


@few
@given(drawn(), st.sampled_from([1e-9, 0.03, 7.0, 1e9]), st.floats(-5, 5), st.booleans())
def test_the_machines_scale_plays_no_part(given, factor, shift, mirrored):
    y, f, cell, size, means = given
    factor = -factor if mirrored else factor
    plain = corrected_draws_estimate(*given)
    scaled = corrected_draws_estimate(y, factor * (f + shift), cell, size, factor * (means + shift))
    if plain.used and scaled.used:
        assert numbers(scaled) == pytest.approx(numbers(plain), rel=1e-5, abs=1e-5)


@few
@given(drawn(cells=1), st.floats(0.001, 50))
def test_the_unit_of_the_scores_scales_the_answer(given, factor):
    y, f, _, size, means = given
    plain = greg_mean(y, f, means[0], int(size[0]))
    scaled = greg_mean(factor * y, factor * f, factor * means[0], int(size[0]))
    assert scaled.estimate.value == pytest.approx(factor * plain.estimate.value, rel=1e-6, abs=1e-6)
    assert scaled.estimate.se == pytest.approx(factor * plain.estimate.se, rel=1e-6, abs=1e-6)


@few
@given(drawn(), st.integers(2, 3))
def test_splitting_cells_into_equal_parts_keeps_the_mean(given, times):
    y, f, cell, size, means = given
    plain = corrected_draws_estimate(np.tile(y, times), np.tile(f, times), np.tile(cell, times), times * size, means)
    parts = np.concatenate([cell + k * len(size) for k in range(times)])
    split = corrected_draws_estimate(
        np.tile(y, times), np.tile(f, times), parts, np.tile(size, times), np.tile(means, times)
    )  # fmt: skip
    if plain.used and split.used and "census" not in (plain.estimate.method, split.estimate.method):
        assert split.estimate.value == pytest.approx(plain.estimate.value, abs=1e-6)


@few
@given(drawn(cells=1))
def test_mirrored_scores_give_the_mirrored_answer(given):
    y, f, cell, size, means = given
    plain = corrected_draws_estimate(y, f, cell, size, means)
    mirrored = corrected_draws_estimate(100 - y, f, cell, size, means)
    if plain.used:
        assert mirrored.estimate.value == pytest.approx(100 - plain.estimate.value, abs=1e-6)
        assert mirrored.estimate.low == pytest.approx(100 - plain.estimate.high, abs=1e-6)


@few
@given(drawn(cells=1))
def test_all_forms_survive_every_machine(given):
    y, f, _, _, means = given
    for form in ("plain", "clipped", "unclipped"):
        found = ppi_mean(y, f, [*f, *means, 50.0], form=form)
        assert np.isfinite([found.low, found.high]).all()
    frame = np.concatenate([f, np.full(len(f), means[0])])
    for form in ("greg", "greg_survey", "asi", "asi_plain", "horvitz_thompson"):
        found = active_mean(frame, np.linspace(0.1, 1.0, len(frame)), np.arange(len(f)), y, form=form)
        assert np.isfinite([found.value, found.se]).all()


def replicated(noise, n, times=300, seed=11):
    """Coverage and mean half-width of corrected intervals of one frame."""
    rng = np.random.default_rng(seed)
    y = np.clip(rng.normal(80, 15, 5000), 0, 100)
    f = rng.normal(50, 20, 5000) if noise is None else y - 9 + rng.normal(0, noise, 5000)
    found = []
    for _ in range(times):
        at = rng.choice(5000, n, replace=False)
        estimate = corrected_mean(y[at], f[at], f.mean(), 5000).estimate
        found.append((estimate.contains(y.mean()), estimate.half_width))
    return np.mean(found, axis=0)


def test_a_bad_machine_only_costs_width():
    useless, poor, good = replicated(None, 50), replicated(25, 50), replicated(5, 50)
    assert min(useless[0], poor[0], good[0]) > 0.91
    assert good[1] < poor[1] < useless[1]


def test_more_reviews_narrow_the_interval_as_their_root():
    few, many = replicated(10, 40, 100), replicated(10, 160, 100)
    assert many[1] == pytest.approx(few[1] / 2, rel=0.15)

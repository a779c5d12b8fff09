"""Small areas: a line through the machine's means, and what the reviews say against it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.fay_herriot import fay_herriot

from .strategies import steady


def world(seed=1, m=30, spread=4.0, error=9.0):
    rng = np.random.default_rng(seed)
    x = rng.normal(70, 6, m)
    return 10 + x + rng.normal(0, spread, m) + rng.normal(0, np.sqrt(error), m), np.full(m, error), x


def test_an_area_with_a_large_error_leans_on_the_line():
    direct, variance, x = world()
    variance[0] = 400.0
    fit = fay_herriot(direct, variance, x)
    assert fit.gamma[0] < fit.gamma[1:].min()
    assert abs(fit.value[0] - fit.fitted[0]) < 0.2 * abs(direct[0] - fit.fitted[0])


def test_the_doubt_about_the_spread_enlarges_the_error():
    fit = fay_herriot(*world())
    assert (fit.mse > fit.se**2).all()


def test_without_any_spread_reml_says_zero_and_the_adjusted_likelihood_does_not():
    direct = 80 + np.tile([0.1, -0.1], 10)
    assert fay_herriot(direct, np.full(20, 9.0)).tau2 == 0.0
    assert fay_herriot(direct, np.full(20, 9.0), method="adjusted").tau2 > 0.1


def test_a_covariate_that_repeats_the_intercept_is_left_out():
    direct, variance, x = world()
    assert fay_herriot(direct, variance, np.ones(30)).beta[1] == 0.0
    twice = fay_herriot(direct, variance, np.stack([x, 2 * x + 3], axis=1))
    assert twice.value == pytest.approx(fay_herriot(direct, variance, x).value, abs=1e-6)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (([1, 2, 3], [1, 2]), "one length"),
        (([1, 2, 3], [1, 2, 0]), "above 0"),
        (([1, 2], [1, 2], [3, 4]), "cannot carry"),
        (([1, 2, 3], [1, 2, 3], [1, np.nan, 3]), "missing"),
        (([1, 2, 3], [1, 2, 3], [1, 2]), "shape"),
    ],
)
def test_what_cannot_be_is_refused(given, says):
    with pytest.raises(ValueError, match=says):
        fay_herriot(*given)


areas = st.lists(st.tuples(st.floats(0, 100), st.floats(0.01, 500), st.floats(0, 100)), min_size=4, max_size=15)


@steady
@given(areas, st.floats(0.01, 100))
def test_units_scale_and_values_lie_between_line_and_reviews(rows, factor):
    direct, variance, x = (np.array(column) for column in zip(*rows, strict=True))
    fit = fay_herriot(direct, variance, x)
    low, high = np.minimum(direct, fit.fitted), np.maximum(direct, fit.fitted)
    assert ((fit.value >= low - 1e-9) & (fit.value <= high + 1e-9)).all()
    assert np.isfinite(fit.mse).all()
    scaled = fay_herriot(factor * direct, factor**2 * variance, x)
    assert scaled.value == pytest.approx(factor * fit.value, rel=1e-3, abs=1e-3 * factor)

"""A promise about machine ratings is kept as often as it says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.selective import (
    certify_agreement,
    certify_errors,
    certify_without_errors,
    conformal_interval,
    hoeffding_bentkus_p,
    selective_threshold,
    thresholds_by_coverage,
)

from .strategies import steady

pairs = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=80)


def reviewed(rng, n):
    """A machine that is right 60 to 99 times of 100, and knows about how often."""
    confidence = rng.uniform(0.6, 0.99, n)
    return confidence, (rng.uniform(size=n) < confidence).astype(int)


def test_the_promise_breaks_no_more_often_than_delta():
    rng = np.random.default_rng(1)
    everything = rng.uniform(0.6, 0.99, 4000)
    found = [certify_agreement(*reviewed(rng, 300), everything, alpha=0.1, delta=0.1) for _ in range(300)]
    # Above t the true agreement is the mean of what is left of the scale.
    broken = sum(cert.holds and (cert.threshold + 0.99) / 2 < 0.9 for cert in found)
    kept = sum(cert.holds for cert in found)
    assert broken / 300 <= 0.1
    assert kept / 300 > 0.3


def test_the_sequence_stops_at_the_first_failure():
    confidence = [0.9] * 40 + [0.8] * 40 + [0.7] * 400
    agrees = [1] * 40 + [0] * 40 + [1] * 400
    found = selective_threshold(confidence, agrees, [0.7, 0.8, 0.9], target=0.85, delta=0.05)
    assert found.p[0] < 0.05 < found.p[1]
    assert found.fixed_sequence == (0.9,)
    assert found.bonferroni == (0.7, 0.9)
    assert found.chosen == 0.9


def test_a_threshold_that_nothing_reaches_proves_nothing():
    found = selective_threshold([0.5], [1], [0.9], target=0.5)
    assert (found.accepted, found.p, found.lower, found.chosen) == ((0,), (1.0,), (0.0,), None)


@steady
@given(pairs, st.floats(0.5, 0.95))
def test_counts_do_not_depend_on_order_and_fall_with_the_threshold(items, target):
    confidence, agrees = [c for c, _ in items], [int(a) for _, a in items]
    grid = [0.2, 0.5, 0.8]
    found = selective_threshold(confidence, agrees, grid, target)
    assert found == selective_threshold(confidence[::-1], agrees[::-1], grid, target)
    assert list(found.accepted) == [sum(c >= t for c in confidence) for t in grid]
    assert list(found.agreeing) == [sum(a for c, a in items if c >= t) for t in grid]


@steady
@given(st.lists(st.floats(0, 1), min_size=1, max_size=200))
def test_thresholds_let_at_least_their_share_stand(confidence):
    found = thresholds_by_coverage(confidence, (0.3, 0.6, 1.0))
    stand = [np.mean(np.array(confidence) >= threshold) for threshold in found]
    assert stand == sorted(stand)
    assert stand[0] >= 0.3 - 1e-9
    assert stand[-1] == 1


def test_a_certificate_says_what_it_rests_on():
    found = certify_agreement([0.9] * 60 + [0.5] * 40, [1] * 60 + [0] * 40, [0.9] * 3 + [0.5] * 7, alpha=0.1)
    assert (found.promise, found.threshold, found.coverage) == ("agreement", 0.9, 0.3)
    assert (found.n, found.accepted, found.errors, found.alpha, found.delta) == (100, 60, 0, 0.1, 0.05)


@pytest.mark.parametrize(("n", "errors", "holds"), [(59, 0, True), (58, 0, False), (200, 1, False)])
def test_no_error_in_enough_checks_is_a_certificate(n, errors, holds):
    agrees = [0] * errors + [1] * (n - errors)
    found = certify_without_errors([0.9] * n, agrees, [0.9, 0.2], 0.9, alpha=0.05)
    assert (found.holds, found.coverage) == (holds, 0.5 if holds else 0.0)


def test_risk_control_keeps_its_share_of_all_ratings_on_average():
    rng = np.random.default_rng(2)
    everything = rng.uniform(0.6, 0.99, 1000)
    found = [certify_errors(*reviewed(rng, 200), everything, alpha=0.05) for _ in range(200)]
    # Errors among all: the integral of 1 - c above the threshold.
    risk = [((1 - c.threshold) ** 2 - 0.01**2) / 2 / 0.39 if c.holds else 0.0 for c in found]
    assert np.mean(risk) <= 0.05
    assert np.mean([c.coverage for c in found]) > 0.2


def test_risk_control_promises_nothing_from_too_few():
    assert not certify_errors([0.9] * 5, [1] * 5, [0.9], alpha=0.05).holds
    assert certify_errors([0.9] * 20, [1] * 20, [0.9], alpha=0.05).holds


def test_conformal_intervals_hold_new_scores_as_often_as_they_say():
    rng = np.random.default_rng(3)
    held = []
    for _ in range(400):
        low, high = conformal_interval(rng.normal(0, 8, 30), [80.0], 0.9)[0]
        held.append(low <= 80 + rng.normal(0, 8) <= high)
    assert np.mean(held) == pytest.approx(0.9, abs=5 * np.sqrt(0.09 / 400))


def test_an_interval_from_too_few_is_the_whole_scale():
    assert conformal_interval([1.0, 2.0], [80.0], 0.9, lower=0, upper=100).tolist() == [[0, 100]]


def test_bounds_for_losses_of_any_size_are_wider():
    assert hoeffding_bentkus_p(0.02, 200, 0.1, binary=False) > hoeffding_bentkus_p(0.02, 200, 0.1)
    assert hoeffding_bentkus_p(0.2, 200, 0.1, binary=False) == 1


@pytest.mark.parametrize(
    "call",
    [
        lambda: selective_threshold([0.5], [0.5], [0.5], 0.9),
        lambda: selective_threshold([0.5], [1, 0], [0.5], 0.9),
        lambda: selective_threshold([0.5], [1], [0.5], 1.0),
        lambda: thresholds_by_coverage([]),
        lambda: conformal_interval([1.0], [1.0], 1.0),
    ],
)
def test_what_cannot_be_asked_is_refused(call):
    with pytest.raises(ValueError):
        call()

"""Textbook estimators: what they refuse, and how they meet each other."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.quality.estimates import (
    hajek_mean,
    horvitz_thompson_total,
    kish_effective_n,
    survey_srs,
    survey_stratified,
)

Y = np.array([100, 80, 60, 90, 100, 0, 70, 85], dtype=float)


@pytest.mark.parametrize("variance", ["wr", "brewer", "poisson"])
def test_equal_probabilities_give_the_plain_mean(variance):
    assert hajek_mean(Y, [0.1] * 8, variance=variance).value == pytest.approx(Y.mean())


def test_equal_probabilities_without_replacement_give_the_simple_standard_error():
    found = hajek_mean(Y, [0.1] * 8)
    assert found.se == pytest.approx(survey_srs(Y, 80).se)


def test_adding_a_constant_moves_hajek_by_it_and_horvitz_thompson_by_more():
    pi = np.linspace(0.05, 0.4, 8)
    assert hajek_mean(Y + 10, pi).value == pytest.approx(hajek_mean(Y, pi).value + 10)
    moved = horvitz_thompson_total(Y + 10, pi)[0] - horvitz_thompson_total(Y, pi)[0]
    assert moved == pytest.approx(10 * (1 / pi).sum())


def test_one_stratum_is_a_simple_sample():
    found, simple = survey_stratified(Y, ["a"] * 8, {"a": 80}), survey_srs(Y, 80)
    assert (found.value, found.se, found.low) == pytest.approx((simple.value, simple.se, simple.low))


def test_unequal_weights_are_worth_fewer_units():
    assert kish_effective_n([1, 1, 1, 1]) == 4
    assert kish_effective_n([3, 1, 1, 1]) == 3
    assert kish_effective_n([]) == 0


def test_what_cannot_be_estimated_is_refused():
    with pytest.raises(ValueError, match="two units"):
        survey_srs([1.0])
    with pytest.raises(ValueError, match="differ"):
        survey_stratified(Y, ["a"] * 8, {"a": 80, "b": 10})
    with pytest.raises(ValueError, match="above 0"):
        hajek_mean(Y, [0.0] * 8)
    with pytest.raises(ValueError, match="variance must be"):
        hajek_mean(Y, [0.1] * 8, variance="jackknife")
    with pytest.raises(ValueError, match="missing"):
        survey_srs([1.0, None])

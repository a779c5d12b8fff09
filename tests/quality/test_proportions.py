"""Shares and many comparisons; the digits are checked by the golden files."""

from __future__ import annotations

import pytest

from evenhand.quality.estimates import (
    fisher_exact_p,
    proportion_ci,
    proportion_diff_ci,
    proportion_interval,
    wilson_interval,
)
from evenhand.quality.multiplicity import adjust_pvalues


def test_the_printed_example_of_newcombe():
    found = proportion_diff_ci(56, 70, 48, 80)
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)


def test_one_answer_has_an_interval_and_none_has_no_number():
    assert proportion_interval(1, 1).low == pytest.approx(20.6543, abs=1e-3)
    assert proportion_interval(0, 0).value is None


def test_a_whole_frame_is_exact():
    found = proportion_interval(3, 4, 4)
    assert (found.low, found.value, found.high) == (75, 75, 75)


def test_a_finite_frame_bounds_what_can_still_change():
    found = proportion_interval(9, 9, 10)
    assert (found.low, found.high) == (90, 100)
    assert proportion_interval(30, 40, 60).half_width < proportion_interval(30, 40).half_width


def test_the_ends_are_reached_only_by_all_or_none():
    assert wilson_interval(0.0, 12)[0] == 0.0
    assert wilson_interval(1.0, 12)[1] == 1.0
    assert wilson_interval(0.01, 12)[0] > 0


@pytest.mark.parametrize("method", ["wilson", "agresti_coull", "clopper_pearson", "jeffreys", "wald"])
def test_every_method_holds_the_share_inside_0_and_1(method):
    for x in range(11):
        low, high = proportion_ci(x, 10, method=method)
        assert 0 <= low <= high <= 1


def test_impossible_counts_and_unknown_methods_are_refused():
    with pytest.raises(ValueError, match="x must lie"):
        proportion_ci(11, 10)
    with pytest.raises(ValueError, match="Unknown method"):
        proportion_ci(1, 10, method="exact")
    with pytest.raises(ValueError, match="Unknown method"):
        proportion_diff_ci(1, 2, 1, 2, method="exact")
    with pytest.raises(ValueError, match="exceed the population"):
        proportion_interval(3, 5, 4)


def test_equal_shares_have_no_difference_by_any_test():
    assert proportion_diff_ci(5, 10, 5, 10).score_test_p == 1.0
    assert proportion_diff_ci(0, 10, 0, 10).score_test_p == 1.0
    assert fisher_exact_p(5, 10, 5, 10) == pytest.approx(1.0)


def test_the_lady_tasting_tea():
    assert fisher_exact_p(3, 4, 1, 4) == pytest.approx(0.4857142857)


def test_adjusted_p_values_keep_their_places():
    assert adjust_pvalues([0.04, 0.01, 0.03], "bonferroni").tolist() == pytest.approx([0.12, 0.03, 0.09])
    assert adjust_pvalues([0.04, 0.01, 0.03], "holm").tolist() == pytest.approx([0.06, 0.03, 0.06])
    assert adjust_pvalues([0.04, 0.01, 0.03], "bh").tolist() == pytest.approx([0.04, 0.03, 0.04])
    assert adjust_pvalues([]).tolist() == []


def test_p_values_outside_0_and_1_are_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjust_pvalues([1.2])
    with pytest.raises(ValueError, match="method"):
        adjust_pvalues([0.2], "tukey")

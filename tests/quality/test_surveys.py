"""Customer surveys under their published definitions; digits are in the golden files."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.quality.surveys import (
    ces,
    csat,
    mean_rating,
    nps,
    nps_difference,
    nps_groups,
    nps_wald,
    positive_answers,
)


@pytest.mark.parametrize(("definition", "value"), [("share", 200 / 3), ("sum_over_max", 80), ("min_max", 75)])
def test_five_four_three_of_five_by_definition(definition, value):
    assert csat([5, 4, 3] * 4, definition=definition).value == pytest.approx(value)


def test_the_share_of_positive_answers_is_the_default():
    assert csat([5, 4, 3]).value == pytest.approx(66.6666667)


@pytest.mark.parametrize(
    ("low", "high", "positive"), [(1, 5, [4, 5]), (0, 1, [1]), (1, 3, [3]), (1, 7, [5, 6, 7]), (1, 2, [2])]
)
def test_positive_is_above_the_middle_of_the_scale(low, high, positive):
    points = np.arange(low, high + 1)
    assert points[positive_answers(points, low, high)].tolist() == positive


def test_scales_may_differ_from_answer_to_answer():
    found = csat([1, 5, 3, 0], minimum=[0, 1, 1, 0], maximum=[1, 5, 3, 1])
    assert (found.value, found.n) == (75, 4)


def test_sum_over_maximum_of_mixed_scales_is_a_ratio():
    found = csat([1, 5, 3, 2] * 5, [0, 1, 1, 1] * 5, [1, 5, 3, 5] * 5, definition="sum_over_max")
    assert found.value == pytest.approx(100 * 11 / 14)
    assert found.design == "ratio"
    assert found.low < found.value < found.high


def test_sum_over_maximum_never_promises_less_than_the_lowest_answer():
    assert csat([1] * 4, definition="sum_over_max").low == pytest.approx(20)


def test_nobody_answered():
    assert csat([]).value is None
    assert csat([None, None]).n == 0
    assert nps(0, 0, 0).value is None
    assert ces([]).mean.value is None


def test_five_promoters_are_not_certainty():
    found = nps(0, 0, 5)
    assert found.value == 100
    assert (found.low, found.high) == pytest.approx((17.4914530, 100))
    assert nps_wald(0, 0, 5).low == 100


def test_nps_needs_938_answers_for_five_points():
    found = nps_wald(20 * 938 // 100, 938 - 20 * 938 // 100 - 938 // 2, 938 // 2)
    assert found.half_width == pytest.approx(5, abs=0.02)


def test_nps_groups_follow_the_published_cuts():
    assert nps_groups(range(11)) == (7, 2, 2)
    with pytest.raises(ValueError, match="outside its scale"):
        nps_groups([11])


def test_nps_change_is_later_minus_earlier():
    found = nps_difference((14, 12, 20), (6, 9, 20))
    assert found.value == pytest.approx(26.9565217)
    with pytest.raises(ValueError, match="two answers"):
        nps_difference((1, 0, 0), (6, 9, 20))


def test_ces_says_both_readings():
    found = ces([7, 6, 5, 4, 2, 7, 6, 6, 5, 1, 7, 3])
    assert found.mean.value == pytest.approx(59 / 12)
    assert found.agree.value == pytest.approx(100 * 8 / 12)


def test_a_mean_rating_stays_on_its_scale():
    assert mean_rating([5, 5, 5], 1, 5).value is None
    assert mean_rating([5] * 5, 1, 5).high == 5
    found = mean_rating([5] * 20 + [1], 1, 5)
    assert (found.method, found.high) == ("wilson", pytest.approx(4.97, abs=0.01))
    assert mean_rating([5, 4, 3, 5, 5, 4, 2, 5, 5, 4], 1, 5).method == "bootstrap-t"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"scores": [6]}, "outside"),
        ({"scores": [5], "minimum": 5}, "maximum"),
        ({"scores": [5] * 4, "definition": "top"}, "definition"),
        ({"scores": [0] * 4, "minimum": -1, "maximum": 1, "definition": "sum_over_max"}, "from 0"),
    ],
)
def test_impossible_answers_are_refused(arguments, says):
    with pytest.raises(ValueError, match=says):
        csat(**arguments)


def test_counts_below_zero_are_refused():
    with pytest.raises(ValueError, match="0 or more"):
        nps(-1, 0, 5)

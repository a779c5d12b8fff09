"""Which of many differences stand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from evenhand.quality.change import Change, difference, plain_change, welch_change
from evenhand.quality.comparisons import group_changes, p_value, standing
from evenhand.quality.estimates import mean_interval
from evenhand.quality.mix import GroupedSample
from tests.quality.strategies import score_lists, steady


@steady
@given(score_lists, score_lists)
def test_a_p_value_says_what_the_interval_says(before, after):
    change = difference(mean_interval(before), mean_interval(after))
    clear = plain_change(change) != "no clear change"
    assert clear == (p_value(change) < 0.05)


def test_a_change_keeps_its_own_p_value():
    change = welch_change([1, 2, 3, 5], [2, 3, 5, 8])
    assert p_value(change) == change.p
    assert p_value(Change(None, None, None, 2, 3, "mover")) is None
    assert p_value(Change(0, -3, 3, 5, 5, "mover")) == 1


def made(value, se=1.0):
    return Change(value, value - 1.959964 * se, value + 1.959964 * se, 9, 9, "mover")


def test_what_is_clear_alone_need_not_stand_among_many():
    noise = [made(x) for x in np.linspace(-1.5, 1.5, 32)]
    assert standing([made(2.2)]) == [True]
    assert standing([made(2.2), *noise])[0] is False
    assert standing([made(5.0), *noise])[0] is True


def test_what_has_no_number_is_not_counted_among_the_comparisons():
    nothing = [Change(None, None, None, 1, 9, "pooled")] * 40
    assert standing([*nothing, made(2.2)]) == [False] * 40 + [True]
    assert standing([]) == []


def test_two_groups_by_hand():
    before = GroupedSample([70.0, 80, 90, 80, 60, 60, 80, 80], list("aaaabbbb"))
    after = GroupedSample([80.0, 90, 100, 90, 60], list("aaaab"))
    found = group_changes(before, after)
    pooled = (200 + 400 + 200 + 0) / (6 + 3)
    assert found["a"].value == 10
    assert found["a"].se == pytest.approx(np.sqrt(pooled * (1 / 4 + 1 / 4)))
    assert found["a"].df == 9
    assert (found["b"].value, found["b"].n_before, found["b"].n_after) == (None, 4, 1)


def test_what_was_seen_of_a_frame_is_not_in_doubt():
    y, group = [70.0, 80, 90, 80], list("aaaa")
    loose = group_changes(GroupedSample(y, group), GroupedSample(y, group))["a"]
    half = group_changes(GroupedSample(y, group, {"a": 8}), GroupedSample(y, group, {"a": 8}))["a"]
    assert half.se == pytest.approx(loose.se * np.sqrt(0.5))
    with pytest.raises(ValueError, match="of 3 in the frame"):
        group_changes(GroupedSample(y, group, {"a": 3}), GroupedSample(y, group))


def test_without_any_spread_nothing_is_said():
    same = GroupedSample([80.0] * 5, list("aaaaa"))
    assert group_changes(same, same)["a"].value is None


def test_a_group_of_one_period_has_no_change():
    found = group_changes(GroupedSample([80.0, 70, 60, 70], list("aaaa")), GroupedSample([80.0], ["c"]))
    assert set(found) == {"a", "c"}
    assert not any(change.has_number for change in found.values())

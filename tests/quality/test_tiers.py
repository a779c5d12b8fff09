"""Tiers where intervals separate, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.estimates import Estimate, no_number
from evenhand.quality.tiers import tiers

from .strategies import steady


def interval(low, high):
    return Estimate((low + high) / 2, low, high, 9)


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), max_size=8)


def test_intervals_that_touch_share_a_tier_and_a_chain_of_them_too():
    assert tiers([interval(90, 95), interval(70, 80), interval(78, 88), interval(40, 60)]) == [1, 2, 2, 3]
    assert tiers([interval(80, 90), interval(70, 80)]) == [1, 1]
    assert tiers([interval(60, 90), no_number(2), interval(95, 96)]) == [2, None, 1]
    assert tiers([]) == []


@steady
@given(spans)
def test_a_better_tier_lies_wholly_above_and_neighbours_are_next_to_each_other(drawn):
    found = [interval(low, low + width) for low, width in drawn]
    placed = tiers(found)
    for one, a in zip(found, placed, strict=True):
        for other, b in zip(found, placed, strict=True):
            assert a >= b or one.low > other.high
    assert set(placed) == set(range(1, max(placed, default=0) + 1))

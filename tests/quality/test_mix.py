"""How much of a change is the agents, and how much their mix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.change import stratified_change
from evenhand.quality.estimates import survey_stratified
from evenhand.quality.mix import GroupedSample, standardised_change

from .strategies import scores, steady

ANN, BOB = [90.0, 80, 100, 70], [60.0, 50, 40, 70]


def period(**agents):
    """agents: name = (scores, pairs in the frame)."""
    y = [v for values, _ in agents.values() for v in values]
    group = [name for name, (values, _) in agents.items() for _ in values]
    return GroupedSample(y, group, {name: size for name, (_, size) in agents.items()})


@st.composite
def periods(draw):
    return period(
        **{
            name: (values := draw(st.lists(scores, min_size=2, max_size=6)), len(values) + draw(st.integers(1, 99)))
            for name in draw(st.sampled_from([("a", "b"), ("a", "b", "c"), ("b", "c", "d")]))
        }
    )


def test_the_same_agents_with_another_share_of_the_work_are_all_mix():
    found = standardised_change(period(ann=(ANN, 100), bob=(BOB, 300)), period(ann=(ANN, 300), bob=(BOB, 100)))
    assert found.total.value == pytest.approx(15)
    assert found.mix.value == pytest.approx(15)
    assert found.groups.value == pytest.approx(0)
    assert found.compared == 1


def test_better_agents_with_the_same_shares_are_no_mix():
    better = period(ann=([v + 5 for v in ANN], 100), bob=([v + 5 for v in BOB], 300))
    found = standardised_change(period(ann=(ANN, 100), bob=(BOB, 300)), better)
    assert (found.groups.value, found.mix.value) == pytest.approx((5, 0))
    assert found.mix.se == pytest.approx(0)
    assert found.groups.low < 5 < found.groups.high


def test_who_was_there_in_one_period_alone_is_mix():
    before, after = period(ann=(ANN, 100), bob=(BOB, 100)), period(ann=(ANN, 100), eve=(ANN, 100))
    found = standardised_change(before, after)
    assert found.groups.value == pytest.approx(0)
    assert found.mix.value == pytest.approx(15)
    assert found.one_sided == ("bob", "eve")
    assert found.compared == pytest.approx(0.5)


def test_with_equal_spreads_the_total_is_the_stratified_change():
    sizes = {"ann": 100, "bob": 100}
    found = standardised_change(period(ann=(ANN, 100), bob=(BOB, 100)), period(ann=(BOB, 100), bob=(BOB, 100)))
    group = ["ann"] * 4 + ["bob"] * 4
    expected = stratified_change(survey_stratified(ANN + BOB, group, sizes), survey_stratified(BOB + BOB, group, sizes))
    assert (found.total.value, found.total.se, found.total.low) == pytest.approx(
        (expected.value, expected.se, expected.low)
    )


def test_nothing_is_said_where_nothing_can_be_compared():
    lone = period(ann=([80.0], 10), bob=([90.0], 10))
    flat = period(ann=([80.0, 80], 10))
    assert standardised_change(period(ann=(ANN, 10)), period(bob=(BOB, 10))) is None
    assert standardised_change(lone, lone) is None
    assert standardised_change(flat, flat) is None


def test_more_values_than_the_frame_holds_are_refused():
    with pytest.raises(ValueError, match="4 values of 3"):
        standardised_change(period(ann=(ANN, 3)), period(ann=(ANN, 10)))


def test_its_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(7)
    levels, sizes = {"a": 85.0, "b": 70, "c": 60}, {"a": 400, "b": 200, "c": 100}

    def draw(shift):
        rows = {g: (np.clip(rng.normal(m + shift, 12, 8), 0, 100), sizes[g]) for g, m in levels.items()}
        return period(**rows)

    found = [standardised_change(draw(0), draw(3)).groups for _ in range(400)]
    held = np.mean([c.low <= 3 <= c.high for c in found])
    assert 0.91 <= held <= 0.99


@steady
@given(periods(), periods())
def test_both_parts_make_the_whole_and_swapping_periods_swaps_the_sign(before, after):
    found, back = standardised_change(before, after), standardised_change(after, before)
    assert (found is None) == (back is None)
    if found is not None:
        assert found.groups.value + found.mix.value == pytest.approx(found.total.value, abs=1e-9)
        assert back.groups.value == pytest.approx(-found.groups.value, abs=1e-9)
        assert back.mix.high == pytest.approx(-found.mix.low, abs=1e-9)


@steady
@given(periods(), periods(), st.integers(-30, 30))
def test_a_change_of_level_for_all_is_the_agents_and_names_play_no_part(before, after, shift):
    moved = GroupedSample([v + shift for v in after.y], after.group, after.population)
    plain, found = standardised_change(before, after), standardised_change(before, moved)
    renamed = [
        GroupedSample(p.y, [f"z{g}" for g in p.group], {f"z{g}": n for g, n in p.population.items()})
        for p in (before, moved)
    ]
    if found is not None and plain is not None:
        assert found.groups.value == pytest.approx(plain.groups.value + shift, abs=1e-9)
        assert found.mix.value == pytest.approx(plain.mix.value, abs=1e-9)
        assert standardised_change(*renamed).groups.low == pytest.approx(found.groups.low, abs=1e-9)

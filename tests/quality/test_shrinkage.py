"""Many small groups: drawn towards the whole by what each can tell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.estimates import proportion_interval
from evenhand.quality.shrinkage import eb_shrinkage, n_per_agent_for_reliability, reviews_needed

from .strategies import scores, steady


def world(seed=7, agents=12, n=10, between=7.0, within=24.0):
    rng = np.random.default_rng(seed)
    group = np.repeat([f"agent{j:02d}" for j in range(agents)], n)
    level = np.repeat(rng.normal(80, between, agents), n)
    return np.clip(level + rng.normal(0, within, len(group)), 0, 100), group


groups = st.lists(st.lists(scores, min_size=1, max_size=8), min_size=2, max_size=6)


def flat(lists):
    return [v for values in lists for v in values], [j for j, values in enumerate(lists) for _ in values]


def test_four_reviews_need_seven_more_for_ten_points():
    assert reviews_needed(24, 4, 10, sd_between=7) == 7
    assert reviews_needed(24, 3, 10, sd_between=7) == 8


def test_without_the_others_it_takes_more():
    assert reviews_needed(24, 4, 10) == 19


def test_nothing_more_is_needed_when_the_margin_is_reached():
    assert reviews_needed(24, 30, 10, sd_between=7) == 0


def test_four_are_needed_even_where_all_agents_are_alike():
    assert reviews_needed(24, 1, 10, sd_between=0.0) == 3
    assert reviews_needed(0, 0, 10) == 4


def test_a_margin_of_nothing_is_refused():
    with pytest.raises(ValueError, match="margin"):
        reviews_needed(24, 4, 0)


def test_reliability_needs_48_and_81_reviews():
    assert n_per_agent_for_reliability(4, 18, 0.7) == pytest.approx(47.25)
    assert n_per_agent_for_reliability(4, 18, 0.8) == pytest.approx(81)
    with pytest.raises(ValueError, match="between 0 and 1"):
        n_per_agent_for_reliability(4, 18, 1.0)


def test_estimates_lie_between_the_plain_mean_and_the_whole():
    found = eb_shrinkage(*world())
    assert found.var_between > 0
    for g in found.groups:
        assert min(g.raw, found.mu) <= g.shrunk <= max(g.raw, found.mu)


def test_a_group_with_more_reviews_is_drawn_less():
    y, group = world()
    keep = (group != "agent03") | (np.arange(len(y)) % 10 < 4)
    by_group = eb_shrinkage(y[keep], group[keep]).by_group()
    assert by_group["agent03"].n == 4
    assert by_group["agent03"].reliability < by_group["agent04"].reliability


def test_below_is_more_likely_for_the_lower_estimate():
    ordered = sorted(eb_shrinkage(*world()).groups, key=lambda g: g.shrunk)
    below = [g.below for g in ordered]
    assert below == sorted(below, reverse=True)
    assert below[0] > 0.5 > below[-1]


def test_fewer_than_four_reviews_have_no_number_but_say_what_is_missing():
    y, group = world()
    keep = (group != "agent03") | (np.arange(len(y)) % 10 < 3)
    one = eb_shrinkage(y[keep], group[keep]).by_group()["agent03"]
    assert one.estimate.value is None
    assert (one.n, one.estimate.note) == (3, "too_few")
    assert one.needed > 0


def test_ranks_wait_for_reliability():
    assert not eb_shrinkage(*world(n=10)).ranks_may_be_shown
    assert eb_shrinkage(*world(n=60, between=12, within=15)).ranks_may_be_shown


def test_a_group_reviewed_whole_keeps_its_mean():
    y, group = world()
    sizes = dict.fromkeys(set(group.tolist()), 10)
    for g in eb_shrinkage(y, group, sizes).groups:
        assert (g.estimate.value, g.estimate.low, g.estimate.high) == pytest.approx((g.raw,) * 3)
        assert g.estimate.method == "census"


def test_a_known_frame_narrows_the_interval():
    y, group = world()
    open_ended, of_fifteen = eb_shrinkage(y, group), eb_shrinkage(y, group, dict.fromkeys(set(group.tolist()), 15))
    for free, bound in zip(open_ended.groups, of_fifteen.groups, strict=True):
        assert bound.estimate.half_width < free.estimate.half_width


def test_identical_agents_are_drawn_all_the_way():
    found = eb_shrinkage(*world(seed=2, between=0.0))
    assert found.var_between == 0.0
    assert {round(g.shrunk, 9) for g in found.groups} == {round(found.mu, 9)}
    assert all(g.estimate.half_width > 1 for g in found.groups)
    assert all(g.below == 0.5 for g in found.groups)


def test_the_doubt_about_the_spread_between_agents_is_in_the_interval():
    """With 12 equal groups and no spread between them: mean squared error 5 V / 12, V = s² / n."""
    found = eb_shrinkage(*world(seed=2, between=0.0))
    assert found.groups[0].estimate.se ** 2 == pytest.approx(5 * found.var_within / 10 / 12)


def test_perfect_reviews_everywhere_are_no_certainty_about_order():
    found = eb_shrinkage([100.0] * 10, ["a"] * 5 + ["b"] * 5)
    assert [g.shrunk for g in found.groups] == [100, 100]
    assert [g.below for g in found.groups] == [0.5, 0.5]


def test_perfect_reviews_alone_are_no_certainty_about_the_others():
    one = eb_shrinkage([100.0] * 10, ["a"] * 5 + ["b"] * 5).groups[0]
    assert (one.estimate.method, one.estimate.note) == ("envelope", "all_equal")
    assert (one.estimate.low, one.estimate.high) == (pytest.approx(56.6, abs=0.1), 100)
    assert proportion_interval(5 + one.needed, 5 + one.needed).half_width <= 10
    assert proportion_interval(4 + one.needed, 4 + one.needed).half_width > 10
    nearly_all = eb_shrinkage([100.0] * 10, ["a"] * 5 + ["b"] * 5, {"a": 6, "b": 6}).groups[0]
    assert (nearly_all.estimate.low, nearly_all.needed) == (pytest.approx(500 / 6), 0)


@pytest.mark.parametrize("population", [None, 200])
def test_with_what_is_needed_the_interval_reaches_ten_points(population):
    y, group = world(n=4, between=14)
    y = 30 + y / 2
    sizes = population and dict.fromkeys(set(group.tolist()), population)
    found = eb_shrinkage(y, group, sizes, margin=8)
    one = max(found.groups, key=lambda g: g.needed)
    assert one.estimate.half_width > 8

    def half_width(more):
        """Once more reviews of the same mean and spread have come."""
        added = one.raw + np.sqrt(found.var_within) * np.tile([1, -1], more)[:more]
        again = eb_shrinkage([*y, *added], [*group, *[one.group] * more], sizes, margin=8)
        return again.by_group()[one.group].estimate.half_width

    assert half_width(one.needed) == pytest.approx(8, abs=0.6)
    assert half_width(one.needed // 2) > 8.2


@steady
@given(st.lists(st.lists(scores, min_size=4, max_size=8), min_size=2, max_size=6))
def test_leaning_on_the_others_never_makes_a_number_less_sure(lists):
    found = eb_shrinkage(*flat(lists))
    for g in found.groups:
        if found.var_within > 0:
            assert g.estimate.se <= np.sqrt(found.var_within / g.n) * (1 + 1e-9)


def test_one_group_and_single_reviews_do_not_break():
    alone = eb_shrinkage([80, 90, 100, 70, 60], ["a"] * 5)
    assert alone.groups[0].shrunk == pytest.approx(80)
    singles = eb_shrinkage([80, 90, 100, 70], list("abcd"))
    assert singles.var_between == 0.0
    assert all(g.estimate.value is None for g in singles.groups)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        eb_shrinkage([], [])
    with pytest.raises(ValueError, match="population of 3"):
        eb_shrinkage([1, 2, 3, 4], ["a"] * 4, {"a": 3})


@steady
@given(groups, st.randoms(use_true_random=False))
def test_names_and_order_of_agents_play_no_part(lists, random):
    y, group = flat(lists)
    rows = [(v, f"name-{9 - j}") for v, j in zip(y, group, strict=True)]
    random.shuffle(rows)
    plain = eb_shrinkage(y, group).by_group()
    renamed = eb_shrinkage([v for v, _ in rows], [g for _, g in rows]).by_group()
    for j, g in plain.items():
        assert renamed[f"name-{9 - j}"].shrunk == pytest.approx(g.shrunk, abs=1e-4)


@steady
@given(groups)
def test_numbers_stay_on_the_scale_and_intervals_hold_them(lists):
    for g in eb_shrinkage(*flat(lists)).groups:
        assert 0 <= g.reliability <= 1
        assert 0 <= g.below <= 1
        if g.estimate.has_number:
            assert 0 <= g.estimate.low <= g.estimate.value <= g.estimate.high <= 100

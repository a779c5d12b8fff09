"""Draws can be repeated by anybody, and carry the probabilities that an estimate needs."""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.estimates import draws_estimate
from evenhand.quality.sampling import (
    allocate,
    frame_fingerprint,
    inclusion_probabilities,
    new_seed,
    simple_draw,
    smallest_n,
    stratified_draw,
    union_probability,
)

from .strategies import steady

FRAME = {f"pair-{i}": ("ada" if i % 3 else "bo") for i in range(90)}
sizes = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 40), min_size=1)


def test_the_same_frame_and_seed_give_the_same_sample_in_any_order():
    one = stratified_draw(FRAME, 20, 7, minimum=4)
    other = stratified_draw(dict(reversed(FRAME.items())), 20, 7, minimum=4)
    assert one == other


def test_another_seed_and_another_frame_give_another_sample():
    ids = list(FRAME)
    one = simple_draw(ids, 20, 7)
    assert simple_draw(ids, 20, 8).ids != one.ids
    smaller = simple_draw(ids[1:], 20, 7)
    assert len(set(smaller.ids) & set(one.ids)) < 15


def test_a_draw_stays_as_it_is_for_ever():
    found = simple_draw([f"pair-{i}" for i in range(10)], 3, 1)
    assert found.ids == ("pair-1", "pair-9", "pair-0")
    assert found.version == 1


def test_an_auditor_can_repeat_it_by_hand():
    ids = ["a", "b", "c", "d", "e"]
    fingerprint = hashlib.sha256(b"a\nb\nc\nd\ne\n").hexdigest()
    order = sorted(ids, key=lambda i: hashlib.sha256(f"simple|1|42|{fingerprint}||{i}".encode()).digest())
    assert simple_draw(ids, 2, 42).ids == tuple(order[:2])


def test_every_pair_has_the_same_chance():
    counts = Counter(i for seed in range(4000) for i in simple_draw(range(8), 2, seed).ids)
    both = Counter(tuple(sorted(simple_draw(range(5), 2, seed).ids)) for seed in range(4000))
    assert all(abs(count - 1000) < 110 for count in counts.values())
    assert set(both) == set(combinations(range(5), 2))
    assert all(abs(count - 400) < 80 for count in both.values())


def test_what_is_drawn_first_is_no_special_stratum():
    firsts = Counter(stratified_draw(FRAME, 20, seed, minimum=4).stratum[0] for seed in range(400))
    assert 200 < firsts["ada"] < 320


def test_each_unit_carries_its_strata_probability():
    found = stratified_draw(FRAME, 20, 7, minimum=8)
    by_stratum = {s.stratum: s for s in found.strata}
    assert (by_stratum["ada"].population, by_stratum["bo"].population) == (60, 30)
    assert (by_stratum["ada"].drawn, by_stratum["bo"].drawn) == (12, 8)
    assert set(zip(found.stratum, found.probability, strict=True)) == {("ada", 12 / 60), ("bo", 8 / 30)}
    assert (found.n, found.population, found.design) == (20, 90, "stratified")


def test_a_small_stratum_is_taken_whole():
    frame = dict.fromkeys(range(100), "big") | {1000: "small", 1001: "small"}
    found = stratified_draw(frame, 10, 3, minimum=4)
    assert {1000, 1001} <= set(found.ids)
    assert found.strata[1].probability == 1.0


def test_more_than_the_frame_is_the_frame():
    assert set(simple_draw(["a", "b"], 10, 1).ids) == {"a", "b"}


def test_a_draws_probabilities_and_sizes_fit_the_estimator():
    found = stratified_draw(FRAME, 20, 7, minimum=8)
    score = {unit: 80.0 + (len(unit) % 2) for unit in FRAME}
    frame = {s.stratum: s.population for s in found.strata}
    chance = {s.stratum: s.probability for s in found.strata}
    estimate = draws_estimate([score[unit] for unit in found.ids], found.stratum, frame, chance)
    assert estimate.contains(np.mean(list(score.values())))


def test_union_probability_of_two_draws():
    assert union_probability([[0.1, 0.5, 0], [0.2, 0.0, 0]]).tolist() == pytest.approx([0.28, 0.5, 0])
    with pytest.raises(ValueError, match="between 0 and 1"):
        union_probability([1.1])


def test_draws_on_top_of_each_other_reach_their_union_probability():
    """The second draw passes over what the first took; its chance holds for the others."""
    hits = 0
    for seed in range(1500):
        first = set(simple_draw(range(20), 5, seed).ids)
        rest = [i for i in range(20) if i not in first]
        hits += 0 in first or 0 in simple_draw(rest, 6, seed + 10**6).ids
    assert hits / 1500 == pytest.approx(float(union_probability([[5 / 20], [6 / 15]])[0]), abs=0.04)


@steady
@given(sizes, st.integers(0, 6), st.integers(0, 200))
def test_an_allocation_adds_up_and_keeps_its_limits(pop_size, minimum, extra):
    n = min(smallest_n(pop_size, minimum) + extra, sum(pop_size.values()))
    found = allocate(n, pop_size, min_n=minimum)
    assert sum(found.values()) == n
    for label, size in pop_size.items():
        assert min(size, minimum) <= found[label] <= size


@steady
@given(sizes, st.integers(1, 100), st.randoms(use_true_random=False))
def test_an_allocation_is_proportional_to_within_one_and_blind_to_order(pop_size, n, random):
    n = min(n, sum(pop_size.values()))
    labels = list(pop_size)
    random.shuffle(labels)
    found = allocate(n, pop_size)
    assert allocate(n, {label: pop_size[label] for label in labels}) == found
    for label, size in pop_size.items():
        assert abs(found[label] - n * size / sum(pop_size.values())) < 1


def test_neyman_gives_more_where_scores_spread_more():
    found = allocate(30, {"a": 100, "b": 100}, method="neyman", sigma={"a": 20, "b": 10})
    assert found == {"a": 20, "b": 10}


def test_neyman_copes_with_a_stratum_without_spread():
    assert sum(allocate(30, {"a": 10, "b": 100}, method="neyman", sigma={"a": 5, "b": 0}).values()) == 30


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: simple_draw([], 3, 1), "empty"),
        (lambda: simple_draw(["a"], 0, 1), "one unit or more"),
        (lambda: simple_draw(["a", "a"], 1, 1), "twice"),
        (lambda: simple_draw([1, "1"], 1, 1), "twice"),
        (lambda: frame_fingerprint(["a\nb"]), "one line"),
        (lambda: stratified_draw(FRAME, 3, 1, minimum=4), "it takes 8"),
        (lambda: allocate(5, {"a": 2}), "from 2"),
        (lambda: allocate(1, {"a": 2}, method="neyman"), "sigma"),
        (lambda: inclusion_probabilities([1, 0], 1), "above 0"),
    ],
)
def test_impossible_draws_are_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_seeds_are_fresh_and_fit_a_database_column():
    seeds = {new_seed() for _ in range(50)}
    assert len(seeds) == 50
    assert all(0 <= seed < 2**63 for seed in seeds)


def test_inclusion_probabilities_sum_to_n_and_stop_at_one():
    found = inclusion_probabilities([1, 1, 1, 100], 2)
    assert found.tolist() == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1])
    assert inclusion_probabilities([1, 2], 2).tolist() == [1, 1]

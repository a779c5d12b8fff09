"""Draws with unequal chances: as often as they say, as many as they say, and weighed back."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.estimates import draws_estimate
from evenhand.quality.sampling import (
    guaranteed_draw,
    neyman_draw,
    simple_draw,
    uncertainty_draw,
    uncertainty_probabilities,
)

from .strategies import steady

unsure = st.lists(st.floats(0, 100, allow_subnormal=False), min_size=1, max_size=60)

UNSURE = {f"c{i}": u for i, u in enumerate([0, 0, 1, 1, 2, 3, 5, 8, 13, 90])}
AGENT = {unit: "ada" if i < 6 else "bo" for i, unit in enumerate(UNSURE)}
SEEDS = 1000


def seen_as_often_as_promised(draw, chance):
    """Each unit's share of the draws within five standard errors of its chance."""
    counts = Counter(unit for seed in range(SEEDS) for unit in draw(seed).ids)
    for unit, pi in chance.items():
        error = np.sqrt(pi * (1 - pi) / SEEDS)
        assert counts[unit] / SEEDS == pytest.approx(pi, abs=5 * error + 1e-12), unit


def test_units_are_drawn_as_often_as_their_chances_say():
    chance = dict(zip(UNSURE, uncertainty_probabilities(list(UNSURE.values()), 4), strict=True))
    assert chance["c9"] == 1
    seen_as_often_as_promised(lambda seed: uncertainty_draw(UNSURE, 4, seed), chance)


def test_a_union_is_drawn_as_often_as_it_says():
    found = [guaranteed_draw(AGENT, UNSURE, 3, seed, minimum=2) for seed in range(40)]
    chance = {unit: pi for draw in found for unit, pi in zip(draw.ids, draw.probability, strict=True)}
    assert set(chance) == set(UNSURE)
    seen_as_often_as_promised(lambda seed: guaranteed_draw(AGENT, UNSURE, 3, seed, minimum=2), chance)


def test_a_union_holds_every_agents_minimum():
    for seed in range(200):
        found = guaranteed_draw(AGENT, UNSURE, 3, seed, minimum=2)
        held = Counter(AGENT[unit] for unit in found.ids)
        assert min(held["ada"], held["bo"]) >= 2
        assert 4 <= found.n <= 7


@steady
@given(unsure, st.integers(1, 60), st.floats(0.05, 1))
def test_chances_add_up_to_n_and_keep_their_floor(u, n, uniform):
    n = min(n, len(u))
    pi = uncertainty_probabilities(u, n, uniform)
    assert pi.sum() == pytest.approx(n)
    assert pi.max() <= 1 + 1e-12
    assert pi.min() >= uniform * n / len(u) - 1e-12


@steady
@given(unsure, st.integers(1, 60), st.integers(0, 2**62))
def test_a_draw_holds_n_different_units_with_their_chances(u, n, seed):
    unsure_of = dict(enumerate(u))
    found = uncertainty_draw(unsure_of, n, seed)
    n = min(n, len(u))
    pi = dict(enumerate(uncertainty_probabilities(u, n)))
    assert found.n == len(set(found.ids)) == n
    assert list(found.probability) == pytest.approx([pi[unit] for unit in found.ids])
    assert (found.design, found.seed, found.population) == ("uncertainty", seed, len(u))


def test_the_frames_order_plays_no_part_and_the_seed_does():
    turned = dict(reversed(UNSURE.items()))
    assert uncertainty_draw(turned, 4, 7) == uncertainty_draw(UNSURE, 4, 7)
    assert guaranteed_draw(AGENT, turned, 3, 7, minimum=1) == guaranteed_draw(AGENT, UNSURE, 3, 7, minimum=1)
    assert len({uncertainty_draw(UNSURE, 4, seed).ids for seed in range(20)}) > 1


def test_a_draw_can_be_repeated_by_its_description_alone():
    """An auditor's version: hashes, chances end to end, whole steps from the start."""
    import hashlib

    found = uncertainty_draw(UNSURE, 3, 11)

    def number(stratum, unit):
        text = f"uncertainty|1|11|{found.fingerprint}|{stratum}|{unit}"
        return hashlib.sha256(text.encode()).hexdigest()

    pi = dict(zip(UNSURE, uncertainty_probabilities(list(UNSURE.values()), 3), strict=True))
    taken = [unit for unit in UNSURE if pi[unit] >= 1]
    at = (int(number("start", "start")[:16], 16) >> 11) / 2**53
    passed = 0.0
    for unit in sorted(UNSURE, key=lambda unit: number("", unit)):
        if pi[unit] < 1:
            passed += pi[unit]
            if at < passed:
                taken.append(unit)
                at += 1
    assert found.ids == tuple(sorted(taken, key=lambda unit: number("order", unit)))


def test_what_is_drawn_first_is_no_special_unit():
    """The order of the drawn says nothing about their chances: half the first ones are the likelier."""
    frame = {i: 9.0 if i < 50 else 1.0 for i in range(100)}
    draws = [uncertainty_draw(frame, 20, seed) for seed in range(600)]
    likely = np.mean([sum(unit < 50 for unit in draw.ids) / draw.n for draw in draws])
    first = np.mean([draw.ids[0] < 50 for draw in draws])
    assert first == pytest.approx(likely, abs=5 * np.sqrt(likely * (1 - likely) / 600))


def weighed(draw, score, refused=()):
    """The estimate from what was reviewed; refusals are missing inside the one stratum."""
    pairs = [(unit, pi) for unit, pi in zip(draw.ids, draw.probability, strict=True) if unit not in refused]
    y, pi = [score[unit] for unit, _ in pairs], [pi for _, pi in pairs]
    return draws_estimate(y, [""] * len(y), {"": draw.population}, pi)


def test_unequal_chances_are_weighed_back_also_where_some_refuse():
    """Unsure ones score low: the plain mean of the drawn is far off, the weighted one is not."""
    rng = np.random.default_rng(5)
    u = rng.uniform(0, 1, 400)
    score = {i: float(np.clip(90 - 60 * x + rng.normal(0, 5), 0, 100)) for i, x in enumerate(u)}
    truth = np.mean(list(score.values()))
    draws = [uncertainty_draw(dict(enumerate(u)), 40, seed) for seed in range(200)]
    full = np.array([weighed(draw, score).value for draw in draws])
    some = np.array([weighed(draw, score, refused=range(0, 400, 4)).value for draw in draws])
    plain = np.array([np.mean([score[unit] for unit in draw.ids]) for draw in draws])
    assert full.mean() == pytest.approx(truth, abs=4 * full.std() / np.sqrt(200) + 0.3)
    assert some.mean() == pytest.approx(truth, abs=1.5)
    assert abs(plain.mean() - truth) > 3


def test_neyman_draws_more_where_scores_spread_more_and_says_each_chance():
    frame = {f"{agent}{i}": agent for agent in ("ada", "bo") for i in range(50)}
    found = neyman_draw(frame, {"ada": 30, "bo": 10}, 20, 3, minimum=4)
    assert Counter(found.stratum) == {"ada": 15, "bo": 5}
    assert set(zip(found.stratum, found.probability, strict=True)) == {("ada", 0.3), ("bo", 0.1)}
    assert neyman_draw(frame, {"ada": 30, "bo": 10}, 20, 3, minimum=4) == found
    assert found.ids != simple_draw(list(frame), 20, 3).ids


@pytest.mark.parametrize(
    "call",
    [
        lambda: uncertainty_probabilities([1, -1], 1),
        lambda: uncertainty_probabilities([1, 2], 1, 0),
        lambda: uncertainty_probabilities([1, 2], 3),
        lambda: guaranteed_draw({"a": "ada"}, {"b": 1}, 1, 1),
        lambda: uncertainty_draw({}, 1, 1),
    ],
)
def test_impossible_draws_are_refused(call):
    with pytest.raises(ValueError):
        call()

"""Agents: one slope for all, each drawn towards what the machine says of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.quality.corrected import corrected_agents
from evenhand.quality.shrinkage import eb_shrinkage

from .strategies import scores, steady

PAIRS = 200


def world(seed=2, agents=12, each=8, unfair=1.0, between=5.0):
    """Drawn reviews of a frame: y, f, agent, sizes, machine means; and the agents' true means."""
    rng = np.random.default_rng(seed)
    names = [f"a{j:02d}" for j in range(agents)]
    y = rng.normal(75, between, agents)[:, None] + rng.normal(0, 15, (agents, PAIRS))
    f = y - 8 + rng.normal(0, unfair, agents)[:, None] + rng.normal(0, 10, (agents, PAIRS))
    y, f = np.clip(y, 0, 100), np.clip(f, 0, 100)
    at = rng.permuted(np.tile(np.arange(PAIRS), (agents, 1)), axis=1)[:, :each]
    taken = np.take_along_axis(y, at, 1).ravel(), np.take_along_axis(f, at, 1).ravel()
    means = dict(zip(names, f.mean(axis=1).tolist(), strict=True))
    return (*taken, np.repeat(names, each), dict.fromkeys(names, PAIRS), means), y.mean(axis=1)


def errors(groups, truth):
    return np.sqrt(np.mean([(g.shrunk - t) ** 2 for g, t in zip(groups, truth, strict=True)]))


def test_it_is_nearer_to_the_truth_than_reviews_or_machine_alone():
    given, truth = world()
    y, _, agent, frame, means = given
    found, alone = corrected_agents(*given), eb_shrinkage(y, agent, frame)
    assert found.reason == ""
    assert errors(found.groups, truth) < 0.7 * errors(alone.groups, truth)
    assert errors(found.groups, truth) < np.sqrt(np.mean((np.array(list(means.values())) - truth) ** 2))


def test_a_machine_that_is_unfair_to_some_is_believed_less():
    fair, unfair = corrected_agents(*world(unfair=0.0, each=20)[0]), corrected_agents(*world(unfair=9.0, each=20)[0])
    assert unfair.tau2 > fair.tau2
    assert min(g.reliability for g in unfair.groups) > max(g.reliability for g in fair.groups)


def test_intervals_hold_the_truth():
    held = [
        g.estimate.contains(t)
        for seed in range(25)
        for given, truth in [world(seed)]
        for g, t in zip(corrected_agents(*given).groups, truth, strict=True)
    ]
    assert np.mean(held) > 0.93


def test_intervals_do_not_vanish_where_no_difference_can_be_shown():
    found = corrected_agents(*world(seed=4, unfair=0.0, each=4)[0])
    assert found.tau2 == 0.0
    assert all(g.estimate.half_width > 2 for g in found.groups)
    assert all(0 < g.reliability < 1 for g in found.groups)


def test_few_reviews_leave_the_reviews_alone():
    given, _ = world(agents=5, each=5)
    y, _, agent, frame, _ = given
    found = corrected_agents(*given)
    assert found.reason == "few"
    assert found.groups == eb_shrinkage(y, agent, frame).groups


def test_an_unscored_agent_leaves_the_reviews_alone():
    y, f, agent, frame, means = world()[0]
    assert corrected_agents(y, f, agent, frame, {**means, "a00": np.nan}).reason == "unscored"
    assert corrected_agents(y, f, agent, {**frame, "new": 10}, means).reason == "unscored"


def test_a_machine_without_variation_leaves_the_reviews_alone():
    y, f, agent, frame, means = world()[0]
    assert corrected_agents(y, np.full(len(f), 70.0), agent, frame, dict.fromkeys(means, 70.0)).reason == "flat"


def test_agents_with_few_or_no_reviews_have_no_number_but_say_what_is_missing():
    y, f, agent, frame, means = world()[0]
    keep = (agent != "a03") | (np.arange(len(y)) % 8 < 3)
    found = corrected_agents(y[keep], f[keep], agent[keep], {**frame, "new": 50}, {**means, "new": 60.0}).by_group()
    assert (found["a03"].n, found["a03"].estimate.value, found["a03"].estimate.note) == (3, None, "too_few")
    assert (found["new"].n, found["new"].estimate.value) == (0, None)
    assert found["new"].needed >= 4


def test_an_agent_reviewed_whole_keeps_the_plain_mean():
    y, f, agent, frame, means = world()[0]
    mine = agent == "a05"
    whole = corrected_agents(y, f, agent, {**frame, "a05": 8}, {**means, "a05": float(f[mine].mean())})
    one = whole.by_group()["a05"]
    assert (one.estimate.value, one.estimate.low, one.estimate.high) == pytest.approx((y[mine].mean(),) * 3)
    assert (one.estimate.method, one.reliability) == ("census", 1.0)


def test_perfect_reviews_keep_the_envelope():
    y, f, agent, frame, means = world()[0]
    found = corrected_agents(np.full(len(y), 100.0), f, agent, frame, means)
    assert found.reason == "exact"
    assert all(g.estimate.low < 90 for g in found.groups)


def test_more_reviews_are_asked_for_until_the_margin_is_reached():
    given, _ = world(unfair=6.0)
    one = corrected_agents(*given, margin=3.0).by_group()["a04"]
    assert 0 < one.needed < PAIRS - 8
    assert one.estimate.half_width > 3.0
    assert corrected_agents(*given, margin=one.estimate.half_width + 0.01).by_group()["a04"].needed == 0
    assert corrected_agents(*given, margin=1e-9).by_group()["a04"].needed == PAIRS - 8


def test_an_agent_without_reviews_stands_where_the_machine_says():
    y, f, agent, frame, means = world()[0]
    found = corrected_agents(y, f, agent, {**frame, "low": 50, "high": 50}, {**means, "low": 40.0, "high": 90.0})
    by = found.by_group()
    assert by["low"].shrunk < by["high"].shrunk
    assert by["low"].below > by["high"].below
    assert (by["low"].reliability, by["low"].estimate.has_number) == (0.0, False)


def test_below_eight_agents_there_is_no_line():
    assert len(corrected_agents(*world(agents=7)[0]).beta) == 1
    assert len(corrected_agents(*world(agents=8)[0]).beta) == 2
    assert corrected_agents(*world(agents=1, each=40)[0]).beta == ()


def test_ranks_wait_for_reliability():
    assert not corrected_agents(*world(each=5)[0]).ranks_may_be_shown
    assert corrected_agents(*world(each=100, unfair=9.0)[0]).ranks_may_be_shown


def test_what_cannot_be_is_refused():
    y, f, agent, frame, means = world()[0]
    with pytest.raises(ValueError, match="no agent"):
        corrected_agents(y, f, agent, {"a00": 200}, means)
    with pytest.raises(ValueError, match="7 pairs, but 8"):
        corrected_agents(y, f, agent, {**frame, "a00": 7}, means)


@settings(steady, max_examples=25)
@given(st.lists(st.lists(st.tuples(scores, scores), min_size=1, max_size=6), min_size=8, max_size=10), st.data())
def test_numbers_are_finite_and_names_play_no_part(lists, data):
    y = np.array([a for rows in lists for a, _ in rows] * 2)
    f = np.array([b for rows in lists for _, b in rows] * 2)
    agent = np.array([j for j, rows in enumerate(lists) for _ in rows] * 2)
    frame = {j: 2 * len(rows) + data.draw(st.integers(0, 40)) for j, rows in enumerate(lists)}
    means = {j: data.draw(scores) for j in frame}
    found = corrected_agents(y, f, agent, frame, means)
    for g in found.groups:
        assert np.isfinite([g.raw, g.shrunk, g.below, g.reliability, g.cond_sd]).all()
        if g.estimate.has_number:
            assert 0 <= g.estimate.low <= g.estimate.value <= g.estimate.high <= 100
    name = {j: f"n{9 - j}" for j in frame}
    renamed = corrected_agents(
        y, f, [name[j] for j in agent], {name[j]: frame[j] for j in frame}, {name[j]: means[j] for j in frame}
    )  # fmt: skip
    ours, theirs = found.by_group(), renamed.by_group()
    assert [theirs[name[j]].shrunk for j in ours] == pytest.approx([g.shrunk for g in ours.values()], abs=1e-3)

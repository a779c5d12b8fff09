"""Reviewers' leniency, told apart from whose conversations they got."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.quality.agreement import reviewer_leniency

TRUE = np.array([6.0, -4.0, 0.0, -2.0])


def world(seed=11, n=400, agents=6, twice=60, spread=TRUE, noise=8.0):
    rng = np.random.default_rng(seed)
    conversation = np.concatenate([np.arange(n), rng.choice(n, twice, replace=False)])
    agent = rng.integers(0, agents, n)[conversation]
    reviewer = rng.integers(0, len(spread), len(conversation))
    y = 80 + rng.normal(0, 5, agents)[agent] + spread[reviewer] + rng.normal(0, 6, n)[conversation]
    return y + rng.normal(0, noise, len(y)), agent, reviewer, conversation


def shown(panel):
    return {one.reviewer: one.estimate for one in panel.reviewers}


def test_true_leniency_is_found():
    panel = reviewer_leniency(*world())
    assert panel.connected
    assert [shown(panel)[j].value for j in range(4)] == pytest.approx(TRUE - TRUE.mean(), abs=3)
    assert panel.may_adjust


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    held = [
        shown(reviewer_leniency(*world(seed, n=160, twice=30)))[j].contains(TRUE[j] - TRUE.mean())
        for seed in range(4)
        for j in range(4)
    ]
    assert sum(held) > 12


def test_hard_agents_are_not_taken_for_a_strict_reviewer():
    y, agent, reviewer, conversation = world(spread=np.zeros(3), n=300)
    level = np.where(agent < 3, -20.0, 20.0)
    keep = (reviewer != 0) | (agent < 3)
    panel = reviewer_leniency((y + level)[keep], agent[keep], reviewer[keep], conversation[keep])
    raw = (y + level)[keep][reviewer[keep] == 0].mean() - (y + level)[keep].mean()
    assert raw < -8
    assert abs(shown(panel)[0].value) < 2


def test_who_reviews_alone_cannot_be_compared():
    y, agent, _, conversation = world()
    panel = reviewer_leniency(y, agent, agent // 3, conversation)
    assert not panel.connected
    assert panel.groups == (frozenset({0}), frozenset({1}))
    assert (panel.reviewers, panel.may_adjust) == ((), False)
    assert np.isnan(panel.adjusted).all()


def test_a_conversation_in_common_connects():
    y, agent, _, conversation = world(twice=0)
    reviewer = agent // 3
    panel = reviewer_leniency([*y, 80.0], [*agent, 5], [*reviewer, 0], [*conversation, conversation[0]])
    assert panel.connected


def test_reviewers_who_do_not_differ_are_left_as_they_are():
    panel = reviewer_leniency(*world(seed=1, spread=np.zeros(4)))
    assert panel.p > 0.05
    assert not panel.may_adjust


def test_adjusting_takes_thirty_reviews_each():
    y, agent, reviewer, conversation = world()
    keep = (reviewer != 2) | (np.cumsum(reviewer == 2) <= 29)
    panel = reviewer_leniency(y[keep], agent[keep], reviewer[keep], conversation[keep])
    assert panel.differ
    assert not panel.may_adjust


def test_adjusted_scores_have_the_leniency_taken_out():
    y, agent, reviewer, conversation = world()
    panel = reviewer_leniency(y, agent, reviewer, conversation)
    for j in range(4):
        assert (y - panel.adjusted)[reviewer == j] == pytest.approx(shown(panel)[j].value)


def test_names_and_order_play_no_part():
    y, agent, reviewer, conversation = world(n=120)
    order = np.random.default_rng(2).permutation(len(y))
    names = np.array(["Ada", "Ben", "Cleo", "Dov"])
    plain = reviewer_leniency(y, agent, reviewer, conversation)
    other = reviewer_leniency(y[order], 9 - agent[order], names[reviewer[order]], conversation[order])
    for j, name in enumerate(names):
        assert shown(other)[name].value == pytest.approx(shown(plain)[j].value, abs=1e-3)
    assert other.p == pytest.approx(plain.p, abs=1e-4)


def test_the_leniency_of_a_panel_sums_to_nothing():
    assert sum(one.estimate.value for one in reviewer_leniency(*world()).reviewers) == pytest.approx(0, abs=1e-6)


def test_one_agent_and_equal_scores_do_not_break():
    panel = reviewer_leniency([80.0] * 8, ["a"] * 8, ["r", "s"] * 4)
    assert [one.estimate.value for one in panel.reviewers] == [0, 0]
    assert panel.p == 1.0


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="two reviewers"):
        reviewer_leniency([80, 81, 82], ["a"] * 3, ["r"] * 3)
    with pytest.raises(ValueError, match="one length"):
        reviewer_leniency([80, 81], ["a"] * 3, ["r", "s", "r"])

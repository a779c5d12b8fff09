"""What counts for agreement: blind reviews of the same pair by different people, and nothing else."""

from __future__ import annotations

import pytest

from evenhand.facts.metrics import agreement
from tests.facts.helpers import add_pairs, asked, draw, rate, review

SCORES = [(90, 70), (80, 84), (60, 62), (100, 75), (50, 55), (88, 88)]


@pytest.fixture
def world(world):
    """Six pairs that Ravi and Greta reviewed blind for one draw."""
    add_pairs(world, "nadia", 8)
    items = draw(world, 8, twice=100).items.select_related("participation__conversation", "participation__agent")
    world.items = list(items.order_by("position"))
    for item, (ravi, greta) in zip(world.items, SCORES, strict=False):
        for by, score in (("ravi", ravi), ("greta", greta)):
            made = review(world, item.participation, score, by, item, blind=True)
            rate(world, made, "Solution", 1 + score // 25)
            rate(world, made, "Tone", None if by == "ravi" and score == 90 else 3)
    return world


def blind(world, **values):
    facts, filters = asked(world, **values)
    return agreement.blind_reviews(facts, filters, world.scorecard.pk)


def by_name(world):
    facts, filters = asked(world)
    found = agreement.of_categories(facts, filters, blind(world), {})
    names = {c.lineage_id: c.name for c in world.version.categories.all()}
    return {names[one.lineage]: one for one in found}


def test_only_pairs_that_two_people_reviewed_count(world):
    review(world, world.items[6].participation, 40, "ravi", world.items[6], blind=True)
    assert blind(world).pairs == 7
    assert blind(world).doubles.pairs == 6
    facts, filters = asked(world)
    assert agreement.scorecards(facts, filters) == {world.scorecard.pk: 6}


@pytest.mark.parametrize(
    "values", [{"blind": False}, {"kind": "self", "blind": True}, {"state": "draft", "blind": True}]
)
def test_a_review_that_saw_something_or_is_of_oneself_or_unfinished_does_not_count(world, values):
    review(world, world.items[6].participation, 40, "ravi", world.items[6], blind=True)
    review(world, world.items[6].participation, 90, "greta", world.items[6], **values)
    assert blind(world).doubles.pairs == 6


def test_a_second_look_by_the_same_person_is_no_second_person(world):
    pair = world.items[6].participation
    for score in (40, 90):
        review(world, pair, score, "ravi", blind=True)
    assert blind(world).doubles.pairs == 6
    assert blind(world).score[blind(world).pair == pair.pk].tolist() == [40]


def test_shares_of_a_category(world):
    solution = by_name(world)["Solution"]
    assert (solution.exact.value, solution.exact.n) == (pytest.approx(400 / 6), 6)
    assert solution.near.value == 100
    assert solution.exact.low < solution.exact.value < solution.exact.high


def test_not_applicable_by_one_alone_is_told_and_not_compared(world):
    tone = by_name(world)["Tone"]
    assert (tone.apart, tone.alpha.n) == (1, 5)


def test_scores_agree_within_ten_points(world):
    found = agreement.of_scores(blind(world))
    assert found.near.value == pytest.approx(400 / 6)
    assert found.alpha.n == found.icc.n == 6


def test_two_reviewers_beside_each_other(world):
    (couple,) = agreement.couples(blind(world))
    sign = 1 if couple.first == world.ravi.pk else -1
    assert couple.near.n == 6
    assert couple.apart * sign == pytest.approx(sum(a - b for a, b in SCORES) / 6)


def test_the_widest_disagreements_come_first_with_both_reviews(world):
    gaps = agreement.widest(blind(world), 3)
    assert [gap.width for gap in gaps] == [25, 20, 5]
    assert all(len(gap.reviews) == 2 for gap in gaps)


def test_leniency_rests_on_drawn_reviews_alone(world):
    picked = add_pairs(world, "owen", 4, first=30)
    for pair in picked:
        review(world, pair, 0, "lena", blind=True)
    panel = agreement.leniency(blind(world))
    assert {one.reviewer for one in panel.reviewers} == {world.ravi.pk, world.greta.pk}
    assert sum(one.n for one in panel.reviewers) == 12


def test_without_double_reviews_there_is_nothing(world):
    facts, filters = asked(world, reviewers=(world.lena.pk,))
    found = agreement.blind_reviews(facts, filters, world.scorecard.pk)
    assert agreement.of_categories(facts, filters, found, {}) == []
    assert agreement.leniency(found) is None
    assert agreement.of_scores(found).alpha.value is None

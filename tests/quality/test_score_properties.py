"""What must hold for every review, checked against exact fractions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.scores import iqs, pass_rate, review_average, review_score, review_scores

from .strategies import ratings, reviews, score_lists, steady


def exact(review):
    """The rule in words, on exact fractions: (score or None)."""
    rated = [r for r in review if r.points is not None]
    share = {id(r): Fraction(r.points - r.scale_min, r.scale_max - r.scale_min) for r in rated}
    failed = [r for r in rated if r.critical and share[id(r)] < Fraction(1, 2)]
    if any(r.critical == "review" for r in failed):
        return Fraction(0)
    groups = {r.group for r in failed if r.group is not None}
    zeroed = {id(r) for r in rated if r in failed or r.group in groups}
    weight = sum(r.weight for r in rated)
    if weight == 0:
        return Fraction(0) if failed else None
    return 100 * sum(r.weight * (0 if id(r) in zeroed else share[id(r)]) for r in rated) / Fraction(weight)


@steady
@given(reviews)
def test_the_score_is_the_rule_in_exact_fractions(review):
    review = [replace(r) for r in review]
    expected, found = exact(review), review_score(review).score
    assert (found is None) == (expected is None)
    assert expected is None or found == pytest.approx(float(expected), abs=1e-9)


@steady
@given(st.lists(reviews, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_many_reviews_in_any_order_score_as_each_alone(batch, random):
    rows = [(i, r) for i, review in enumerate(batch) for r in review]
    random.shuffle(rows)
    groups = {None: -1, "A": 0, "B": 1}
    found = review_scores(
        [i for i, _ in rows],
        [np.nan if r.points is None else r.points for _, r in rows],
        [r.scale_min for _, r in rows],
        [r.scale_max for _, r in rows],
        [r.weight for _, r in rows],
        [r.critical for _, r in rows],
        [groups[r.group] for _, r in rows],
        reviews=len(batch),
    )
    alone = [review_score(review) for review in batch]
    assert found.score == pytest.approx([np.nan if s.score is None else s.score for s in alone], nan_ok=True)
    assert found.critical_failed.tolist() == [s.critical_failed for s in alone]
    assert found.group_failed.tolist() == [s.group_failed for s in alone]


@steady
@given(reviews, st.sampled_from(["minmax", "max_ratio"]))
def test_a_score_lies_between_0_and_100_and_the_critical_rule_never_raises_it(review, method):
    found = review_score(review, method=method)
    if found.score is not None:
        assert 0 <= found.score <= 100 + 1e-9
    if found.without_critical is not None:
        assert found.score <= found.without_critical + 1e-9


@steady
@given(reviews, st.sampled_from([0.01, 0.5, 3, 1000]))
def test_the_unit_of_weight_plays_no_part(review, factor):
    scaled = [replace(r, weight=r.weight * factor) for r in review]
    assert review_score(scaled).score == pytest.approx(review_score(review).score)


@steady
@given(reviews, ratings())
def test_an_na_rating_changes_nothing(review, other):
    assert review_score([*review, replace(other, points=None)]) == review_score(review)


@steady
@given(reviews)
def test_names_of_groups_play_no_part(review):
    renamed = [replace(r, group={"A": "zebra", "B": 7}.get(r.group)) for r in review]
    assert review_score(renamed) == review_score(review)


@steady
@given(reviews, st.integers(-3, 20))
def test_where_a_scale_starts_plays_no_part_for_min_max(review, shift):
    moved = [
        replace(
            r,
            points=None if r.points is None else r.points + shift,
            scale_min=r.scale_min + shift,
            scale_max=r.scale_max + shift,
        )
        for r in review
    ]
    assert review_score(moved).score == pytest.approx(review_score(review).score)


@steady
@given(score_lists)
def test_one_review_a_pair_makes_iqs_and_average_equal(values):
    assert iqs(values, list(range(len(values)))) == pytest.approx(review_average(values))


@steady
@given(score_lists, st.floats(0, 100), st.floats(0, 100))
def test_a_higher_baseline_passes_no_more(values, one, other):
    low, high = sorted((one, other))
    assert pass_rate(values, high) <= pass_rate(values, low)

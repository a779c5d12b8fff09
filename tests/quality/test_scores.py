"""Review scores by the published vectors of Zendesk QA and the rules that they leave open."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.quality.scores import (
    Rating,
    category_means,
    iqs,
    pair_means,
    pass_rate,
    passes,
    rating_percent,
    rating_weighted_mean,
    review_average,
    review_score,
    review_scores,
)

# Request (critical), clarification, explanation, writing, internal data; good or bad.
PUBLISHED = [(1, 1, 1, 1, 1), (1, 0, 0, 1, 0), (1, 0, 1, 1, 1), (1, 1, 1, 0, 1), (0, 1, 1, 1, 1)]
LEGACY = [(1, 1, 1, 1, 1), (1, 0, 0, 1, 0), (1, 1, 0, 1, 1), (1, 1, 1, 0, 1), (0, 1, 1, 1, 1)]


def binary(points, weights):
    critical = ["review", "", "", "", ""]
    return review_score([Rating(p, 0, 1, w, c) for p, w, c in zip(points, weights, critical, strict=True)])


def rated(points, low, high, weight=10, critical="", group=None):
    return Rating(points, low, high, weight, critical, group)


def test_published_reviews_score_100_30_70_80_and_0():
    scores = [binary(points, (1, 3, 3, 2, 1)) for points in PUBLISHED]
    assert [s.score for s in scores] == pytest.approx([100, 30, 70, 80, 0])
    assert scores[4].critical_failed
    assert scores[4].without_critical == pytest.approx(90)


def test_published_reviews_have_iqs_56_and_pass_rate_40():
    scores = [binary(points, (1, 3, 3, 2, 1)).score for points in PUBLISHED]
    assert review_average(scores) == pytest.approx(56.0)
    assert pass_rate(scores) == pytest.approx(40.0)


def test_scores_by_category_leave_the_critical_rule_out():
    percent = 100.0 * np.array(PUBLISHED).ravel()
    names, means = category_means(np.tile(list("rcewi"), 5), percent)
    assert dict(zip(names, means, strict=True)) == {"r": 80, "c": 60, "e": 80, "w": 80, "i": 80}
    assert means.mean() == pytest.approx(76.0)


def test_mean_of_the_printed_scores_is_52_97():
    assert round(review_average([100, 9.91, 63.96, 90.99, 0]), 2) == 52.97


def test_fractional_weights_give_every_printed_digit():
    weights = (0.05, 2, 2, 0.5, 1)
    scores = [binary(points, weights).score for points in PUBLISHED]
    expected = [100, 100 * 0.55 / 5.55, 100 * 3.55 / 5.55, 100 * 5.05 / 5.55, 0]
    assert scores == pytest.approx(expected)
    assert [round(s, 2) for s in scores] == [100, 9.91, 63.96, 90.99, 0]
    assert review_average(scores) == pytest.approx(52.972, abs=1e-3)


def test_na_leaves_both_sums():
    zero_based = [rated(3, 0, 4, 30), rated(None, 0, 4, 30), rated(2, 0, 4, 30), rated(1, 0, 1, 10)]
    assert review_score(zero_based).score == pytest.approx(67.857142857)
    one_based = [rated(3, 1, 4, 30), rated(None, 1, 4, 30), rated(2, 1, 4, 30), rated(4, 1, 4, 10)]
    assert review_score(one_based).score == pytest.approx(57.142857142857)


def test_points_over_maximum_is_the_other_formula():
    ratings = [rated(p, 1, 5) for p in (4, 5, 3)]
    assert review_score(ratings, method="max_ratio").score == pytest.approx(80.0)
    assert review_score(ratings).score == pytest.approx(75.0)


@pytest.mark.parametrize(
    ("high", "percents"),
    [(2, [0, 100]), (3, [0, 50, 100]), (4, [0, 100 / 3, 200 / 3, 100]), (5, [0, 25, 50, 75, 100])],
)
def test_scales_map_to_the_published_percents(high, percents):
    points = np.arange(1, high + 1)
    assert rating_percent(points, 1, high).tolist() == pytest.approx(percents)


def test_passing_and_the_workspace_threshold_are_two_things():
    assert not passes([75.0], baseline=80)[0]
    assert passes([75.0], baseline=70)[0]
    assert passes([80.0])[0]


def test_passing_compares_unrounded():
    assert pass_rate([79.95, 80.0, None]) == pytest.approx(50.0)


def test_an_exact_80_passes_in_spite_of_binary_fractions():
    score = review_score([rated(4, 0, 5, 0.1), rated(4, 0, 5, 0.2), rated(4, 0, 5, 0.7)]).score
    assert pass_rate([score, np.nextafter(80.0, 0)]) == 100.0


@pytest.mark.parametrize(("critical", "score"), [("", 75), ("group", 50), ("review", 0)])
def test_a_group_critical_failure_zeroes_its_group_alone(critical, score):
    ratings = [rated(0, 0, 1, 10, critical, "A"), rated(1, 0, 1, 10, "", "A"), rated(1, 0, 1, 20, "", "B")]
    found = review_score(ratings)
    assert found.score == pytest.approx(score)
    assert found.without_critical == pytest.approx(75)
    assert (found.critical_failed, found.group_failed) == (critical == "review", critical == "group")


def test_a_group_critical_failure_stays_in_its_review():
    found = review_scores([0, 0, 1, 1], [0, 1, 1, 1], [0] * 4, [1] * 4, [1] * 4, ["group", "", "", ""], [0] * 4)
    assert found.score.tolist() == [0, 100]


def test_two_reviews_of_one_pair_count_twice_in_the_average_and_once_in_the_iqs():
    scores, pairs = [100, 50, 70], ["x", "x", "y"]
    assert review_average(scores) == pytest.approx(73.3333333)
    assert iqs(scores, pairs) == pytest.approx(72.5)


def test_exactly_half_is_no_critical_failure():
    assert review_score([rated(2, 1, 3, 10, "review"), rated(3, 1, 3)]).score == pytest.approx(75)
    assert review_score([rated(3, 1, 5, 10, "review"), rated(5, 1, 5)]).score == pytest.approx(75)
    assert review_score([rated(0.3, 0, 0.6, 10, "review")]).score == pytest.approx(50)


def test_two_of_four_is_a_critical_failure_and_three_is_not():
    assert review_score([rated(2, 1, 4, 10, "review"), rated(4, 1, 4)]).score == 0
    assert review_score([rated(3, 1, 4, 10, "review"), rated(4, 1, 4)]).score == pytest.approx(250 / 3)


def test_critical_is_judged_on_min_max_whatever_the_method():
    ratings = [rated(2, 1, 4, 10, "review"), rated(4, 1, 4)]
    assert review_score(ratings, method="max_ratio").score == 0


def test_a_critical_na_does_not_fail():
    assert review_score([rated(None, 0, 1, 10, "review"), rated(1, 0, 1)]).score == 100


def test_all_na_is_no_score():
    found = review_score([rated(None, 0, 1), rated(None, 1, 5)])
    assert found.score is None
    assert review_score([]).score is None


def test_no_weight_is_no_score_unless_a_critical_failed():
    assert review_score([rated(1, 0, 1, 0)]).score is None
    assert review_score([rated(0, 0, 1, 0, "review")]).score == 0
    assert review_score([rated(0, 0, 1, 0, "group", "A")]).score == 0


def test_a_weightless_critical_still_fails_the_review():
    assert review_score([rated(0, 0, 1, 0, "review"), rated(1, 0, 1)]).score == 0


def test_a_review_without_ratings_has_no_score():
    found = review_scores([0], [1], [0], [1], [10], reviews=3)
    assert found.score[0] == 100
    assert np.isnan(found.score[1:]).all()


def test_an_na_mask_and_missing_points_are_the_same():
    masked = review_scores([0, 0], [4, 1], [1, 1], [5, 5], [10, 10], na=[False, True])
    missing = review_scores([0, 0], [4, np.nan], [1, 1], [5, 5], [10, 10])
    assert masked.score == missing.score == 75


def test_rating_weighted_mean_counts_ratings_not_reviews():
    assert rating_weighted_mean([100, 0, 0, np.nan], [1, 1, 1, 5]) == pytest.approx(100 / 3)
    assert rating_weighted_mean([100], [0]) is None


def test_pair_means_leave_unscored_reviews_out():
    pairs, means = pair_means([100, np.nan, 40, 60], ["b", "c", "a", "a"])
    assert pairs.tolist() == ["a", "b"]
    assert means.tolist() == [50, 100]


@pytest.mark.parametrize(
    ("ratings", "says"),
    [
        ([rated(6, 1, 5)], "outside the scale"),
        ([rated(1, 5, 5)], "above its minimum"),
        ([rated(1, 0, 5, -1)], "weight"),
    ],
)
def test_impossible_ratings_are_refused(ratings, says):
    with pytest.raises(ValueError, match=says):
        review_score(ratings)


def test_unknown_words_are_refused():
    with pytest.raises(ValueError, match="method"):
        review_score([rated(1, 0, 1)], method="average")
    with pytest.raises(ValueError, match="critical"):
        review_scores([0], [1], [0], [1], [1], ["fatal"])
    with pytest.raises(ValueError, match="one length"):
        review_scores([0, 0], [1], [0], [1], [1])

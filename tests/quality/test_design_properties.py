"""What must hold for the textbook estimators on every sample."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evenhand.quality.estimates import (
    bootstrap_bca_mean,
    hajek_mean,
    survey_ciprop,
    survey_cluster,
    survey_domain,
    survey_ratio,
    survey_srs,
    survey_stratified,
    survey_twostage,
)

from .strategies import score_lists, scores, steady

chances = st.floats(0.01, 1.0).map(lambda p: round(p, 3))
VARIANCES = ["wr", "brewer", "poisson"]


@st.composite
def clustered(draw):
    """Values by cluster, two clusters or more with two values or more each."""
    return {f"c{i}": draw(st.lists(scores, min_size=2, max_size=6)) for i in range(draw(st.integers(2, 6)))}


@st.composite
def answers(draw):
    """Yes and no by stratum: {stratum: (answers, size)}."""
    strata = {}
    for h in range(draw(st.integers(1, 4))):
        said = draw(st.lists(st.sampled_from([0, 1]), min_size=2, max_size=12))
        strata[f"s{h}"] = (said, len(said) + draw(st.integers(1, 90)))
    return strata


def flat(parts):
    return [v for values in parts.values() for v in values], [name for name, values in parts.items() for _ in values]


def numbers(found):
    return pytest.approx((found.value, found.se, found.low, found.high), abs=1e-6)


def of(found):
    return found.value, found.se, found.low, found.high


@steady
@given(st.lists(st.tuples(scores, chances), min_size=2, max_size=30), st.sampled_from(VARIANCES), st.integers(-50, 50))
def test_a_hajek_mean_moves_with_the_scores_and_keeps_its_error(rows, variance, shift):
    y, pi = (np.array(column) for column in zip(*rows, strict=True))
    plain, moved = hajek_mean(y, pi, variance=variance), hajek_mean(y + shift, pi, variance=variance)
    assert moved.value == pytest.approx(plain.value + shift)
    assert moved.se == pytest.approx(plain.se, abs=1e-6)
    assert min(y) - 1e-9 <= plain.value <= max(y) + 1e-9
    assert 1 <= plain.effective_n <= len(y) + 1e-9


@steady
@given(st.lists(st.tuples(scores, chances), min_size=2, max_size=30))
def test_sampling_without_replacement_is_never_worth_less(rows):
    y, pi = zip(*rows, strict=True)
    assert hajek_mean(y, pi, variance="brewer").se <= hajek_mean(y, pi, variance="wr").se + 1e-12


@steady
@given(score_lists, st.integers(0, 60))
def test_units_alone_in_their_clusters_are_a_simple_sample(y, more):
    size = len(y) + more
    assert of(survey_cluster(y, range(len(y)), size)) == numbers(survey_srs(y, size))


@steady
@given(clustered(), st.integers(1, 40), st.randoms(use_true_random=False))
def test_names_and_order_of_clusters_play_no_part(parts, more, random):
    y, cluster = flat(parts)
    rows = [(v, f"x{name}") for v, name in zip(y, cluster, strict=True)]
    random.shuffle(rows)
    shuffled = survey_cluster(*zip(*rows, strict=True), len(parts) + more)
    assert of(shuffled) == numbers(survey_cluster(y, cluster, len(parts) + more))


@steady
@given(clustered(), st.integers(0, 40))
def test_clusters_taken_whole_need_no_second_stage(parts, more):
    y, cluster = flat(parts)
    whole = {name: len(values) for name, values in parts.items()}
    assert of(survey_twostage(y, cluster, len(parts) + more, whole)) == numbers(
        survey_cluster(y, cluster, len(parts) + more)
    )


@steady
@given(clustered(), st.integers(1, 40))
def test_when_every_cluster_was_drawn_clusters_are_strata(parts, more):
    y, cluster = flat(parts)
    sizes = {name: len(values) + more for name, values in parts.items()}
    staged, strata = survey_twostage(y, cluster, len(parts), sizes), survey_stratified(y, cluster, sizes)
    assert (staged.value, staged.se) == pytest.approx((strata.value, strata.se), abs=1e-9)


@steady
@given(st.lists(st.tuples(scores, st.integers(1, 9)), min_size=2, max_size=30), st.integers(2, 9))
def test_a_ratio_ignores_the_unit_of_both_and_reviews_without_weight(rows, factor):
    a, b = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    plain = survey_ratio(a * b, b)
    assert survey_ratio(factor * a * b, factor * b).value == pytest.approx(plain.value)
    assert survey_ratio([*(a * b), 0, 0], [*b, 0, 0]).value == pytest.approx(plain.value)
    assert min(a) - 1e-9 <= plain.value <= max(a) + 1e-9


@steady
@given(score_lists, st.integers(0, 60))
def test_a_ratio_to_one_and_a_part_that_is_all_are_simple_samples(y, more):
    simple = survey_srs(y, len(y) + more)
    assert of(survey_ratio(y, [1] * len(y), len(y) + more)) == numbers(simple)
    assert of(survey_domain(y, ["all"] * len(y), len(y) + more)["all"]) == numbers(simple)


@steady
@given(clustered())
def test_parts_have_their_own_means_and_lone_reviews_no_number(parts):
    y, agent = flat(parts)
    found = survey_domain([*y, 50.0], [*agent, "new"])
    assert {name: found[name].value for name in parts} == pytest.approx({n: np.mean(v) for n, v in parts.items()})
    assert not found["new"].has_number


@steady
@given(answers(), st.sampled_from(["logit", "beta", "asin", "mean"]))
def test_the_share_of_no_is_the_mirrored_share_of_yes(strata, method):
    y, stratum = flat({name: said for name, (said, _) in strata.items()})
    sizes = {name: size for name, (_, size) in strata.items()}
    yes, no = survey_ciprop(y, stratum, sizes, method), survey_ciprop([1 - v for v in y], stratum, sizes, method)
    assert (no.value, no.low, no.high) == pytest.approx((1 - yes.value, 1 - yes.high, 1 - yes.low), abs=1e-9)
    assert yes.low <= yes.value <= yes.high
    assert method == "mean" or (yes.low >= 0 and yes.high <= 1)


@steady
@given(score_lists, st.integers(2, 4))
def test_more_of_the_same_is_surer(y, times):
    assume(np.ptp(y) > 0.1)
    assert survey_srs(y * times).half_width < survey_srs(y).half_width
    clusters = [i // 2 for i in range(len(y))]
    again = [f"{k}-{c}" for k in range(times) for c in clusters]
    assume(survey_cluster(y, clusters).se > 1e-9)
    assert survey_cluster(y * times, again).half_width < survey_cluster(y, clusters).half_width


@steady
@given(score_lists, st.integers(-20, 20), st.randoms(use_true_random=False))
def test_the_bca_interval_moves_with_the_scores_whatever_their_order(y, shift, random):
    assume(np.ptp(y) > 0.1)
    plain = bootstrap_bca_mean(y, 500)
    moved = [v + shift for v in y]
    random.shuffle(moved)
    other = bootstrap_bca_mean(moved, 500)
    assert (other.low, other.value, other.high) == pytest.approx(
        (plain.low + shift, plain.value + shift, plain.high + shift), abs=1e-6
    )
    assert min(y) <= plain.low <= plain.high <= max(y)


@pytest.mark.parametrize(
    ("refused", "why"),
    [
        (lambda: survey_cluster([1, 2], ["a", "a"]), "two clusters"),
        (lambda: survey_cluster([1, 2, 3], ["a", "b", "c"], 2), "population of 2"),
        (lambda: survey_twostage([1, 2, 3], ["a", "a", "b"], 9, {"a": 2}), "'b' is not known"),
        (lambda: survey_twostage([1, 2, 3], ["a", "a", "b"], 9, {"a": 2, "b": 2}), "two drawn units"),
        (lambda: survey_twostage([1, 2, 3], ["a", "a", "b"], 9, {"a": 1, "b": 1}), "fewer units"),
        (lambda: survey_ratio([1, 2], [0, 0]), "more than 0"),
        (lambda: survey_ciprop([0, 2], ["a", "a"], {"a": 5}), "zeros and ones"),
        (lambda: survey_ciprop([0, 1], ["a", "a"], {"a": 5}, "probit"), "method must be"),
        (lambda: bootstrap_bca_mean([5, 5, 5]), "equal"),
        (lambda: survey_srs([1, 2, 3], 2), "population of 2"),
    ],
)
def test_what_has_no_answer_is_refused(refused, why):
    with pytest.raises(ValueError, match=why):
        refused()

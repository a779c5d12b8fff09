"""How far reviewers agree, whatever they and the conversations are called."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from evenhand.quality.agreement import (
    METRICS,
    Reading,
    chance_corrected_agreement,
    cohen_kappa,
    crossed_table,
    fleiss_kappa,
    icc,
    krippendorff_alpha,
    one_way_icc,
    percent_agreement,
    plain_reading,
)
from evenhand.quality.agreement.coefficients import COEFFICIENTS
from evenhand.quality.agreement.resampling import resampled
from evenhand.quality.estimates import Estimate

from .strategies import steady

few = hypothesis_settings(steady, max_examples=20)
answers = st.none() | st.integers(1, 5)
tables = st.lists(st.tuples(answers, answers, answers), min_size=4, max_size=25)


def noisy(seed=3, units=80, raters=4, noise=0.8, missing=0.2):
    rng = np.random.default_rng(seed)
    level = rng.integers(1, 6, size=(units, 1))
    table = np.clip(np.rint(level + rng.normal(0, noise, (units, raters))), 1, 5)
    table[rng.random(table.shape) < missing] = np.nan
    return table


def same(one, other):
    assert [one.value, one.low, one.high, one.n] == pytest.approx([other.value, other.low, other.high, other.n])


@pytest.mark.parametrize("metric", METRICS)
def test_alpha_of_perfect_agreement_is_1_and_no_certainty(metric):
    found = krippendorff_alpha([[1, 1], [2, 2], [3, 3], [5, 5]] * 5, metric)
    assert (found.value, found.high, found.method) == (1, 1, "envelope")
    assert 0.7 < found.low < 0.9
    assert krippendorff_alpha([[1, 1]] * 37 + [[0, 0]]).low < 0


@pytest.mark.parametrize("metric", METRICS)
def test_alpha_of_ratings_by_lot_holds_0(metric):
    rng = np.random.default_rng(5)
    assert krippendorff_alpha(rng.integers(1, 6, (120, 3)), metric).contains(0.0)


def test_alpha_names_its_rule_and_counts_conversations_rated_twice():
    small, large = krippendorff_alpha(noisy(units=30)), krippendorff_alpha(noisy(units=90))
    assert (small.method, large.method) == ("bootstrap", "bca")
    assert krippendorff_alpha([[1, 2], [2, None], [None, None], [3, 3], [4, 5], [1, 1]]).n == 4


def test_alpha_of_one_answer_alone_is_no_number():
    found = krippendorff_alpha([[1, 1]] * 30)
    assert (found.value, found.note) == (None, "little_spread")
    assert plain_reading(found) is Reading.NOT_YET


def test_alpha_that_hangs_on_one_conversation_says_nothing():
    found = krippendorff_alpha([[1, 1]] * 40 + [[0, 1]])
    assert (found.low, found.high, found.note) == (-1, 1, "little_spread")


def test_alpha_wants_four_conversations():
    assert krippendorff_alpha([[1, 2], [2, 2], [3, 3]]).note == "too_few"


def test_alpha_by_names_takes_their_order_from_the_scale():
    names = np.array(["poor", "fair", "good"])
    table = np.random.default_rng(1).integers(0, 3, (30, 2))
    same(krippendorff_alpha(names[table], categories=names.tolist()), krippendorff_alpha(table))
    with pytest.raises(ValueError, match="numbers"):
        krippendorff_alpha(names[table], "interval")


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="units x raters"):
        krippendorff_alpha([1, 2, 3])
    with pytest.raises(ValueError, match="no categories"):
        krippendorff_alpha([[1, 2]], categories=[1])
    with pytest.raises(ValueError, match="below 0"):
        krippendorff_alpha([[-1, 2]], "ratio")
    with pytest.raises(ValueError, match="Unknown metric"):
        krippendorff_alpha([[1, 2]], "cosine")
    with pytest.raises(ValueError, match="two raters rated"):
        chance_corrected_agreement([[1, None], [None, 2]])
    with pytest.raises(ValueError, match="two raters"):
        crossed_table([[1, 2, 3]])
    with pytest.raises(ValueError, match="equally often"):
        fleiss_kappa([[1, 1], [3, 0]])


@pytest.mark.parametrize("name", COEFFICIENTS)
def test_every_coefficient_of_perfect_agreement_is_1(name):
    found = chance_corrected_agreement([[1, 1, 1], [2, 2, 2], [3, 3, 3], [1, 1, 1]] * 4, coefficient=name)
    assert found.analytic.value == pytest.approx(1)
    assert found.estimate.low < 0.8 < found.estimate.high == 1


def test_the_paradox_of_prevalence():
    table = [[1, 1]] * 44 + [[0, 1]] * 3 + [[1, 0]] * 3
    assert krippendorff_alpha(table).value < 0
    assert chance_corrected_agreement(table).estimate.low > 0.7


def test_the_bootstrap_is_near_the_analytic_interval():
    table = noisy(units=300)
    for name in COEFFICIENTS:
        found = chance_corrected_agreement(table, coefficient=name, weights="quadratic")
        assert found.estimate.se == pytest.approx(found.analytic.se, rel=0.15)


@few
@given(tables, st.randoms(use_true_random=False))
def test_order_of_conversations_and_of_raters_plays_no_part(table, random):
    plain = krippendorff_alpha(table)
    shuffled = random.sample(table, len(table))
    same(krippendorff_alpha(shuffled), plain)
    same(krippendorff_alpha([row[::-1] for row in table]), plain)
    same(percent_agreement([row[::-1] for row in shuffled], 1), percent_agreement(table, 1))


@few
@given(tables)
def test_new_names_change_nothing_but_distances(table):
    def renamed(name):
        return [[None if x is None else name(x) for x in row] for row in table]

    for metric, name in (
        ("nominal", lambda x: "cadbe"[x - 1]), ("ordinal", lambda x: 10 * x * x), ("interval", lambda x: 7 - 3 * x),
    ):  # fmt: skip
        plain, other = krippendorff_alpha(table, metric), krippendorff_alpha(renamed(name), metric)
        assert (other.value, other.n) == (plain.value if plain.value is None else pytest.approx(plain.value), plain.n)


@few
@given(tables)
def test_numbers_stay_within_their_bounds_and_intervals_hold_them(table):
    for metric in ("nominal", "ordinal", "interval"):
        found = krippendorff_alpha(table, metric)
        if found.has_number:
            assert -1 <= found.low <= found.value <= found.high <= 1
    for within in (0, 1):
        found = percent_agreement(table, within)
        if found.has_number:
            assert 0 <= found.low <= found.value <= found.high <= 100


@few
@given(tables)
def test_conversations_rated_once_say_nothing_about_alpha(table):
    same(krippendorff_alpha([*table, (5, None, None), (None, None, None)]), krippendorff_alpha(table))


def test_within_one_step_goes_by_the_scale_not_by_what_was_given():
    table = [[1, 5], [1, 5], [5, 5], [1, 1], [5, 1], [1, 1]]
    assert percent_agreement(table, 1).value == 100
    assert percent_agreement(table, 1, categories=[1, 2, 3, 4, 5]).value == 50


def test_percent_agreement_counts_conversations_not_pairs():
    found = percent_agreement([[1, 1, 1, 1], [1, 2, None, None]] * 10)
    assert (found.value, found.n, found.method) == (50, 20, "wilson")


def test_kappa_of_counts_and_of_a_table_agree_where_both_apply():
    table = np.random.default_rng(2).integers(0, 3, (60, 2))
    counts = np.stack([(table == answer).sum(axis=1) for answer in range(3)], axis=1)
    fleiss = chance_corrected_agreement(table, coefficient="fleiss").analytic
    conger = chance_corrected_agreement(table, coefficient="conger").analytic
    assert fleiss_kappa(counts).value == pytest.approx(fleiss.value)
    assert cohen_kappa(crossed_table(table)).analytic.value == pytest.approx(conger.value)


def test_one_way_icc_takes_gaps_and_equals_icc1_without():
    scores = np.random.default_rng(4).normal(80, 9, (40, 1)) + np.random.default_rng(5).normal(0, 5, (40, 3))
    plain, gaps_allowed = icc(scores, "ICC1").estimate, one_way_icc(scores)
    assert gaps_allowed.value == pytest.approx(plain.value)
    assert (gaps_allowed.low, gaps_allowed.high) == pytest.approx((plain.low, plain.high), abs=0.01)
    scores[::2, 2] = np.nan
    assert 0.5 < one_way_icc(scores).low < one_way_icc(scores).value < 0.95
    same(one_way_icc(scores[:, ::-1]), one_way_icc(scores))


def test_a_lenient_rater_lowers_icc2_and_not_icc3():
    scores = np.random.default_rng(4).normal(80, 9, (40, 1)) + np.random.default_rng(5).normal(0, 3, (40, 2))
    shifted = scores + np.array([0.0, 8.0])
    assert icc(shifted, "ICC2").estimate.value < icc(scores, "ICC2").estimate.value - 0.15
    assert icc(shifted, "ICC3").estimate.value == pytest.approx(icc(scores, "ICC3").estimate.value)


def test_bca_of_a_mean_leans_to_the_long_tail():
    skewed = np.random.default_rng(6).exponential(size=(100, 1))
    rows = np.column_stack([np.ones(100), skewed])
    found = resampled(rows, lambda sums: sums[:, 1] / sums[:, 0])
    assert found.method == "bca"
    assert found.high - found.value > 1.05 * (found.value - found.low)


@pytest.mark.parametrize(
    ("low", "reading"),
    [(0.8, Reading.DECIDE), (0.79, Reading.TALK), (0.667, Reading.TALK), (0.6, Reading.RECALIBRATE)],
)
def test_readings_go_by_the_lower_end(low, reading):
    assert plain_reading(Estimate(0.95, low, 0.99, 60)) is reading

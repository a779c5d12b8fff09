from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.conversations.text import Query, query_terms
from tests.conversations.text.texts import SAMPLES, any_text, anything


@pytest.mark.parametrize(
    ("text", "fts5", "tsquery"),
    [
        ("refund order", '("refund") AND ("order")', "(('refund')) & (('order'))"),
        ('"late order"', '("late order")', "(('late' <-> 'order'))"),
        ("a OR b c", '("a" OR "b") AND ("c")', "(('a') | ('b')) & (('c'))"),
        ("late -refund", '(("late")) NOT ("refund")', "(('late')) & !('refund')"),
        ("ref*", '("ref" *)', "(('ref':*))"),
        ("e-mail", '("e mail")', "(('e' <-> 'mail'))"),
        ("退货政策", '("退货 货政 政策")', "(('退货' <-> '货政' <-> '政策'))"),
        ("货", '("货" *)', "(('货':*))"),
        ("手机3", '("手机 机 3")', "(('手机' <-> '机' <-> '3'))"),
        ("“late order” «x»", '("late order") AND ("x")', "(('late' <-> 'order')) & (('x'))"),
    ],
)
def test_both_renderings(text, fts5, tsquery):
    assert (query_terms(text).fts5(), query_terms(text).tsquery()) == (fts5, tsquery)


@pytest.mark.parametrize("text", ["", " ", '"', "OR", "* ^ :", "-", '""*', "-refund", "😀"])
def test_a_query_without_a_wanted_term_is_empty_and_finds_nothing(index, text):
    query = query_terms(text)
    assert not query
    index.put("refund order OR")
    assert not index.finds(query.fts5())
    assert query.matches("refund order OR") == []


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "a:b",
        "NEAR(a b, 5)",
        "a AND",
        "NOT a",
        "^a",
        "{x}: a",
        "a + b",
        "'; DROP",
        "a\\",
        "--",
        'a"b',
        "(a",
    ],
)
def test_operators_of_the_engine_are_just_text(index, text):
    index.put(text)
    assert index.finds(query_terms(text).fts5()) == bool(query_terms(text))


@given(any_text)
def test_any_text_is_a_query(index, text):
    index.put("some text")
    index.finds(query_terms(text).fts5())


@given(anything, anything)
def test_the_engine_finds_what_the_query_accepts(index, text, asked):
    query = query_terms(asked)
    index.put(text)
    assert index.finds(query.fts5()) == query.accepts(text)


@given(st.sampled_from(["我想申请退货退货政策是什么", "返品したいのですが送料は", "환불정책이어떻게되나요"]), st.data())
def test_any_part_of_a_run_finds_it(index, text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    index.put(text)
    assert index.finds(query_terms(part).fts5())
    assert (start, start + len(part)) in query_terms(part).matches(text) or text.count(part) > 1


@pytest.mark.parametrize(
    ("language", "asked", "marked"),
    [
        ("en", "REFUND e-mail", ["refund", "e-mail"]),
        ("en", "ord*", ["order"]),
        ("de", "rückerstattung strasse", ["Rückerstattung", "Straße"]),
        ("de", "ruckerstattung", ["Rückerstattung"]),
        ("fr", "Noel", ["Noël"]),
        ("tr", "iade isparta", ["İade", "ISPARTA"]),
        ("el", "καλημερα που", ["Καλημέρα", "ΠΟΥ"]),
        ("ru", "ЗАКАЗ", ["заказ"]),
        ("zh", "退货", ["退货", "退货"]),
        ("zh", "货", ["货", "货"]),
        ("zh", "退货政策", ["退货政策"]),
        ("zh", "手机", ["手机"]),
        ("ja", "返品 データ", ["返品", "ﾃﾞｰﾀ"]),
        ("ko", "환불", ["환불"]),
        ("ko", "책", ["책"]),
        ("th", "คืนเงิน", ["คืนเงิน"]),
        ("th", "ที่", ["ที่"]),
        ("ar", "طلبي يصل", ["طَلَبِي", "يصـــل"]),
        ("hi", "रिफंड", ["रिफंड"]),
        ("km", "ប្រាក់", ["ប្រាក់"]),
        ("vi", "hoan tien", ["hoàn", "tiền"]),
    ],
)
def test_what_is_found_is_marked_in_the_original(index, language, asked, marked):
    text = SAMPLES[language]
    index.put(text)
    assert index.finds(query_terms(asked).fts5())
    assert [text[start:end] for start, end in query_terms(asked).matches(text)] == marked


@pytest.mark.parametrize(
    ("language", "asked"),
    [("zh", "货退"), ("zh", "策退"), ("ja", "品返"), ("ko", "불환"), ("th", "เงินคืน"), ("en", "refun"), ("hi", "रफड")],
)
def test_what_does_not_stand_there_is_not_found(index, language, asked):
    index.put(SAMPLES[language])
    assert not index.finds(query_terms(asked).fts5())
    assert query_terms(asked).matches(SAMPLES[language]) == []


@given(anything, anything)
def test_marks_are_in_order_and_apart(text, asked):
    spans = query_terms(asked).matches(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] < two[0] for one, two in pairwise(spans))
    assert all(end <= len(text) for _, end in spans)


def test_a_query_has_at_most_so_many_terms():
    assert len(query_terms("a b " * 100).groups) == 32
    assert len(query_terms("x" * 9999).groups[0][0].tokens[0]) == 500


def test_queries_compare_by_value():
    assert query_terms("a b") == query_terms(" A  b ")
    assert query_terms("") == Query()

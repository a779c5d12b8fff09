from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.raters.features.sentences import LONGEST, MOST, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello. How can I help?", ["Hello.", "How can I help?"]),
        ("It costs 4.50 and runs on v2.1 now.", ["It costs 4.50 and runs on v2.1 now."]),
        ("See Dr. Smith at shop.example.com.", ["See Dr. Smith at shop.example.com."]),
        ("Hi Tom\nthanks\n\nBye", ["Hi Tom", "thanks", "Bye"]),
        ("您好。请问有什么可以帮您？谢谢", ["您好。", "请问有什么可以帮您？", "谢谢"]),
        ("مرحبا؟ كيف حالك", ["مرحبا؟", "كيف حالك"]),
        ("Really?! Wow...", ["Really?!", "Wow..."]),
        ('He said "no." Then left.', ['He said "no."', "Then left."]),
        ("!!! ... ---", []),
        ("", []),
    ],
)
def test_sentences_end_where_people_end_them(text, expected):
    assert [one.text for one in sentences(text)] == expected


@settings(max_examples=60)
@given(st.text(max_size=400))
def test_a_sentence_is_what_stands_at_its_place(text):
    found = sentences(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_pasted_log_is_bounded():
    found = sentences("word " * 40_000)
    assert len(found) <= MOST
    assert max(len(one.text) for one in found) <= LONGEST

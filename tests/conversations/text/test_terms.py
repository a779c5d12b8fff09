from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.conversations.text.terms import _MELTING, _TABLE, search_terms, tokens
from tests.conversations.text.texts import SAMPLES, any_text, anything


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Foo-Bar's e_mail@x.com", "foo bar s e mail x com"),
        ("Straße ÜBER café Ångström", "strasse uber cafe angstrom"),
        ("ﬁne Ａ１ ½", "fine a1 1 2"),
        ("退货政策", "退货 货政 政策 策"),
        ("退", "退"),
        ("iPhone手机第3章", "iphone 手机 机第 第 3 章"),
        ("返品した", "返品 品し した た"),
        ("ﾃﾞｰﾀ", "デー ータ タ"),
        ("환불 정책", "환불 불 정책 책"),
        ("заказ ещё", "заказ ещё"),
        ("طَلَبِي يصـــل", "طلبي يصل"),
        ("co\u00adop zero\u200bwidth", "coop zero width"),
        ("п\u02bcять", "п ять"),
        ("running runs", "running runs"),
    ],
)
def test_terms(text, terms):
    assert search_terms(text).split() == terms.split()


def test_vowel_signs_tell_words_apart():
    assert search_terms("कल") != search_terms("काल") != search_terms("कला")
    assert len(search_terms("नमस्ते").split()) == 1
    assert search_terms("ที่") != search_terms("ที")


@given(any_text)
def test_tokens_are_the_terms_with_their_places(text):
    found = tokens(text)
    assert [token.text for token in found] == search_terms(text).split()
    for token in found:
        assert 0 <= token.start < token.head <= token.end <= len(text)


@given(any_text, st.data())
def test_a_place_holds_what_the_token_says(text, data):
    found = tokens(text)
    if found:
        token = data.draw(st.sampled_from(found))
        assert any(term.startswith(token.text) for term in search_terms(text[token.start : token.end]).split())


@given(anything)
def test_the_engine_splits_terms_as_we_do(index, text):
    index.put(text)
    assert index.tokens() == search_terms(text).split()


@pytest.mark.parametrize("language", SAMPLES)
def test_the_engine_splits_real_sentences_as_we_do(index, language):
    index.put(SAMPLES[language])
    assert index.tokens() == search_terms(SAMPLES[language]).split()


@given(any_text)
def test_composed_and_decomposed_text_are_the_same(text):
    assert search_terms(unicodedata.normalize("NFD", text)).split() == search_terms(text).split()


def test_marks_become_letters_that_differ():
    letters = [code for mark, code in _TABLE.items() if unicodedata.category(chr(mark)) in ("Mn", "Mc") and code]
    assert len(letters) == len(set(letters)) > 400
    assert {unicodedata.category(chr(code)) for code in letters} == {"Lo", "Lm"}


def test_every_character_that_melts_into_another_is_known():
    seconds = {
        ord(parts[1])
        for code in range(0x30000)
        if len(parts := unicodedata.normalize("NFD", chr(code))) > 1 and not 0xD800 <= code < 0xE000
    }
    for code in (code for code in range(0x30000) if not 0xD800 <= code < 0xE000):
        first = unicodedata.normalize("NFKD", chr(code))[0]
        if unicodedata.combining(first) or ord(first) in seconds:
            assert unicodedata.category(chr(code))[0] == "M" or _MELTING.match(chr(code)), hex(code)


def test_only_the_beginning_of_a_very_long_text_is_indexed():
    assert search_terms("word " * 20_000, limit=10).split() == ["word", "word"]

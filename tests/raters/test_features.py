from __future__ import annotations

import numpy as np
import pytest

from evenhand.raters.conversation import read
from evenhand.raters.features import Features, Finding, Tools

from .making import batch, conversation


class Words:
    """Tells a language by one word, and counts how often it was asked."""

    def __init__(self):
        self.asked = 0

    def identify(self, text):
        self.asked += 1
        return ("de", 0.9) if "und" in text.split() else ("no", 0.9) if "og" in text.split() else ("", 0.1)


class Letters:
    fingerprint, width = "letters", 2

    def encode(self, texts):
        return np.array([[len(text), 1.0] for text in texts])


class Typos:
    def __init__(self):
        self.checked = []

    def speaks(self, language):
        return language == "en"

    def check(self, text, language):
        self.checked.append(text)
        return [Finding(0, 3, "TYPO", "spelling")]


def features(*turns, tools=Tools(language=Words()), language="en-GB"):  # noqa: B008
    (one,) = read(batch(conversation(*turns, language=language)))
    return Features(tools, [one]), one


def test_the_language_is_told_from_all_that_one_side_wrote():
    made, one = features("customer: Hallo", "agent: Good day to you", "customer: Schuhe und Socken bitte")
    assert made.language(one, one.requests) == "de"


def test_a_few_words_take_the_language_of_the_conversation_then_of_the_source():
    made, one = features("customer: ok", "agent: Schuhe und Socken sind unterwegs")
    assert made.language(one, one.requests) == "de"
    made, one = features("customer: ok", "agent: yes")
    assert made.language(one, one.requests) == "en"


def test_norwegian_is_named_as_the_field_names_it():
    made, one = features("customer: sko og sokker takk")
    assert made.language(one, one.requests) == "nb"


def test_without_a_model_the_source_is_believed():
    made, one = features("customer: Schuhe und Socken bitte", tools=Tools(), language="pt-BR")
    assert made.language(one, one.requests) == "pt"


def test_a_macro_is_checked_once():
    grammar = Typos()
    made, one = features("agent: teh end", "agent: teh end", tools=Tools(grammar=grammar))
    for message in one.messages:
        assert made.findings(message, "en")[0].rule == "TYPO"
    assert grammar.checked == ["teh end"]


def test_what_is_not_there_is_said():
    made, one = features("agent: hello", tools=Tools())
    with pytest.raises(ValueError, match="no encoder"):
        made.vectors(["a"])
    with pytest.raises(ValueError, match="no grammar for 'fr'"):
        made.findings(one.messages[0], "fr")


def test_vectors_of_nothing_have_the_right_width():
    made, _ = features("agent: hello", tools=Tools(encoder=Letters()))
    assert made.vectors([]).shape == (0, 2)
    assert made.vectors(["ab"]).tolist() == [[2.0, 1.0]]

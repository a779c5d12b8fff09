"""Every code of an estimate has words, and every number says what it is and what it cannot say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from evenhand import quality
from evenhand.facts.words import KINDS, kind_of, meaning, method
from evenhand.facts.words.methods import DESIGNS, METHODS, NOTES
from evenhand.quality import change as changes
from evenhand.quality import corrected, estimates, surveys
from evenhand.quality.change import Change
from evenhand.quality.estimates import Estimate, no_number

MAKERS = {"Estimate", "Change", "replace", "t_estimate", "sample_estimate"}


def named(text, after, before):
    """The codes that a docstring names between two of its words."""
    return set(re.findall(r"``([\w-]+)``", text.split(after)[1].split(before)[0]))


def trees():
    return [ast.parse(path.read_text()) for path in Path(quality.__file__).parent.rglob("*.py")]


def constants():
    """Texts that `quality` has names for: TOO_FEW = "too_few", and several in one line."""
    for line in (line for tree in trees() for line in tree.body if isinstance(line, ast.Assign)):
        names, values = ast.unparse(line.targets[0]).strip("()").split(", "), ast.unparse(line.value)
        texts = re.findall(r"'([\w-]+)'", values)
        if len(names) == len(texts):
            yield from zip(names, texts, strict=True)


def given(keyword):
    """The codes that `quality` itself writes into its results, wherever it makes one: `Estimate(..., note=TOO_FEW)`."""
    named = dict(constants())
    calls = (node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in (node for node in calls if getattr(node.func, "id", "") in MAKERS):
        for word in (one.value for one in call.keywords if one.arg == keyword):
            for part in branches(word):
                yield part.value if isinstance(part, ast.Constant) else named.get(getattr(part, "id", ""), "")


def branches(word):
    """The values that `a if x else b if y else c` may take."""
    return [*branches(word.body), *branches(word.orelse)] if isinstance(word, ast.IfExp) else [word]


def test_every_code_that_an_estimate_may_carry_has_words():
    told = Estimate.__doc__
    assert named(told, "method names", "design names") | set(given("method")) - {""} <= set(METHODS)
    assert named(told, "design names", "note is a code") | set(given("design")) - {""} <= set(DESIGNS)
    assert named(told, "note is a code", "df:") | set(given("note")) - {""} <= set(NOTES)
    assert {"too_few", "uncovered", "bca"} <= {*given("note"), *given("method")}
    assert named(Change.__doc__, "method:", "se, df") <= set(METHODS)


SCORES = [100.0, 80.0, 95.0, 60.0, 75.0]
NUMBERS = {
    "few": estimates.mean_interval(SCORES[:3]),
    "envelope": estimates.mean_interval(SCORES),
    "bootstrap": estimates.mean_interval(SCORES * 4),
    "large": estimates.mean_interval(SCORES * 40),
    "whole": estimates.mean_interval(SCORES, 5),
    "draws": estimates.draws_estimate(SCORES, list("aabbb"), {"a": 20, "b": 40, "c": 7}, {"a": 0.1, "b": 0.1, "c": 0}),
    "share": estimates.proportion_interval(3, 9),
    "csat": surveys.csat([5, 4, 2, 1, 5], definition="sum_over_max"),
    "nps": surveys.nps(1, 2, 5),
    "textbook": estimates.survey_srs(SCORES),
    "corrected": corrected.corrected_mean(SCORES * 8, [90.0, 85.0, 90.0, 70.0] * 10, 84.0, 400).estimate,
    "welch": changes.welch_change(SCORES, SCORES),
    "paired": changes.paired_change(SCORES, [90.0, 85.0, 90.0, 70.0, 60.0]),
    "newcombe": changes.proportion_change(3, 9, 5, 9),
    "mover": changes.difference(estimates.mean_interval(SCORES), estimates.mean_interval(SCORES)),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_what_is_computed_can_be_said(name):
    number = NUMBERS[name]
    assert number.method in METHODS
    assert isinstance(number, Change) or {number.design} - {""} <= set(DESIGNS)
    said = meaning(number)
    assert all((said.describes, said.limits, said.basis, said.method, said.page))
    assert ("95 %" in said.method) == (number.method not in ("census", "none"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_one_sentence_for_what_it_is_and_one_for_what_it_cannot_say(kind):
    for drawn in (True, False):
        said = meaning(NUMBERS["draws"], kind, drawn)
        for sentence in (said.describes, said.limits):
            assert sentence.endswith(".")
            assert not re.search(r"[.?!] [A-Z]", sentence)
        assert "cannot" in said.limits


@pytest.mark.parametrize("kind", ["iqs", "agent", "mine", "category", "pass_rate", "average", "uncritical"])
def test_what_was_picked_by_hand_never_speaks_for_the_rest(kind):
    said = meaning(NUMBERS["bootstrap"], kind, drawn=False)
    if kind != "iqs":
        assert re.search(r"random|by hand|nobody reviewed", said.limits)


def test_the_number_itself_tells_its_kind():
    kinds = {name: kind_of(number) for name, number in NUMBERS.items()}
    assert kinds["corrected"] == "corrected"
    assert kinds["draws"] == kinds["whole"] == "iqs"
    assert (kinds["share"], kinds["nps"], kinds["bootstrap"], kinds["mover"]) == ("share", "nps", "mean", "difference")


def test_conversations_that_no_draw_could_reach_are_counted_in_words():
    assert meaning(NUMBERS["draws"]).note == (
        "7 conversations could not be reached by any draw: the number does not speak for them."
    )


def test_n_is_said_in_what_it_counts():
    assert meaning(NUMBERS["draws"]).basis == "5 of 67 conversations"
    assert meaning(NUMBERS["bootstrap"], "category").basis == "20 ratings"
    assert meaning(no_number(1), "csat").basis == "1 answer"
    assert meaning(NUMBERS["mover"]).basis == "5 before, 5 reviews after"


def test_the_method_has_a_name():
    assert method(NUMBERS["bootstrap"]).startswith("95 % bootstrap-t interval")
    assert method(NUMBERS["share"]) == "95 % Wilson interval"

"""`verify` computes before it looks, and fails loudly."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from evenhand.quality.verify import main, verify_file
from evenhand.quality.verify.adapters import ADAPTERS
from evenhand.quality.verify.compare import worst_deviation

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
CASES = [(path.name, result) for path in sorted(GOLDEN.glob("*.json")) for result in verify_file(path)]


def write(tmp_path, *cases):
    path = tmp_path / "suite.json"
    path.write_text(json.dumps({"suite": "s", "cases": list(cases)}))
    return path


def case(expected, function="review_score", tolerance=None, **given):
    card = [{"id": "a", "weight": 1, "min": 1, "max": 5, "critical": False}]
    given = given or {"scorecard": card, "ratings": {"a": 4}}
    return {
        "id": "one",
        "function": function,
        "input": given,
        "expected": expected,
        "tolerance": tolerance or {"abs": 1e-9},
    }


@pytest.mark.parametrize("result", [r for _, r in CASES], ids=[f"{name}-{r.case}" for name, r in CASES])
def test_golden(result):
    assert result.passed, result.deviation


def test_every_suite_of_this_step_is_here():
    functions = {result.function for _, result in CASES}
    assert {
        "review_score", "iqs", "survey_srs", "survey_stratified", "bounded_mean_wilson", "eb_shrinkage",
        "welch_change", "proportion_ci", "proportion_diff_ci", "adjust_pvalues", "nps", "nps_difference", "csat", "ces",
    } <= functions  # fmt: skip


def test_golden_files_name_their_source():
    for path in GOLDEN.glob("*.json"):
        document = json.loads(path.read_text())
        assert document["suite"] == path.stem
        assert all("reference" in case for case in document["cases"])


def test_the_whole_reference_agrees_where_a_function_is_known(shared):
    results = [r for path in sorted((shared / "golden").glob("*.json")) for r in verify_file(path)]
    known = [r for r in results if r.function in ADAPTERS]
    assert len(known) >= 51
    assert [r for r in known if not r.passed] == []


def test_a_table_and_exit_0_when_all_pass(tmp_path):
    out = io.StringIO()
    assert main([write(tmp_path, case({"score": 75.0}))], out) == 0
    assert "review_score" in out.getvalue()
    assert out.getvalue().endswith("1 cases, 1 passed, 0 failed\n")


def test_a_wrong_digit_fails_and_says_where(tmp_path):
    out = io.StringIO()
    assert main([write(tmp_path, case({"score": 75.001}))], out) == 1
    assert "1.00e-03 at score" in out.getvalue()
    assert "FAIL" in out.getvalue()


def test_an_unknown_function_is_a_failure(tmp_path):
    out = io.StringIO()
    assert main([write(tmp_path, case({"x": 1}, function="telepathy"))], out) == 1
    assert "unknown function" in out.getvalue()


def test_expected_is_not_shown_to_the_function(tmp_path):
    path = write(tmp_path, case({"score": 12.0}), case({"score": 75.0}))
    assert [r.passed for r in verify_file(path)] == [False, True]


def test_input_that_breaks_is_a_failure_of_its_case_alone(tmp_path):
    broken = case({"score": 1}, scorecard=[{"id": "a", "weight": 1, "min": 1, "max": 5}], ratings={"a": 9})
    results = verify_file(write(tmp_path, broken, case({"score": 75.0})))
    assert "outside the scale" in results[0].deviation.problem
    assert results[1].passed


@pytest.mark.parametrize("text", ["", "[]", '{"cases": []}', '{"cases": [1]}', '{"cases": [{"id": "x"}]}'])
def test_a_file_that_holds_no_cases_is_a_failure(tmp_path, text):
    path = tmp_path / "bad.json"
    path.write_text(text)
    assert main([path], io.StringIO()) == 1


def test_a_missing_file_and_an_empty_folder_are_failures(tmp_path):
    assert main([tmp_path / "none.json"], io.StringIO()) == 1
    assert main([tmp_path], io.StringIO()) == 1


@pytest.mark.parametrize(
    ("critical", "mode", "score"),
    [("group", "zero_review", 50), (True, "zero_review", 0), (True, "zero_group", 50), (True, "none", 75)],
)
def test_the_critical_rule_of_a_file_is_followed(tmp_path, critical, mode, score):
    card = [
        {"id": "a", "weight": 10, "min": 0, "max": 1, "critical": critical, "group": "A"},
        {"id": "b", "weight": 10, "min": 0, "max": 1, "critical": False, "group": "A"},
        {"id": "c", "weight": 20, "min": 0, "max": 1, "critical": False, "group": "B"},
    ]
    rule = {"mode": mode, "threshold": 0.5}
    given = {"scorecard": card, "ratings": {"a": 0, "b": 1, "c": 1}, "critical": rule}
    assert verify_file(write(tmp_path, case({"score": float(score)}, **given)))[0].passed
    rule["mode"] = "halve"
    assert verify_file(write(tmp_path, case({"score": 75.0}, **given)))[0].passed is False


@pytest.mark.parametrize(
    ("got", "expected", "tolerance", "within"),
    [
        ({"a": 1.05}, {"a": 1.0}, {"abs": 0.1}, True),
        ({"a": 1.05}, {"a": 1.0}, {"abs": 0.01}, False),
        ({"a": 105.0}, {"a": 100.0}, {"rel": 0.05}, True),
        ({"a": 103}, {"a": 100}, {"rel": 0.02, "abs": 3}, True),
        ({"a": 1.0}, {"a": 1.0}, {"abs": 0}, True),
        ({"a": [1, 2]}, {"a": [1, 2, 3]}, {"abs": 1}, False),
        ({"a": float("nan")}, {"a": None}, {"abs": 1}, True),
        ({"a": None}, {"a": 0.0}, {"abs": 1}, False),
        ({"a": 0.0}, {"a": None}, {"abs": 1}, False),
        ({"a": True}, {"a": 1}, {"abs": 1}, False),
        ({"a": 1}, {"a": True}, {"abs": 1}, False),
        ({}, {"a": 1}, {"abs": 1}, False),
        ({"a": float("nan")}, {"a": 1.0}, {"abs": 1}, False),
        ({"a": 1, "more": 2}, {"a": 1}, {}, True),
        ({"a": 1.0}, {"published": {"a": 1.0}}, {}, True),
        ({"a": 0.7434}, {"published": {"a": 0.743}}, {}, True),
        ({"a": 0.7436}, {"published": {"a": 0.743}}, {}, False),
        ({"a": 0.7434}, {"a": 0.743, "published": {"a": 0.743}}, {}, False),
        ({"a": 1.0}, {"a": 1.0, "published": {"in_the_paper": 1.0}}, {}, True),
        ({"a": 1.0}, {"published": {"in_the_paper": 1.0}}, {}, False),
    ],
)
def test_answers_are_compared_strictly(got, expected, tolerance, within):
    assert worst_deviation(got, expected, tolerance).within is within

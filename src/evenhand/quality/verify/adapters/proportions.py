"""Shares, their differences, and many p-values at once."""

from __future__ import annotations

from typing import Any, get_args

from evenhand.quality.estimates import fisher_exact_p, proportion_ci, proportion_diff_ci
from evenhand.quality.estimates.proportions import DifferenceMethod, ProportionMethod
from evenhand.quality.multiplicity import adjust_pvalues


def proportion_case(given: dict[str, Any]) -> dict[str, Any]:
    x, n, alpha = given["x"], given["n"], given.get("alpha", 0.05)
    answers: dict[str, Any] = {"estimate": x / n}
    for method in get_args(ProportionMethod):
        low, high = proportion_ci(x, n, alpha, method)
        answers[method] = {"low": low, "high": high}
    return answers


def difference_case(given: dict[str, Any]) -> dict[str, Any]:
    counts = given["x1"], given["n1"], given["x2"], given["n2"]
    answers: dict[str, Any] = {"fisher_p": fisher_exact_p(*counts)}
    for method in get_args(DifferenceMethod):
        found = proportion_diff_ci(*counts, given.get("alpha", 0.05), method)
        answers[method] = {"low": found.low, "high": found.high}
        answers |= {"diff": found.difference, "score_test_p": found.score_test_p}
    return answers


def adjust_case(given: dict[str, Any]) -> dict[str, Any]:
    p = given["p"]
    bh = adjust_pvalues(p, "bh")
    return {
        "BH": bh.tolist(),
        "BY": adjust_pvalues(p, "by").tolist(),
        "holm": adjust_pvalues(p, "holm").tolist(),
        "bonferroni": adjust_pvalues(p, "bonferroni").tolist(),
        "bh_reject_q05": (bh <= 0.05).tolist(),
    }


ADAPTERS = {
    "proportion_ci": proportion_case,
    "proportion_diff_ci": difference_case,
    "adjust_pvalues": adjust_case,
}

"""Agreement between reviewers, and their leniency."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from evenhand.quality.agreement import (
    FORMS,
    METRICS,
    WEIGHTS,
    chance_corrected_agreement,
    cohen_kappa,
    crossed_table,
    fleiss_kappa,
    icc,
    krippendorff_alpha,
    reviewer_leniency,
)
from evenhand.quality.agreement.coefficients import COEFFICIENTS


def alpha_case(given: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for metric in METRICS:
        with suppress(ValueError):  # names have no interval, numbers below 0 no ratio
            found = krippendorff_alpha(given["ratings"], metric, categories=given.get("value_domain"))
            answers[metric] = found.value
    return answers


def chance_case(given: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for weights in WEIGHTS:
        answers[weights] = {}
        for name in COEFFICIENTS:
            found = chance_corrected_agreement(
                given["ratings"],
                given.get("categories"),
                coefficient=name,  # type: ignore[arg-type]
                weights=weights,
            )
            shown = found.analytic
            answers[weights][name] = {
                "value": shown.value, "se": shown.se, "ci_low": shown.low, "ci_high": shown.high,
                "pa": found.observed, "pe": found.expected,
            }  # fmt: skip
    return answers


def cohen_case(given: dict[str, Any]) -> dict[str, Any]:
    table = given["table"] if "table" in given else crossed_table(given["ratings"], given.get("categories"))
    answers: dict[str, Any] = {}
    for name, weights in (("unweighted", "identity"), ("linear", "linear"), ("quadratic", "quadratic")):
        found = cohen_kappa(table, weights=weights)  # type: ignore[arg-type]
        shown = found.analytic
        answers[name] = {"kappa": shown.value, "se": shown.se, "low": shown.low, "high": shown.high}
        answers["percent_agreement"] = found.observed
    return answers


def fleiss_case(given: dict[str, Any]) -> dict[str, Any]:
    return {"fleiss": fleiss_kappa(given["counts"]).value}


def icc_case(given: dict[str, Any]) -> dict[str, Any]:
    found = {form: icc(given["ratings"], form).analytic for form in FORMS}
    return {form: {"icc": one.value, "low": one.low, "high": one.high} for form, one in found.items()}


def leniency_case(given: dict[str, Any]) -> dict[str, Any]:
    found = reviewer_leniency(given["y"], given["agent"], given["reviewer"], given.get("conversation"))
    named: Mapping[str, float] = found.variances
    return {
        "mu": found.mu,
        "se_mu": found.mu_se,
        "variances": {
            "agent": named["agent"], "rev": named["reviewer"], "conversation": named["conversation"],
            "Residual": named["residual"],
        },
        "leniency": {str(one.reviewer): one.blup for one in found.reviewers},
        "agent_effect": {str(agent): effect for agent, effect in found.agents.items()},
    }  # fmt: skip


ADAPTERS = {
    "krippendorff_alpha": alpha_case,
    "chance_corrected_agreement": chance_case,
    "cohen_kappa": cohen_case,
    "fleiss_kappa": fleiss_case,
    "icc": icc_case,
    "reviewer_leniency": leniency_case,
}

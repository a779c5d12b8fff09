"""Design-based means."""

from __future__ import annotations

from typing import Any

from evenhand.quality.estimates import (
    Estimate,
    bounded_mean_wilson,
    hajek_mean,
    horvitz_thompson_total,
    stratum_means,
    survey_srs,
    survey_stratified,
)
from evenhand.quality.estimates.survey import HajekVariance


def _level(given: dict[str, Any]) -> float:
    return 1 - float(given.get("alpha", 0.05))


def answer(estimate: Estimate) -> dict[str, Any]:
    return {
        "estimate": estimate.value,
        "se": estimate.se,
        "df": estimate.df,
        "ci": {"low": estimate.low, "high": estimate.high},
        "low": estimate.low,
        "high": estimate.high,
    }


def srs_case(given: dict[str, Any]) -> dict[str, Any]:
    return answer(survey_srs(given["y"], given.get("N"), _level(given)))


def stratified_case(given: dict[str, Any]) -> dict[str, Any]:
    y, stratum, sizes = given["y"], given["stratum"], given["N_h"]
    parts = stratum_means(y, stratum, sizes)
    by_stratum = {str(name): {"mean": part.value, "se": part.se} for name, part in parts.items()}
    return answer(survey_stratified(y, stratum, sizes, _level(given))) | {"by_stratum": by_stratum}


def bounded_case(given: dict[str, Any]) -> dict[str, Any]:
    lower, upper = given.get("lower", 0), given.get("upper", 100)
    return answer(bounded_mean_wilson(given["y"], lower, upper, _level(given)))


def _unequal(given: dict[str, Any], variance: HajekVariance) -> dict[str, Any]:
    y, pi, size = given["y"], given["pi"], given["N"]
    total, se = horvitz_thompson_total(y, pi, variance=variance)
    return {
        "hajek": answer(hajek_mean(y, pi, size, variance=variance, level=_level(given))),
        "ht_total": {"estimate": total, "se": se},
        "ht_mean": {"estimate": total / size, "se": se / size},
    }


def pps_wr_case(given: dict[str, Any]) -> dict[str, Any]:
    return _unequal(given, "wr")


def pps_poisson_case(given: dict[str, Any]) -> dict[str, Any]:
    return _unequal(given, "poisson")


ADAPTERS = {
    "survey_srs": srs_case,
    "survey_stratified": stratified_case,
    "survey_pps_wr": pps_wr_case,
    "survey_pps_poisson": pps_poisson_case,
    "bounded_mean_wilson": bounded_case,
}

"""Design-based means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from evenhand.quality.estimates import (
    Estimate,
    bootstrap_bca_mean,
    bounded_mean_wilson,
    horvitz_thompson_total,
    stratum_means,
    survey_ciprop,
    survey_cluster,
    survey_domain,
    survey_pps_brewer,
    survey_pps_poisson,
    survey_pps_wr,
    survey_ratio,
    survey_srs,
    survey_stratified,
    survey_twostage,
)
from evenhand.quality.estimates.survey_shares import SurveyShareMethod
from evenhand.quality.estimates.unequal import HajekVariance


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
    by_stratum = {str(name): _mean(part) for name, part in stratum_means(y, stratum, sizes).items()}
    return answer(survey_stratified(y, stratum, sizes, _level(given))) | {"by_stratum": by_stratum}


def pps_case(estimator: Callable[..., Estimate], variance: HajekVariance) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def case(given: dict[str, Any]) -> dict[str, Any]:
        y, pi, size = given["y"], given["pi"], given["N"]
        total, se = horvitz_thompson_total(y, pi, variance=variance)
        return {
            "hajek": answer(estimator(y, pi, size, _level(given))),
            "ht_total": {"estimate": total, "se": se},
            "ht_mean": {"estimate": total / size, "se": se / size},
        }

    return case


def cluster_case(given: dict[str, Any]) -> dict[str, Any]:
    found = survey_cluster(given["y"], given["cluster"], given.get("n_clusters_pop"), _level(given))
    return answer(found) | {"deff": found.design_effect}


def twostage_case(given: dict[str, Any]) -> dict[str, Any]:
    return answer(survey_twostage(given["y"], given["cluster"], given["n_clusters_pop"], given["M_i"], _level(given)))


def ratio_case(given: dict[str, Any]) -> dict[str, Any]:
    return answer(survey_ratio(given["num"], given["den"], given.get("N"), _level(given)))


def domain_case(given: dict[str, Any]) -> dict[str, Any]:
    found = survey_domain(given["y"], given["domain"], given.get("N"), _level(given))
    return {str(name): _mean(part) for name, part in found.items()}


def ciprop_case(given: dict[str, Any]) -> dict[str, Any]:
    y, stratum, sizes = given["y"], given["stratum"], given["N_h"]
    methods: tuple[SurveyShareMethod, ...] = get_args(SurveyShareMethod)
    return {method: answer(survey_ciprop(y, stratum, sizes, method, _level(given))) for method in methods}


def bounded_case(given: dict[str, Any]) -> dict[str, Any]:
    lower, upper = given.get("lower", 0), given.get("upper", 100)
    return answer(bounded_mean_wilson(given["y"], lower, upper, _level(given)))


def bca_case(given: dict[str, Any]) -> dict[str, Any]:
    return answer(bootstrap_bca_mean(given["y"], given.get("n_resamples", 10_000), level=_level(given)))


def _mean(part: Estimate) -> dict[str, Any]:
    return {"mean": part.value, "se": part.se, "low": part.low, "high": part.high, "n": part.n}


ADAPTERS = {
    "survey_srs": srs_case,
    "survey_stratified": stratified_case,
    "survey_pps_wr": pps_case(survey_pps_wr, "wr"),
    "survey_pps_brewer": pps_case(survey_pps_brewer, "brewer"),
    "survey_pps_poisson": pps_case(survey_pps_poisson, "poisson"),
    "survey_cluster": cluster_case,
    "survey_twostage": twostage_case,
    "survey_ratio": ratio_case,
    "survey_domain": domain_case,
    "survey_ciprop": ciprop_case,
    "bounded_mean_wilson": bounded_case,
    "bootstrap_bca_mean": bca_case,
}

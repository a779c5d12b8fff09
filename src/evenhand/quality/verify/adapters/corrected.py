"""Machine scores corrected by human reviews."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from evenhand.quality.corrected import (
    active_mean,
    clustered_ppi_mean,
    corrected_mean,
    cross_ppi_mean,
    greg_mean,
    ppi_change,
    ppi_cost_plan,
    ppi_mean,
    stratified_greg_mean,
    stratified_ppi_mean,
)
from evenhand.quality.estimates import hajek_mean, horvitz_thompson_total
from evenhand.quality.fay_herriot import fay_herriot
from evenhand.quality.verify.simulate.corrected import FEWEST, ppi_simulation
from evenhand.quality.verify.simulate.populations import frame

from .survey import answer


def _level(given: dict[str, Any]) -> float:
    return 1 - float(given.get("alpha", 0.05))


def ppi_case(given: dict[str, Any]) -> dict[str, Any]:
    scores = given["y"], given["f_labeled"], given["f_unlabeled"], _level(given)
    glide = ppi_mean(*scores)
    return {
        "lam1": answer(ppi_mean(*scores, "plain")),
        "ppi_pp_clipped": answer(ppi_mean(*scores, "clipped")),
        "glide_unclipped": answer(glide) | {"effective_n": int(glide.effective_n or 0)},
    }


def greg_case(given: dict[str, Any]) -> dict[str, Any]:
    found = greg_mean(given["y"], given["f_labeled"], given["f_population_mean"], given.get("N"), _level(given))
    return {
        "estimate": found.estimate.value,
        "slope": found.slope,
        "rho_hat": found.rho,
        "se_linearised": found.se_linearised,
        "se_hc0": found.se_hc0,
        "se_hc2": found.se_hc2,
        "se_hc3": found.se_hc3,
        "ci_hc3": {"low": found.estimate.low, "high": found.estimate.high},
        "r_survey": {
            "estimate": found.estimate.value, "se_survey": found.se_survey, "weights": found.weights.tolist(),
        },
    }  # fmt: skip


def corrected_case(given: dict[str, Any]) -> dict[str, Any]:
    """What pages show, with one column of machine scores or several."""
    found = corrected_mean(
        given["y"], given["f_labeled"], given["f_population_mean"], given["N"], level=_level(given)
    )  # fmt: skip
    return answer(found.estimate) | {"slope": list(found.slope), "used": found.used}


def stratified_case(given: dict[str, Any]) -> dict[str, Any]:
    y, f, stratum = given["y_labeled"], given["f_labeled"], given["stratum_labeled"]
    rest, sizes, level = given["f_unlabeled"], given["N_h"], _level(given)
    own = stratified_ppi_mean(y, f, stratum, rest, given["stratum_unlabeled"], sizes, level)
    pooled = stratified_greg_mean(y, f, stratum, float(np.mean([*f, *rest])), sizes, level)
    return {"glide": answer(own), "r_survey": {"estimate": pooled.value, "se_survey": pooled.se}}


def active_case(given: dict[str, Any]) -> dict[str, Any]:
    draw = given["f"], given["pi"], given["labeled_index"], given["y_labeled"], _level(given)
    pi, size = np.asarray(given["pi"])[given["labeled_index"]], len(given["f"])
    survey = active_mean(*draw, "greg_survey")
    total, total_se = horvitz_thompson_total(given["y_labeled"], pi, variance="poisson")
    hajek = hajek_mean(given["y_labeled"], pi, size, variance="poisson", level=_level(given))
    return {
        "asi_tuned": answer(active_mean(*draw, "asi")),
        "asi_lam1": answer(active_mean(*draw, "asi_plain")),
        "ipw_horvitz_thompson": answer(active_mean(*draw, "horvitz_thompson")),
        "greg": answer(active_mean(*draw)),
        "r_survey": {"estimate": survey.value, "se_survey": survey.se},
        "r_survey_poisson": {
            "hajek": answer(hajek), "ht_mean": {"estimate": total / size, "se": total_se / size},
        },
    }  # fmt: skip


def clustered_case(given: dict[str, Any]) -> dict[str, Any]:
    y = [np.nan if value is None else value for value in given["y"]]
    return answer(clustered_ppi_mean(y, given["f"], given["cluster"], _level(given)))


def cross_case(given: dict[str, Any]) -> dict[str, Any]:
    return answer(cross_ppi_mean(given["y"], given["f_oof"], given["f_unlabeled_by_fold"], _level(given)))


def change_case(given: dict[str, Any]) -> dict[str, Any]:
    before, after = (
        ppi_mean(period["y"], period["f_labeled"], period["f_unlabeled"], _level(given)) for period in given["periods"]
    )
    change = ppi_change(before, after)
    return {
        "estimates": [before.value, after.value],
        "se_each": [before.se, after.se],
        "diff": change.value, "se": change.se, "low": change.low, "high": change.high, "p": change.p,
    }  # fmt: skip


def plan_case(given: dict[str, Any]) -> dict[str, Any]:
    plan = ppi_cost_plan(
        given["y"], given["f"], given["cost_human"], given["cost_auto"], given["target_effective_n"]
    )  # fmt: skip
    return {
        "n": plan.n, "N": plan.m, "cost": plan.cost, "effective_n": plan.effective_n, "ppi_corr": plan.rho,
    }  # fmt: skip


def simulation_case(given: dict[str, Any]) -> dict[str, Any]:
    """At least 4,000 replications, whatever the file says: fewer cannot meet its tolerances."""
    kind, rho, n, size = given["population"], given["rho"], given["n"], given["N"]
    seed, times = given["population_seed"], max(FEWEST, given["replications"])
    whole = frame(kind, rho, seed, size)
    found = ppi_simulation(kind, rho, n, size, times, _level(given), seed)
    classical = found["classical_t"].width
    explained = whole.rho**2
    return {
        "theory_width_ratio_finite": math.sqrt(1 - explained),
        "theory_width_ratio_super": math.sqrt(1 - (1 - n / size) * explained),
        "population_mean": float(whole.y.mean()),
        "autoqa_mean": float(whole.f.mean()),
        "classical_width": classical,
    } | {
        name: {"width_ratio": row.width / classical, "coverage": row.coverage, "rmse": row.rmse}
        for name, row in found.items()
    }


def fay_herriot_case(given: dict[str, Any]) -> dict[str, Any]:
    fit = fay_herriot(given["direct"], given["var"], given.get("x"))
    beta = fit.beta.tolist()
    return {
        "beta": beta if len(beta) > 1 else beta[0],
        "tau2": fit.tau2,
        "eblup": fit.value.tolist(),
        "eblup_se_metafor": fit.se.tolist(),
        "prasad_rao_mse": fit.mse.tolist(),
    }


ADAPTERS = {
    "ppi_mean": ppi_case,
    "greg_mean": greg_case,
    "corrected_mean": corrected_case,
    "stratified_ppi_mean": stratified_case,
    "active_mean": active_case,
    "clustered_ppi_mean": clustered_case,
    "cross_ppi_mean": cross_case,
    "ppi_change": change_case,
    "ppi_cost_plan": plan_case,
    "ppi_simulation": simulation_case,
    "fay_herriot": fay_herriot_case,
}

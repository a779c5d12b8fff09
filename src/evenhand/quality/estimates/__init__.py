"""Estimates with their intervals: of means, of shares, from one draw or from several."""

from __future__ import annotations

from .bca import bootstrap_bca_mean
from .clusters import survey_cluster, survey_twostage
from .draws import draws_estimate, stratified_mean
from .estimate import ALL_EQUAL, MINIMUM_N, TOO_FEW, UNCOVERED, Estimate, no_number
from .means import bounded_mean_wilson, mean_interval
from .parts import part_of_draws
from .proportions import (
    ProportionDifference,
    fisher_exact_p,
    proportion_ci,
    proportion_diff_ci,
    proportion_interval,
    wilson_interval,
)
from .ratios import survey_domain, survey_ratio
from .survey import stratum_means, survey_srs, survey_stratified
from .survey_shares import survey_ciprop
from .unequal import (
    hajek_mean,
    horvitz_thompson_total,
    kish_effective_n,
    survey_pps_brewer,
    survey_pps_poisson,
    survey_pps_wr,
)

__all__ = [
    "ALL_EQUAL",
    "MINIMUM_N",
    "TOO_FEW",
    "UNCOVERED",
    "Estimate",
    "ProportionDifference",
    "bootstrap_bca_mean",
    "bounded_mean_wilson",
    "draws_estimate",
    "fisher_exact_p",
    "hajek_mean",
    "horvitz_thompson_total",
    "kish_effective_n",
    "mean_interval",
    "no_number",
    "part_of_draws",
    "proportion_ci",
    "proportion_diff_ci",
    "proportion_interval",
    "stratified_mean",
    "stratum_means",
    "survey_ciprop",
    "survey_cluster",
    "survey_domain",
    "survey_pps_brewer",
    "survey_pps_poisson",
    "survey_pps_wr",
    "survey_ratio",
    "survey_srs",
    "survey_stratified",
    "survey_twostage",
    "wilson_interval",
]

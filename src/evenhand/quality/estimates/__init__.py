"""Estimates with their intervals: of means, of shares, from one draw or from several."""

from __future__ import annotations

from .draws import draws_estimate, stratified_mean
from .estimate import ALL_EQUAL, MINIMUM_N, TOO_FEW, UNCOVERED, Estimate, no_number
from .means import bounded_mean_wilson, mean_interval
from .proportions import (
    ProportionDifference,
    fisher_exact_p,
    proportion_ci,
    proportion_diff_ci,
    proportion_interval,
    wilson_interval,
)
from .survey import (
    hajek_mean,
    horvitz_thompson_total,
    kish_effective_n,
    stratum_means,
    survey_srs,
    survey_stratified,
)

__all__ = [
    "ALL_EQUAL",
    "MINIMUM_N",
    "TOO_FEW",
    "UNCOVERED",
    "Estimate",
    "ProportionDifference",
    "bounded_mean_wilson",
    "draws_estimate",
    "fisher_exact_p",
    "hajek_mean",
    "horvitz_thompson_total",
    "kish_effective_n",
    "mean_interval",
    "no_number",
    "proportion_ci",
    "proportion_diff_ci",
    "proportion_interval",
    "stratified_mean",
    "stratum_means",
    "survey_srs",
    "survey_stratified",
    "wilson_interval",
]

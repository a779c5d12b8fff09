"""How far reviewers agree, and who of them is lenient.

Everything here rests on conversations that two or more people rated without seeing each
other's answers. A coefficient is on -1..1, a share on 0..100, leniency in points of score.
"""

from __future__ import annotations

from .alpha import METRICS, krippendorff_alpha
from .chance import ChanceCorrected, chance_corrected_agreement
from .icc import FORMS, Icc, icc, one_way_icc
from .kappa import CohenKappa, cohen_kappa, crossed_table, fleiss_kappa
from .leniency import ENOUGH_REVIEWS, Leniency, Panel, reviewer_leniency
from .percent import percent_agreement
from .readings import RELIABLE, TENTATIVE, Reading, plain_reading
from .resampling import LITTLE_SPREAD
from .weights import WEIGHTS, agreement_weights

__all__ = [
    "ENOUGH_REVIEWS",
    "FORMS",
    "LITTLE_SPREAD",
    "METRICS",
    "RELIABLE",
    "TENTATIVE",
    "WEIGHTS",
    "ChanceCorrected",
    "CohenKappa",
    "Icc",
    "Leniency",
    "Panel",
    "Reading",
    "agreement_weights",
    "chance_corrected_agreement",
    "cohen_kappa",
    "crossed_table",
    "fleiss_kappa",
    "icc",
    "krippendorff_alpha",
    "one_way_icc",
    "percent_agreement",
    "plain_reading",
    "reviewer_leniency",
]

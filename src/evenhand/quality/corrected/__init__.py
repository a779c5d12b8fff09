"""Machine scores of everything, corrected by human reviews of a random few."""

from __future__ import annotations

from .agents import CorrectedAgents, corrected_agents
from .crossfit import CrossFitted, cross_fit
from .draws import CORRECTED_FROM, EXACT, FEW, FLAT, UNSCORED, Corrected, corrected_draws_estimate, corrected_mean
from .gain import Gain
from .greg import Greg, greg_mean, stratified_greg_mean
from .periods import ppi_change
from .planning import CostPlan, ppi_cost_plan
from .ppi import clustered_ppi_mean, cross_ppi_mean, ppi_mean, stratified_ppi_mean
from .unequal import active_mean, corrected_unequal_mean

__all__ = [
    "CORRECTED_FROM",
    "EXACT",
    "FEW",
    "FLAT",
    "UNSCORED",
    "Corrected",
    "CorrectedAgents",
    "CostPlan",
    "CrossFitted",
    "Gain",
    "Greg",
    "active_mean",
    "clustered_ppi_mean",
    "corrected_agents",
    "corrected_draws_estimate",
    "corrected_mean",
    "corrected_unequal_mean",
    "cross_fit",
    "cross_ppi_mean",
    "greg_mean",
    "ppi_change",
    "ppi_cost_plan",
    "ppi_mean",
    "stratified_greg_mean",
    "stratified_ppi_mean",
]

"""Which categories go with what customers say? Shares of what a regression explains.

Importance is LMG, that is the Shapley value of R²: what a driver adds, averaged over all
orders in which drivers can enter (Lindeman, Merenda & Gold 1980; Grömping 2006). It is an
association and no cause. For answers of yes and no, R² is McFadden's.
"""

from __future__ import annotations

from .importance import MOST_DRIVERS, Importance, Stability, lmg, lmg_bootstrap
from .logistic import mcfadden_r2
from .subsets import r2_of_subsets

__all__ = [
    "MOST_DRIVERS",
    "Importance",
    "Stability",
    "lmg",
    "lmg_bootstrap",
    "mcfadden_r2",
    "r2_of_subsets",
]

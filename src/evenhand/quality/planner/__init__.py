"""How many reviews it takes, and what a number of them will be able to say.

Every question in both directions: the reviews for a margin, and the margin of so many
reviews; of the team, and of each agent. Sizes are unrounded; :func:`whole` rounds up.
"""

from __future__ import annotations

from .detection import (
    n_for_correlation,
    n_per_period_mean,
    n_per_period_mean_normal,
    n_per_period_proportion,
)
from .events import n_to_see_one_event, n_zero_error_certificate
from .margins import (
    margin_for_n,
    margin_of_strata,
    n_for_kappa_margin,
    n_for_mean_margin,
    n_for_nps_margin,
    n_for_proportion_margin,
    remaining_spread,
    whole,
)
from .outlook import AgentOutlook, Outlook, even, hours, outlook_simple, outlook_stratified
from .spread import Spread, measured_spread, own_spreads

__all__ = [
    "AgentOutlook",
    "Outlook",
    "Spread",
    "even",
    "hours",
    "margin_for_n",
    "margin_of_strata",
    "measured_spread",
    "n_for_correlation",
    "n_for_kappa_margin",
    "n_for_mean_margin",
    "n_for_nps_margin",
    "n_for_proportion_margin",
    "n_per_period_mean",
    "n_per_period_mean_normal",
    "n_per_period_proportion",
    "n_to_see_one_event",
    "n_zero_error_certificate",
    "outlook_simple",
    "outlook_stratified",
    "own_spreads",
    "remaining_spread",
    "whole",
]

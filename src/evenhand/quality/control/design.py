"""Limits from a budget: how many false alarms a year may all series together raise?

With M series looked at once a week and A false alarms a year, each series may be wrong
once in ``52 M / A`` weeks. That holds where the usual level is known. One that is the
mean of some weeks is a little wrong, always to the same side, and alarms come sooner:
limits made for 500 weeks give 224, 281, 357 and 405 with 10, 20, 52 and 104 baseline
weeks. So limits are widened until the mean over all such errors is what was wanted
(Jones, Champ & Rigdon 2001 describe the effect).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from evenhand.quality.arrays import Floats

from .arl import EWMA_WEIGHT, ewma_arl, ewma_limit, limit_for

# With fewer, limits reach far and only large changes can be seen; pages say so.
BASELINE_WEEKS = 26
WEEKS_A_YEAR = 52
SHORTEST_ARL0 = 20.0
_ERRORS = 24


@dataclass(frozen=True, slots=True)
class AlarmDesign:
    """wanted: ARL0 in weeks. limit: L to use. nominal: L if the usual level were known.

    weeks: behind the usual level. achieved: ARL0 with ``limit``. unwidened: what
    ``nominal`` would have achieved.
    """

    wanted: float
    weeks: int
    limit: float
    nominal: float
    achieved: float
    unwidened: float

    @property
    def is_short(self) -> bool:
        """Whether the usual level rests on fewer weeks than it should."""
        return self.weeks < BASELINE_WEEKS


def wanted_arl0(per_year: float, series: int) -> float:
    """``52 M / A`` for A false alarms a year over M weekly series; 20 at least.

    Raises ValueError where the budget is not above 0.
    """
    if per_year <= 0:
        raise ValueError(f"A budget of false alarms must be above 0, not {per_year}.")
    return max(SHORTEST_ARL0, WEEKS_A_YEAR * series / per_year)


def achieved_arl0(limit: float, weeks: int, weight: float = EWMA_WEIGHT) -> float:
    """ARL0 of an EWMA whose centre is the mean of so many weeks, over all errors of that mean."""
    if weeks < 1:
        raise ValueError("The usual level needs one week or more.")
    error, share = _errors()
    return float(share @ ewma_arl(limit, weight, error / math.sqrt(weeks)))


@lru_cache(maxsize=512)
def alarm_design(wanted: float, weeks: int, weight: float = EWMA_WEIGHT) -> AlarmDesign:
    """The limit that keeps to a wanted ARL0 with a centre that rests on so many weeks."""
    nominal = ewma_limit(wanted, weight)
    limit = limit_for(lambda at: achieved_arl0(at, weeks, weight), wanted)
    return AlarmDesign(
        wanted, weeks, limit, nominal, achieved_arl0(limit, weeks, weight), achieved_arl0(nominal, weeks, weight)
    )


@lru_cache(maxsize=1)
def _errors() -> tuple[Floats, Floats]:
    """Errors of a standard normal mean, one side of zero only as both run alike, and their shares."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(2 * _ERRORS)
    positive = nodes > 0
    return nodes[positive], weights[positive] / weights[positive].sum()

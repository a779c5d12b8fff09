"""What a number of agreement lets you do, in one of four codes.

The limits are conventions, not laws: .80 and .667 are Krippendorff's (2019, chapter 12)
for conclusions that are firm and that are tentative. What is read is the *lower* end of
the interval: a high value of a few conversations is no reason to trust it.
"""

from __future__ import annotations

from enum import StrEnum

from evenhand.quality.estimates.estimate import MINIMUM_N, Estimate

from .resampling import LITTLE_SPREAD

RELIABLE = 0.80
TENTATIVE = 0.667


class Reading(StrEnum):
    """Codes that pages translate."""

    DECIDE = "decide"  # good enough to decide with
    TALK = "talk"  # talk about it
    RECALIBRATE = "recalibrate"  # recalibrate first
    NOT_YET = "not yet"  # too few conversations, or too little variety, to say


def plain_reading(estimate: Estimate) -> Reading:
    """Read a coefficient on -1..1 by the lower end of its interval.

    An interval that reaches from below .667 to above .80 still says "recalibrate first":
    more conversations rated twice would narrow it.
    """
    if estimate.low is None or estimate.n < MINIMUM_N or estimate.note == LITTLE_SPREAD:
        return Reading.NOT_YET
    if estimate.low >= RELIABLE:
        return Reading.DECIDE
    return Reading.TALK if estimate.low >= TENTATIVE else Reading.RECALIBRATE

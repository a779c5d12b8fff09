"""What the machine scores were worth, in reviews."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gain:
    """ "As if 210 had been reviewed instead of 107."

    reviewed: pairs reviewed. as_if: reviews, whole ones, after which the same design
    without a machine would be as sure; below ``reviewed`` where the machine did not help.
    width: length of the interval as a share of the one without a machine, 1 for no gain.
    """

    reviewed: int
    as_if: int
    width: float

    @property
    def more(self) -> int:
        """How many reviews the machine stands for; never below 0."""
        return max(0, self.as_if - self.reviewed)


def gain_of(n: int, population: int | None, plain: float, corrected: float) -> Gain | None:
    """The gain from the variances of the mean without and with the machine.

    A sample of n* from N has the variance ``S² (1/n* - 1/N)``, so n* solves
    ``(1/n* - 1/N) / (1/n - 1/N) = corrected / plain``. None where one of them is 0.
    """
    if not (plain > 0 and corrected > 0):
        return None
    ratio = corrected / plain
    whole = 0.0 if population is None else 1 / population
    as_if = 1 / (ratio * (1 / n - whole) + whole)
    return Gain(n, math.floor(as_if + 1e-9), math.sqrt(ratio))

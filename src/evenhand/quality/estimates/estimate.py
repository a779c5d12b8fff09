"""The one shape in which every estimated number leaves this library."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

# DESIGN: a mean of fewer pairs is not shown as a number.
MINIMUM_N = 4

TOO_FEW = "too_few"
ALL_EQUAL = "all_equal"
UNCOVERED = "uncovered"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval, and what it rests on.

    value, low, high: on the scale of the data (0..100 for scores); all None when there is
    no number. n: units that went in. population: size N of the frame, None if unknown.
    se: standard error, None where the rule has none. level: of the interval.

    method names the rule of the interval, a stable code: ``none``, ``census``,
    ``envelope``, ``wilson``, ``bootstrap-t``, ``t-skew``, ``t``, ``t-hc3``, ``adjusted-wald``,
    ``shrunken``, ``normal``, ``bootstrap``, ``bca``, ``blup``, ``F``, ``logit``, ``beta``,
    ``asin``, ``mean``. design names how the units were weighted: ``simple``, ``stratified``, ``hajek``, ``shrunken``,
    ``ratio``, ``domain``, ``clusters``, ``two-stage``, ``unequal``, or empty. note is a code: ``too_few`` (no number),
    ``all_equal`` (no spread seen), ``little_spread`` (too little to say), ``uncovered``
    (part of the frame could not be reached), or empty. Pages translate these codes.

    df: degrees of freedom behind the interval. effective_n: the number of equally
    weighted units that would carry the same information. uncovered: frame units that
    the estimate does not describe.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    population: int | None = None
    se: float | None = None
    method: str = "none"
    level: float = 0.95
    note: str = ""
    design: str = ""
    df: float | None = None
    effective_n: float | None = None
    uncovered: int = 0

    @property
    def has_number(self) -> bool:
        return self.value is not None

    @property
    def half_width(self) -> float | None:
        """Half the interval's length; None without a number."""
        if self.low is None or self.high is None:
            return None
        return (self.high - self.low) / 2.0

    @property
    def design_effect(self) -> float | None:
        """How many units of this design one unit drawn alone is worth; None where not known."""
        return self.n / self.effective_n if self.effective_n else None

    @property
    def decimals(self) -> int:
        """Digits to show: whole points while the half-width is at least 1, else one."""
        half = self.half_width
        return 1 if half is not None and half < 1.0 else 0

    def contains(self, value: float) -> bool:
        """Whether the interval holds ``value``; False without a number."""
        return self.low is not None and self.high is not None and self.low <= value <= self.high

    def as_dict(self) -> dict[str, object]:
        """Plain values in full precision, for JSON and exports; infinities become None."""
        return {
            name: None if isinstance(value, float) and not math.isfinite(value) else value
            for name, value in asdict(self).items()
        }


def no_number(n: int, population: int | None = None, level: float = 0.95, uncovered: int = 0) -> Estimate:
    """What is returned where n is too small for a number: n is kept, the rest is None."""
    return Estimate(None, None, None, n, population, level=level, note=TOO_FEW, uncovered=uncovered)

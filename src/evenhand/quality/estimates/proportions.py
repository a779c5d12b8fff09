"""Shares of two kinds of answer: pass rates, critical failures, positive answers.

Intervals by Wilson (the default), Agresti and Coull, Clopper and Pearson, Jeffreys and
Wald; differences of two shares by Newcombe's hybrid score (the default), Agresti and
Caffo, and Wald. Sources: Wilson 1927; Agresti & Coull 1998; Clopper & Pearson 1934;
Brown, Cai & DasGupta 2001 (Jeffreys); Newcombe 1998; Agresti & Caffo 2000.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from evenhand.quality.quantiles import beta_quantile, normal_below, z_two_sided

from .estimate import ALL_EQUAL, Estimate, no_number

Interval = tuple[float, float]
ProportionMethod = Literal["wilson", "agresti_coull", "clopper_pearson", "jeffreys", "wald"]
DifferenceMethod = Literal["newcombe", "agresti_caffo", "wald"]


def wilson_interval(p: float, n: float, level: float = 0.95) -> Interval:
    """Wilson's score interval for a share p (0..1) of n answers; n need not be whole.

    It is the set of means m with ``(p - m)² <= z² m (1 - m) / n``. As no variable on
    0..1 with mean m varies more than m (1 - m), it is a conservative interval for the
    mean of *any* such variable, not only of yes and no.
    """
    if not (0.0 <= p <= 1.0 and n > 0):
        raise ValueError(f"A share lies in 0..1 and n is above 0; got {p} of {n}.")
    z2 = z_two_sided(level) ** 2
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    low = 0.0 if p == 0.0 else max(0.0, centre - half)
    high = 1.0 if p == 1.0 else min(1.0, centre + half)
    return low, high


def proportion_ci(x: float, n: float, alpha: float = 0.05, method: ProportionMethod = "wilson") -> Interval:
    """Interval on 0..1 for the share of x in n answers, at level 1 - alpha."""
    if not (0 <= x <= n and n > 0):
        raise ValueError(f"x must lie in 0..n and n be above 0; got {x} of {n}.")
    if method == "wilson":
        return wilson_interval(x / n, n, 1 - alpha)
    if method == "clopper_pearson":
        return _clopper_pearson(x, n, alpha)
    if method == "jeffreys":
        return (
            beta_quantile(alpha / 2, x + 0.5, n - x + 0.5),
            beta_quantile(1 - alpha / 2, x + 0.5, n - x + 0.5),
        )
    if method == "agresti_coull":
        z = z_two_sided(1 - alpha)
        return _wald((x + z * z / 2) / (n + z * z), n + z * z, alpha)
    if method == "wald":
        return _wald(x / n, n, alpha)
    raise ValueError(f"Unknown method for a proportion: {method!r}.")


def proportion_interval(x: int, n: int, population: int | None = None, level: float = 0.95) -> Estimate:
    """Share of x in n on 0..100 with Wilson's interval, for any n from 1 up.

    population: the finite number of which the n were drawn at random. It enters as the
    effective number n (N - 1) / (N - n), and by what the unseen could still change.
    """
    if n == 0:
        return no_number(0, population, level)
    if population is not None and not n <= population:
        raise ValueError(f"n ({n}) must not exceed the population ({population}).")
    p = x / n
    if population is not None and n == population:
        return Estimate(100 * p, 100 * p, 100 * p, n, population, 0.0, "census", level)
    spread = 0.0 < p < 1.0
    effective = n if population is None or not spread else n * (population - 1) / (population - n)
    low, high = wilson_interval(p, effective, level)
    if population is not None:
        low, high = max(low, x / population), min(high, (x + population - n) / population)
    se = 100 * math.sqrt(p * (1 - p) / effective)
    note = "" if spread else ALL_EQUAL
    return Estimate(100 * p, 100 * low, 100 * high, n, population, se, "wilson", level, note, effective_n=effective)


@dataclass(frozen=True, slots=True)
class ProportionDifference:
    """x1/n1 - x2/n2 on -1..1, its interval, and two tests of "no difference"."""

    difference: float
    low: float
    high: float
    score_test_p: float
    method: str
    level: float


def proportion_diff_ci(
    x1: float, n1: float, x2: float, n2: float, alpha: float = 0.05, method: DifferenceMethod = "newcombe"
) -> ProportionDifference:
    """First share minus second, with an interval at level 1 - alpha, all on -1..1."""
    p1, p2 = x1 / n1, x2 / n2
    diff = p1 - p2
    if method == "newcombe":
        (l1, u1), (l2, u2) = proportion_ci(x1, n1, alpha), proportion_ci(x2, n2, alpha)
        low, high = diff - math.hypot(p1 - l1, u2 - p2), diff + math.hypot(u1 - p1, p2 - l2)
    elif method == "agresti_caffo":
        low, high = _wald_difference(x1 + 1, n1 + 2, x2 + 1, n2 + 2, alpha)
    elif method == "wald":
        low, high = _wald_difference(x1, n1, x2, n2, alpha)
    else:
        raise ValueError(f"Unknown method for a difference: {method!r}.")
    p_value = _score_test(x1, n1, x2, n2)
    return ProportionDifference(diff, low, high, p_value, method, 1 - alpha)


def _clopper_pearson(x: float, n: float, alpha: float) -> Interval:
    low = 0.0 if x == 0 else beta_quantile(alpha / 2, x, n - x + 1)
    high = 1.0 if x == n else beta_quantile(1 - alpha / 2, x + 1, n - x)
    return low, high


def _wald(p: float, n: float, alpha: float) -> Interval:
    half = z_two_sided(1 - alpha) * math.sqrt(p * (1 - p) / n)
    return max(0.0, p - half), min(1.0, p + half)


def _wald_difference(x1: float, n1: float, x2: float, n2: float, alpha: float) -> Interval:
    p1, p2 = x1 / n1, x2 / n2
    half = z_two_sided(1 - alpha) * math.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    return p1 - p2 - half, p1 - p2 + half


def _score_test(x1: float, n1: float, x2: float, n2: float) -> float:
    """Two-sided p-value of the score test with pooled variance."""
    pooled = (x1 + x2) / (n1 + n2)
    variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    if variance == 0.0:
        return 1.0
    return 2 * normal_below(-abs(x1 / n1 - x2 / n2) / math.sqrt(variance))


def fisher_exact_p(x1: int, n1: int, x2: int, n2: int) -> float:
    """Two-sided p of Fisher's exact test: all tables no likelier than the one seen."""
    hits, total = x1 + x2, n1 + n2
    first, last = max(0, hits - n2), min(hits, n1)
    ways = [math.comb(n1, k) * math.comb(n2, hits - k) for k in range(first, last + 1)]
    seen = ways[x1 - first]
    # Whole numbers, so that ties are ties; the slack is that of statistical packages.
    limit = seen + seen // 10**7
    return sum(way for way in ways if way <= limit) / math.comb(total, hits)

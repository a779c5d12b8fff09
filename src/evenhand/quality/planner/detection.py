"""Reviews that it takes to see a difference that is there.

Two independent samples of n each; two-sided tests at 1 - level. ``power`` is the chance
to find the difference. Sources: Cohen 1988; for means the exact noncentral t, for shares
the pooled variance under no difference (Fleiss 1981), for correlations Fisher's z with
its bias and Student's critical value, as R's ``pwr.t.test``, ``power.prop.test`` and
``pwr.r.test`` do.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from evenhand.quality.quantiles import normal_below, normal_quantile, t_noncentral_below, t_two_sided, z_two_sided

from .margins import remaining_spread

MOST = 1e12


def n_per_period_mean(
    sigma: float, delta: float, power: float = 0.8, *, rho: float = 0.0, level: float = 0.95
) -> float:
    """Reviews in each of two periods, unrounded, to see their means differ by delta points.

    rho: as for :func:`~.margins.n_for_mean_margin`.
    """
    _check(delta, power)
    effect = abs(delta) / remaining_spread(sigma, rho)

    def found(n: float) -> float:
        df, shift = 2 * (n - 1), math.sqrt(n / 2) * effect
        critical = t_two_sided(df, level)
        return 1 - t_noncentral_below(critical, df, shift) + t_noncentral_below(-critical, df, shift)

    return _smallest(found, power, 1.0 + 1e-6)


def n_per_period_mean_normal(
    sigma: float, delta: float, power: float = 0.8, *, rho: float = 0.0, level: float = 0.95
) -> float:
    """The same by the rule of thumb ``2 (z + z_power)² σ² / Δ²``: about one review too few."""
    _check(delta, power)
    quantiles = z_two_sided(level) + normal_quantile(power)
    return 2 * (quantiles * remaining_spread(sigma, rho) / delta) ** 2


def n_per_period_proportion(p1: float, p2: float, power: float = 0.8, *, level: float = 0.95) -> float:
    """Reviews in each of two periods, unrounded, to see a share go from p1 to p2, on 0..1."""
    _check(p1 - p2, power)
    if not (0 <= p1 <= 1 and 0 <= p2 <= 1):
        raise ValueError(f"Shares lie in 0..1; got {p1} and {p2}.")
    middle = (p1 + p2) / 2
    same = z_two_sided(level) * math.sqrt(2 * middle * (1 - middle))
    other = normal_quantile(power) * math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    return ((same + other) / (p1 - p2)) ** 2


def n_for_correlation(r: float, power: float = 0.8, *, level: float = 0.95) -> float:
    """Pairs of values, unrounded, to see that a correlation of r is not 0."""
    _check(r, power)
    if not -1 < r < 1:
        raise ValueError(f"A correlation lies between -1 and 1, not at {r}.")
    strength = abs(r)

    def found(n: float) -> float:
        t = t_two_sided(n - 2, level)
        critical = math.atanh(math.sqrt(t * t / (t * t + n - 2)))
        expected = math.atanh(strength) + strength / (2 * (n - 1))
        scale = math.sqrt(n - 3)
        return normal_below((expected - critical) * scale) + normal_below((-expected - critical) * scale)

    return _smallest(found, power, 3.0 + 1e-6)


def _smallest(found: Callable[[float], float], power: float, start: float) -> float:
    """The n at which the power is reached, by bisection; power grows with n."""
    low, high = start, 2 * start
    while found(high) < power:
        low, high = high, 2 * high
        if high > MOST:
            raise ValueError("The difference is too small for any number of reviews.")
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if found(middle) < power else (low, middle)
    return high


def _check(difference: float, power: float) -> None:
    if difference == 0 or not 0 < power < 1:
        raise ValueError(f"The difference must not be 0 and the power lie in 0..1; got {difference} and {power}.")

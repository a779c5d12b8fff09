"""Quantiles and tail probabilities of the normal, t, beta and F distributions.

scipy is imported on first use, and only ``scipy.special``: ``scipy.stats`` alone costs
most of a second at start-up.
"""

from __future__ import annotations

import math
from statistics import NormalDist

_NORMAL = NormalDist()


def check_level(level: float) -> float:
    """The level itself, if it lies strictly between 0 and 1; ValueError otherwise."""
    if not 0.0 < level < 1.0:
        raise ValueError(f"The level must lie between 0 and 1, not be {level}.")
    return level


def z_two_sided(level: float = 0.95) -> float:
    """z such that a standard normal lies within ±z with probability ``level``."""
    return _NORMAL.inv_cdf(0.5 + check_level(level) / 2.0)


def normal_quantile(q: float) -> float:
    """x such that a standard normal is below x with probability q."""
    return _NORMAL.inv_cdf(q)


def normal_below(x: float) -> float:
    """Probability that a standard normal is below x."""
    return _NORMAL.cdf(x)


def t_two_sided(df: float, level: float = 0.95) -> float:
    """t such that Student's t with ``df`` lies within ±t with probability ``level``."""
    check_level(level)
    if math.isinf(df):
        return z_two_sided(level)
    from scipy.special import stdtrit

    return float(stdtrit(df, 0.5 + level / 2.0))


def t_p_value(t: float, df: float) -> float:
    """Two-sided p-value of a t statistic with ``df`` degrees of freedom."""
    from scipy.special import stdtr

    return float(2.0 * stdtr(df, -abs(t)))


def t_noncentral_below(x: float, df: float, shift: float) -> float:
    """Probability that a noncentral t with ``df`` and noncentrality ``shift`` is below x."""
    from scipy.special import nctdtr

    return float(nctdtr(df, shift, x))


def binomial_at_most(k: int, n: int, p: float) -> float:
    """Probability of at most k successes in n trials of chance p each."""
    from scipy.special import bdtr

    return float(bdtr(k, n, p))


def beta_quantile(q: float, a: float, b: float) -> float:
    """The q-quantile of a Beta(a, b) distribution."""
    from scipy.special import betaincinv

    return float(betaincinv(a, b, q))


def f_quantile(q: float, upper_df: float, lower_df: float) -> float:
    """The q-quantile of an F distribution."""
    from scipy.special import fdtri

    return float(fdtri(upper_df, lower_df, q))

"""Reviews for a margin, and the margin of so many reviews.

A *margin* is half the length of an interval. Sizes are planned with the normal quantile,
``n0 = (z σ / e)²`` and ``n = n0 / (1 + n0 / N)`` for a frame of N (Cochran 1977, 4.6);
margins of a given n use Student's t, as the estimates will.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from evenhand.quality.arrays import finite, same_length
from evenhand.quality.quantiles import t_two_sided, z_two_sided


def n_for_mean_margin(
    sigma: float, margin: float, population: int | None = None, *, rho: float = 0.0, level: float = 0.95
) -> float:
    """Reviews, unrounded, for a mean to within ± margin.

    sigma: spread of single scores. population: size N of the frame, None for one without
    end. rho: correlation of machine scores with reviews where the whole frame has machine
    scores that the reviews correct; they leave ``σ² (1 - ρ²)`` to be found out.
    """
    _above_zero(margin=margin)
    return _of_frame((z_two_sided(level) * remaining_spread(sigma, rho) / margin) ** 2, population)


def n_for_proportion_margin(p: float, margin: float, population: int | None = None, *, level: float = 0.95) -> float:
    """Reviews, unrounded, for a share to within ± margin; both on 0..1. p: the share expected."""
    _above_zero(margin=margin)
    _share(p=p)
    return _of_frame(z_two_sided(level) ** 2 * p * (1 - p) / margin**2, population)


def n_for_kappa_margin(observed: float, by_chance: float, margin: float, *, level: float = 0.95) -> float:
    """Pairs of ratings, unrounded, for Cohen's kappa to within ± margin.

    ``(z / e)² p_o (1 - p_o) / (1 - p_e)²`` (Cohen 1960). observed, by_chance: expected
    agreement and the agreement that chance alone would give, on 0..1.
    """
    _above_zero(margin=margin)
    _share(observed=observed, by_chance=by_chance)
    if by_chance == 1:
        raise ValueError("Where chance alone gives full agreement there is no kappa.")
    return (z_two_sided(level) / margin) ** 2 * observed * (1 - observed) / (1 - by_chance) ** 2


def n_for_nps_margin(promoters: float, detractors: float, margin: float, *, level: float = 0.95) -> float:
    """Answers, unrounded, for a Net Promoter Score to within ± margin points.

    promoters, detractors: shares expected, on 0..1. Variance of one answer, counted as
    100, 0 or -100: ``p₊ + p₋ - (p₊ - p₋)²`` times 100².
    """
    _above_zero(margin=margin)
    _share(promoters=promoters, detractors=detractors, both=promoters + detractors)
    variance = promoters + detractors - (promoters - detractors) ** 2
    return (100 * z_two_sided(level) / margin) ** 2 * variance


def margin_for_n(
    sigma: float,
    n: float,
    population: int | None = None,
    *,
    rho: float = 0.0,
    df: float | None = None,
    level: float = 0.95,
) -> float:
    """Half-width of the interval of a mean of n reviews drawn at random from one frame.

    df: degrees of freedom of the spread, n - 1 unless it is pooled over more reviews than
    these. 0 where the whole frame was reviewed; infinite where nothing can be told.
    """
    if n <= 0 or (population is not None and n > population):
        raise ValueError(f"n must be above 0 and no more than the frame holds, not {n} of {population}.")
    unseen = 1.0 if population is None else 1.0 - n / population
    return _t(n - 1 if df is None else df, level) * remaining_spread(sigma, rho) * math.sqrt(unseen / n)


def margin_of_strata(
    sigma: Sequence[float],
    drawn: Sequence[int],
    population: Sequence[int],
    *,
    rho: float = 0.0,
    level: float = 0.95,
) -> float:
    """Half-width for the mean of a frame in strata, H of each: ``SE² = Σ W_h² (1 - n_h/N_h) σ_h² / n_h``.

    t with ``Σ n_h - H`` degrees of freedom, the pooled spread's. Infinite where a stratum
    with anything in it gets nothing, or where no stratum gets two.
    """
    spread, n, size = finite(sigma, "sigma"), finite(drawn, "drawn"), finite(population, "population")
    same_length(sigma=spread, drawn=n, population=size)
    held = size > 0
    if (n > size).any():
        raise ValueError("A stratum cannot give more than it holds.")
    if not held.any() or (n[held] == 0).any():
        return math.inf
    spread, n, size = spread[held], n[held], size[held]
    weight = size / size.sum()
    variance = float((weight**2 * (1 - n / size) * spread**2 / n).sum())
    if (n == size).all():
        return 0.0
    return _t(float(n.sum()) - len(n), level) * remaining_spread(math.sqrt(variance), rho)


def remaining_spread(sigma: float, rho: float) -> float:
    """``σ sqrt(1 - ρ²)``: what machine scores leave for reviews to find out."""
    if not (sigma >= 0 and -1.0 < rho < 1.0):
        raise ValueError(f"A spread is 0 or more and a correlation between -1 and 1; got {sigma} and {rho}.")
    return sigma * math.sqrt(1.0 - rho * rho)


def whole(n: float) -> int:
    """The next whole number; what is whole but for rounding errors stays."""
    return math.ceil(n - 1e-9)


def _of_frame(n0: float, population: int | None) -> float:
    return n0 if population is None else n0 / (1.0 + n0 / population)


def _t(df: float, level: float) -> float:
    return t_two_sided(df, level) if df > 0 else math.inf


def _above_zero(**values: float) -> None:
    for name, value in values.items():
        if not value > 0:
            raise ValueError(f"The {name} must be above 0, not {value}.")


def _share(**values: float) -> None:
    for name, value in values.items():
        if not 0 <= value <= 1:
            raise ValueError(f"{name} must lie in 0..1, not be {value}.")

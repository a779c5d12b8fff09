"""What the textbook estimators share: t intervals as survey software gives them.

What a page shows as a score goes through :func:`~.means.mean_interval` or
:func:`~.draws.draws_estimate`, which start from the same means and variances and then
choose an interval that holds for few and skewed scores.
"""

from __future__ import annotations

from evenhand.quality.quantiles import t_two_sided

from .estimate import Estimate


def t_estimate(
    mean: float,
    se: float,
    df: float,
    n: int,
    population: int | None,
    level: float,
    design: str,
    effective_n: float | None = None,
) -> Estimate:
    """``mean ± t(df) se``. It may leave the scale, as textbook intervals do."""
    half = t_two_sided(df, level) * se
    return Estimate(
        mean, mean - half, mean + half, n, population, se, "t", level,
        design=design, df=df, effective_n=effective_n,
    )  # fmt: skip


def at_least_two(n: int, what: str = "units") -> None:
    """Raises ValueError below two, of which there is no variance."""
    if n < 2:
        raise ValueError(f"A standard error needs two {what} or more, not {n}.")


def unsampled(n: int, population: int | None) -> float:
    """``1 - n/N``, the finite-population correction; 1 where N is unknown. ValueError for n > N."""
    if population is None:
        return 1.0
    if n > population:
        raise ValueError(f"{n} units cannot come from a population of {population}.")
    return 1.0 - n / population

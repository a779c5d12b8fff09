"""Fair estimates for many small groups: agents with a handful of reviews each.

Model: ``y_ij = μ + θ_j + ε_ij``, groups normal with variance σ_b² around μ, reviews with
one pooled variance σ_w² around their group. Variances by restricted maximum likelihood
(REML); each group's mean is drawn towards μ by its *reliability*
``σ_b² / (σ_b² + σ_w² / n)``. Ranking raw means of few reviews is noise: with σ_b 4 and
σ_w 18, four reviews each give a reliability of 0.17.

Sources: Robbins 1956; Patterson & Thompson 1971 (REML); Prasad & Rao 1990 (the error of
estimating the variances); James & Stein 1961; Adams, RAND TR-653 (reliability of provider
profiles); Ghosh & Meeden 1986 (finite populations).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, Ints, codes, finite, same_length, sums
from evenhand.quality.estimates.estimate import ALL_EQUAL, MINIMUM_N, Estimate, no_number
from evenhand.quality.estimates.means import envelope
from evenhand.quality.quantiles import normal_below, t_two_sided, z_two_sided

RANKS_FROM_RELIABILITY = 0.7
MARGIN = 10.0
# A group without an end may be asked for this many reviews, and no more.
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class GroupEstimate:
    """One group's place among the others.

    raw: plain mean. shrunk: estimate drawn towards the overall mean. cond_sd: standard
    deviation of the group's level given the variances. reliability: 0..1. estimate: the
    number to show with its interval, which also carries the doubt about μ and the
    variances (no number below 4). below: probability that the group lies below the
    overall mean. needed: how many more reviews of this group until its interval, with all
    the doubt that it carries, reaches no further than the margin either way.
    """

    group: Hashable
    n: int
    raw: float
    shrunk: float
    cond_sd: float
    reliability: float
    estimate: Estimate
    below: float
    needed: int


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """All groups and what they have in common.

    mu: overall mean (of groups, weighted by what each tells). var_between, var_within:
    σ_b² and σ_w². reliability: of a group with the median number of reviews.
    """

    mu: float
    mu_se: float
    var_between: float
    var_within: float
    reliability: float
    groups: tuple[GroupEstimate, ...]

    @property
    def ranks_may_be_shown(self) -> bool:
        """Whether every shown group's reliability is at least 0.7."""
        shown = [g.reliability for g in self.groups if g.estimate.has_number]
        return len(shown) > 1 and min(shown) >= RANKS_FROM_RELIABILITY

    def by_group(self) -> dict[Hashable, GroupEstimate]:
        return {g.group: g for g in self.groups}


def eb_shrinkage(
    y: npt.ArrayLike,
    group: npt.ArrayLike,
    population: Mapping[Hashable, int] | None = None,
    *,
    margin: float = MARGIN,
    level: float = 0.95,
    lower: float = 0.0,
    upper: float = 100.0,
) -> Shrinkage:
    """Empirical-Bayes estimates of group means from single values.

    y: (n,) values on lower..upper. group: (n,) labels. population: frame size of each
    group; where given, the estimate is of the mean of exactly those units, and a group
    that was reviewed whole keeps its plain mean. margin: what ``needed`` aims at.

    With one group, or with no group of two values, nothing can be told apart: the
    between variance is then 0 or the within variance is that of all values together. Where
    no group's values differ among themselves, each has the envelope of its own n.
    Raises ValueError for no values, or for more values in a group than its population.
    """
    values = finite(y, "y")
    labels, index = codes(group, "group")
    if same_length(y=values, group=index) == 0:
        raise ValueError("Shrinkage needs at least one value.")
    n = np.bincount(index, minlength=len(labels)).astype(np.int64)
    raw = sums(index, values, len(labels)) / n
    within = float(((values - raw[index]) ** 2).sum())
    between, unit = _reml(n, raw, within)
    fit = _predict(n, raw, between, unit)
    names: list[Hashable] = labels.tolist()
    context = _Context(fit, between, unit, int((n - 1).sum()), margin, level, lower, upper)
    sizes = [None if population is None else population.get(name) for name in names]
    groups = tuple(_group(context, j, name, int(n[j]), sizes[j]) for j, name in enumerate(names))
    median = float(np.median(n))
    return Shrinkage(fit.mu, fit.mu_se, between, unit, _reliability(between, unit, median), groups)


def reviews_needed(
    sd_within: float,
    n: int,
    margin: float = MARGIN,
    *,
    sd_between: float | None = None,
    level: float = 0.95,
    minimum: int = MINIMUM_N,
) -> int:
    """How many more reviews until a group's interval is no wider than ± margin.

    sd_within: spread of single reviews. sd_between: spread of the groups' true means;
    where given, the estimate leans on the other groups and needs fewer. 7 more for ± 10
    is what 4 reviews have before them with 24 within and 7 between. Never fewer than
    bring n to ``minimum``. Both spreads are taken as known, as in a plan; ``needed`` of
    :class:`GroupEstimate` also counts the doubt about them. Raises ValueError for a margin
    that is not above 0.
    """
    if margin <= 0:
        raise ValueError(f"The margin must be above 0, not {margin}.")
    z2 = z_two_sided(level) ** 2
    precision = z2 / margin**2
    if sd_between is not None:
        precision -= math.inf if sd_between == 0 else 1.0 / sd_between**2
    wanted = math.ceil(sd_within**2 * precision - 1e-9) if precision > 0 else 0
    return max(wanted, minimum, n) - n


def n_per_agent_for_reliability(sd_between: float, sd_within: float, target: float) -> float:
    """Reviews per group for a reliability, unrounded: ``ρ / (1 - ρ) σ_w² / σ_b²``."""
    if not (0 < target < 1 and sd_between > 0):
        raise ValueError("The target must lie between 0 and 1, and groups must differ.")
    return target / (1 - target) * sd_within**2 / sd_between**2


@dataclass(frozen=True, slots=True)
class _Fit:
    mu: float
    mu_se: float
    raw: Floats
    shrunk: Floats
    reliability: Floats
    mse: Floats
    mse_from_mean: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class _Context:
    fit: _Fit
    between: float
    unit: float
    df: int
    margin: float
    level: float
    lower: float
    upper: float


def _reliability(between: float, unit: float, n: float) -> float:
    total = between + unit / n
    return between / total if total > 0 else 0.0


def _reml(n: Ints, raw: Floats, within: float) -> tuple[float, float]:
    """REML estimates of σ_b² and σ_w² by a search over their ratio."""
    total, df = int(n.sum()), int((n - 1).sum())
    if len(n) < 2 or df == 0 or within == 0.0:
        return _degenerate(n, raw, within)

    def criterion(ratio: Floats) -> Floats:
        return _minus_twice_likelihood(ratio, n, raw, within)

    grid = np.concatenate([[0.0], np.geomspace(1e-6, 1e6, 121)])
    best = int(np.argmin(criterion(grid)))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    for _ in range(40):
        points = np.linspace(low, high, 9)
        at = int(np.argmin(criterion(points)))
        low, high = points[max(at - 1, 0)], points[min(at + 1, 8)]
    ratio = (low + high) / 2
    at_zero, at_ratio = criterion(np.array([0.0, ratio]))
    if at_zero <= at_ratio + 1e-9:
        ratio = 0.0
    weight = n / (1 + n * ratio)
    mu = float(weight @ raw / weight.sum())
    unit = (within + float(weight @ (raw - mu) ** 2)) / (total - 1)
    return float(ratio * unit), float(unit)


def _degenerate(n: Ints, raw: Floats, within: float) -> tuple[float, float]:
    """Variances where a likelihood has nothing to work on: see :func:`eb_shrinkage`."""
    df = int((n - 1).sum())
    if len(n) < 2:
        return 0.0, within / df if df else 0.0
    if df == 0:
        return 0.0, float(raw.var(ddof=1))
    return float(raw.var(ddof=1)), 0.0


def _minus_twice_likelihood(ratio: Floats, n: Ints, raw: Floats, within: float) -> Floats:
    """(R,) restricted likelihood, profiled over μ and σ_w², for each ratio σ_b²/σ_w²."""
    weight = n / (1 + np.outer(ratio, n))
    total = weight.sum(axis=1)
    mu = weight @ raw / total
    squares = within + (weight * (raw - mu[:, None]) ** 2).sum(axis=1)
    logs = np.log1p(np.outer(ratio, n)).sum(axis=1)
    return np.asarray((int(n.sum()) - 1) * np.log(squares) + logs + np.log(total), np.float64)


def _predict(n: Ints, raw: Floats, between: float, unit: float) -> _Fit:
    """Shrunken means with their mean squared errors (Prasad & Rao: g1 + g2 + 2 g3)."""
    error = unit / n
    spread = between + error
    if not (spread > 0).all():
        mu = float(n @ raw / n.sum())
        zero = np.zeros(len(n))
        return _Fit(mu, 0.0, raw, raw.copy(), zero, zero, zero, zero)
    weight = 1 / spread
    mu = float(weight @ raw / weight.sum())
    mu_variance = float(1 / weight.sum())
    reliability = between / spread
    shrunk = mu + reliability * (raw - mu)
    mse = _mse(between, error, weight.sum(), (weight**2).sum())
    from_mean = np.maximum(mse + (reliability**2 - (1 - reliability) ** 2) * mu_variance, 0.0)
    return _Fit(mu, math.sqrt(mu_variance), raw, shrunk, reliability, mse, from_mean, weight)


def _mse(between: float, error: Floats, precision: npt.ArrayLike, squares: npt.ArrayLike) -> Floats:
    """Mean squared error of shrunken means whose plain means have a variance of ``error``.

    precision, squares: sums over all groups of one over the spread, and of its square. Where
    groups hardly differ, Prasad and Rao's term for the variances' own doubt grows beyond
    all that a group's reviews leave open. No shrunken mean is worse than the plain one
    (James & Stein 1961), so the plain one's error is the most there can be.
    """
    spread = between + error
    away = error / spread
    doubt = 2 * error**2 / spread**3 * 2 / np.asarray(squares, np.float64)
    total = between * away + away**2 / np.asarray(precision, np.float64) + doubt
    return np.asarray(np.minimum(total, error), np.float64)


def _group(context: _Context, j: int, name: Hashable, n: int, population: int | None) -> GroupEstimate:
    fit = context.fit
    raw, shrunk, reliability = float(fit.raw[j]), float(fit.shrunk[j]), float(fit.reliability[j])
    sd_from_mean = math.sqrt(fit.mse_from_mean[j])
    below = normal_below((fit.mu - shrunk) / sd_from_mean) if sd_from_mean > 0 else 0.5
    return GroupEstimate(
        group=name,
        n=n,
        raw=raw,
        shrunk=shrunk,
        cond_sd=math.sqrt(context.between * (1 - reliability)),
        reliability=reliability,
        estimate=_estimate(context, j, n, population),
        below=below,
        needed=_needed(context, j, n, population),
    )


def _needed(context: _Context, j: int, n: int, population: int | None) -> int:
    """The fewest more reviews of one group, the others as they are, that bring its interval within the margin."""
    most = _MOST if population is None else max(population, MINIMUM_N)
    start, step = max(n, MINIMUM_N), 64
    while start <= most:
        trial = np.arange(start, min(start + step, most + 1), dtype=np.float64)
        within = np.flatnonzero(_half_widths(context, j, trial, population) <= context.margin)
        if len(within):
            return start + int(within[0]) - n
        start, step = start + step, 2 * step
    return most - n


def _half_widths(context: _Context, j: int, n: Floats, population: int | None) -> Floats:
    """How far the interval would reach if group j had so many reviews."""
    if context.unit == 0.0:
        limits = [_unseen_limits(context, float(context.fit.raw[j]), int(k), population) for k in n]
        return np.array([(high - low) / 2 for low, high in limits])
    fit, between = context.fit, context.between
    error = context.unit / n
    weight = 1 / (between + error)
    precision = fit.weight.sum() - fit.weight[j] + weight
    squares = (fit.weight**2).sum() - fit.weight[j] ** 2 + weight**2
    variance = _mse(between, error, precision, squares)
    if population is not None:
        unseen = np.maximum(population - n, 0.0)
        variance = (unseen / population) ** 2 * (variance + context.unit / np.maximum(unseen, 1.0))
    return np.asarray(t_two_sided(max(context.df, 1), context.level) * np.sqrt(variance), np.float64)


def _unseen_limits(context: _Context, mean: float, n: int, population: int | None) -> tuple[float, float]:
    """The envelope of n equal reviews, no further than the frame's unseen pairs could move their mean."""
    low, high = envelope(mean, n, context.lower, context.upper, context.level)
    if population is None:
        return low, high
    share = max(population - n, 0) / population
    reach = mean + share * (context.lower - mean), mean + share * (context.upper - mean)
    return max(low, reach[0]), min(high, reach[1])


def _estimate(context: _Context, j: int, n: int, population: int | None) -> Estimate:
    """The group's number: of its level, or of the mean of its finite frame."""
    fit, level = context.fit, context.level
    if population is not None and n > population:
        raise ValueError(f"{n} values cannot come from a population of {population}.")
    if n < MINIMUM_N:
        return no_number(n, population, level)
    value, variance = float(fit.shrunk[j]), float(fit.mse[j])
    if population is not None:
        unseen = population - n
        fraction = n / population
        value = fraction * float(fit.raw[j]) + (1 - fraction) * value
        variance = (1 - fraction) ** 2 * (variance + (context.unit / unseen if unseen else 0.0))
    if context.unit == 0.0 and n != population:
        # Nobody's reviews differ among themselves, so there is no error to estimate from.
        low, high = _unseen_limits(context, value, n, population)
        return Estimate(
            value, low, high, n, population, None, "envelope", level, ALL_EQUAL, design="shrunken",
            effective_n=float(n),
        )  # fmt: skip
    se = math.sqrt(variance)
    half = t_two_sided(max(context.df, 1), level) * se
    return Estimate(
        value, max(context.lower, value - half), min(context.upper, value + half), n, population, se,
        "census" if n == population else "shrunken", level, design="shrunken", df=float(context.df),
    )  # fmt: skip

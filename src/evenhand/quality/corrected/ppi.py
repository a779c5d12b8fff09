"""Prediction-powered means in the forms in which they were published.

Here the machine scored an endless population; what is estimated is that population's
mean, and intervals are normal ones. The product estimates the mean of this period's
frame instead: see :mod:`~.greg` and :mod:`~.draws`. With ``λ`` the weight of the machine:

    ȳ + λ (mean of f on the unreviewed - mean of f on the reviewed)

Sources: Angelopoulos et al. 2023 (λ = 1), Angelopoulos, Duchi & Zrnic 2023 (PPI++: λ of
least variance, clipped to 0..1 in ``ppi-python``, unclipped and with n - 1 in GLIDE),
Fisch et al. 2024 (strata), Zrnic & Candès 2024 (cross-fitting).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, codes, finite, same_length, sums
from evenhand.quality.estimates.estimate import Estimate
from evenhand.quality.quantiles import z_two_sided

PpiForm = Literal["plain", "clipped", "unclipped"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Moments of reviewed units: (...) arrays; variances and covariance divide by n."""

    n: int
    y_mean: Floats
    f_mean: Floats
    y_var: Floats
    f_var: Floats
    covariance: Floats


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """Moments of the machine scores without a review: (...) arrays; the variance divides by n."""

    n: int
    mean: Floats
    var: Floats


def reviewed_moments(y: Floats, f: Floats) -> Reviewed:
    """Moments of (..., n) samples over their last axis."""
    y_mean, f_mean = y.mean(axis=-1), f.mean(axis=-1)
    dy, df = y - y_mean[..., None], f - f_mean[..., None]
    cross = np.asarray((dy * df).mean(axis=-1))
    return Reviewed(y.shape[-1], y_mean, f_mean, (dy**2).mean(axis=-1), (df**2).mean(axis=-1), cross)


def prediction_powered(seen: Reviewed, rest: Unreviewed, form: PpiForm) -> tuple[Floats, Floats]:
    """(...) estimates and their standard errors, from moments.

    form: ``"plain"`` λ = 1; ``"clipped"`` PPI++ of ``ppi-python``, λ in 0..1 and
    variances that divide by n; ``"unclipped"`` that of GLIDE, which divide by n - 1.
    """
    few, many = _bessel(seen.n, form), _bessel(rest.n, form)
    weight = _weight(seen, rest, form)
    residual = seen.y_var - 2 * weight * seen.covariance + weight**2 * seen.f_var
    variance = weight**2 * rest.var * many / rest.n + np.maximum(residual, 0.0) * few / seen.n
    return seen.y_mean + weight * (rest.mean - seen.f_mean), np.sqrt(variance)


def ppi_mean(
    y: npt.ArrayLike,
    f_labeled: npt.ArrayLike,
    f_unlabeled: npt.ArrayLike,
    level: float = 0.95,
    form: PpiForm = "unclipped",
) -> Estimate:
    """Mean of an endless population from n reviews and the machine's scores.

    y, f_labeled: (n,) human and machine scores of the reviewed, n >= 2. f_unlabeled:
    (m,) machine scores of the others, m >= 2. ``effective_n``: reviews that would do as
    well without a machine. Raises ValueError for other shapes and for missing numbers.
    """
    seen, rest = _moments(y, f_labeled, f_unlabeled)
    value, se = prediction_powered(seen, rest, form)
    return _normal(float(value), float(se), seen, level)


def stratified_ppi_mean(
    y: npt.ArrayLike,
    f_labeled: npt.ArrayLike,
    stratum_labeled: npt.ArrayLike,
    f_unlabeled: npt.ArrayLike,
    stratum_unlabeled: npt.ArrayLike,
    population: Mapping[Hashable, int],
    level: float = 0.95,
) -> Estimate:
    """``Σ W_h`` times the strata's own :func:`ppi_mean`, each with its own λ (Fisch et al. 2024).

    population: the size of every stratum, of which the weights are made. A λ of its own
    wants 20 to 30 reviews a stratum; with fewer,
    :func:`~.greg.stratified_greg_mean` has one for all. Raises ValueError where a
    stratum has fewer than two reviewed or two unreviewed units.
    """
    values, f, rest = finite(y, "y"), finite(f_labeled, "f_labeled"), finite(f_unlabeled, "f_unlabeled")
    here, there = _labels(stratum_labeled, "stratum_labeled"), _labels(stratum_unlabeled, "stratum_unlabeled")
    same_length(y=values, f_labeled=f, stratum_labeled=here)
    same_length(f_unlabeled=rest, stratum_unlabeled=there)
    _same_strata(set(here.tolist()) | set(there.tolist()), population)
    total = sum(population.values())
    value = variance = 0.0
    for name, size in population.items():
        at = here == name
        part = ppi_mean(values[at], f[at], rest[there == name], level)
        value += size / total * (part.value or 0.0)
        variance += (size / total * (part.se or 0.0)) ** 2
    return _normal(value, math.sqrt(variance), reviewed_moments(values, f), level, "stratified")


def clustered_ppi_mean(y: npt.ArrayLike, f: npt.ArrayLike, cluster: npt.ArrayLike, level: float = 0.95) -> Estimate:
    """:func:`ppi_mean` of cluster means, where clusters were reviewed whole or not at all.

    y: (N,) human scores, NaN where there is no review. f: (N,) machine scores. cluster:
    (N,) labels, such as conversations with several agents. n counts clusters. Raises
    ValueError for a cluster that was reviewed in part.
    """
    scores, machine = np.asarray(y, dtype=np.float64), finite(f, "f")
    labels, index = codes(cluster, "cluster")
    same_length(y=scores, f=machine, cluster=index)
    size = np.bincount(index, minlength=len(labels))
    seen = np.bincount(index[~np.isnan(scores)], minlength=len(labels))
    if ((seen > 0) & (seen < size)).any():
        name = labels[(seen > 0) & (seen < size)][0]
        raise ValueError(f"Cluster {name!r} was reviewed in part; it must be whole or not at all.")
    whole = seen > 0
    y_mean = sums(index, np.nan_to_num(scores), len(labels)) / size
    f_mean = sums(index, machine, len(labels)) / size
    return ppi_mean(y_mean[whole], f_mean[whole], f_mean[~whole], level)


def cross_ppi_mean(
    y: npt.ArrayLike, f_out_of_fold: npt.ArrayLike, f_unlabeled: npt.ArrayLike, level: float = 0.95
) -> Estimate:
    """Mean where the machine learnt from these very reviews (Zrnic & Candès 2024), λ = 1.

    f_out_of_fold: (n,) score of each reviewed unit by the machine that did not see it.
    f_unlabeled: (m, K) scores of the others by the K machines. Scores of a machine that
    did see the review leave residuals that are too small: such intervals hold the truth
    59 times in 100.
    """
    by_fold = np.asarray(f_unlabeled, dtype=np.float64)
    if by_fold.ndim != 2:
        raise ValueError(f"f_unlabeled must be (m, K), one column a fold, not {by_fold.shape}.")
    return ppi_mean(y, f_out_of_fold, by_fold.mean(axis=1), level, "plain")


def _moments(y: npt.ArrayLike, f_labeled: npt.ArrayLike, f_unlabeled: npt.ArrayLike) -> tuple[Reviewed, Unreviewed]:
    values, f, rest = finite(y, "y"), finite(f_labeled, "f_labeled"), finite(f_unlabeled, "f_unlabeled")
    if same_length(y=values, f_labeled=f) < 2 or len(rest) < 2:
        raise ValueError(f"Two reviewed units and two others are needed, not {len(values)} and {len(rest)}.")
    return reviewed_moments(values, f), Unreviewed(len(rest), rest.mean(), rest.var())


def _weight(seen: Reviewed, rest: Unreviewed, form: PpiForm) -> Floats:
    """λ: 1, or that of least variance, ``cov(y, f) / ((1 + n/m) var f)`` over all scores."""
    if form == "plain":
        return np.ones_like(seen.y_mean)
    if form not in ("clipped", "unclipped"):
        raise ValueError(f"form must be 'plain', 'clipped' or 'unclipped', not {form!r}.")
    n, m = seen.n, rest.n
    squares = n * seen.f_var + m * rest.var + n * m / (n + m) * (seen.f_mean - rest.mean) ** 2
    spread = (1 + n / m) * squares / (n + m - 1)
    best = seen.covariance * _bessel(n, form) / np.where(spread > 0, spread, 1.0)
    return np.clip(best, 0.0, 1.0) if form == "clipped" else np.asarray(best)


def _bessel(n: int, form: PpiForm) -> float:
    return n / (n - 1) if form == "unclipped" else 1.0


def _normal(value: float, se: float, seen: Reviewed, level: float, design: str = "simple") -> Estimate:
    half = z_two_sided(level) * se
    unit = float(seen.y_var) * seen.n / (seen.n - 1)
    effective = unit / se**2 if se > 0 else None
    return Estimate(
        value, value - half, value + half, seen.n, None, se, "normal", level, design=design, effective_n=effective
    )


def _labels(values: npt.ArrayLike, name: str) -> npt.NDArray[np.generic]:
    labels, index = codes(values, name)
    return labels[index]


def _same_strata(found: set[Hashable], population: Mapping[Hashable, int]) -> None:
    if odd := found ^ set(population):
        raise ValueError(f"Strata of the sample and of the frame differ: {sorted(map(str, odd))}.")

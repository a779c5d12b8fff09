"""Means where whole groups of units were drawn: all pairs of some conversations, or of some customers.

Agents are clusters only if the agents themselves were drawn, or if the number is to speak
of other agents too. Where every agent is sampled they are strata.

Source: Särndal, Swensson & Wretman 1992, 4.2, 4.3 and 8.6; the variances are those of the
R package survey.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, Ints, codes, finite, same_length, sums

from .estimate import Estimate
from .textbook import at_least_two, t_estimate, unsampled


def survey_cluster(
    y: npt.ArrayLike, cluster: npt.ArrayLike, clusters: int | None = None, level: float = 0.95
) -> Estimate:
    """Mean of all units of m clusters drawn at random out of M; t(m - 1).

    ``SE² = (1 - m/M) m/(m - 1) Σ t_c²`` with ``t_c = Σ_{i in c} (y_i - mean) / n``.
    cluster: (n,) label of each unit's cluster. clusters: M, None for very many.
    ``design_effect`` of the answer compares with n units drawn one by one with
    replacement. Raises ValueError for fewer than two clusters, or for more than M.
    """
    values, _, index, m = _clustered(y, cluster)
    n = len(values)
    mean = float(values.mean())
    variance = _between(sums(index, (values - mean) / n, m), unsampled(m, clusters))
    alone = float(values.var(ddof=1)) / n
    effective = n * alone / variance if variance > 0 else None
    return t_estimate(mean, math.sqrt(variance), m - 1, n, None, level, "clusters", effective)


def survey_twostage(
    y: npt.ArrayLike,
    cluster: npt.ArrayLike,
    clusters: int,
    cluster_size: Mapping[Hashable, int],
    level: float = 0.95,
) -> Estimate:
    """Mean where m of M clusters were drawn and then some units of each; t(m - 1).

    cluster_size: units in the frame of each drawn cluster. A unit weighs
    ``M/m · size/drawn``; both stages have their finite-population correction. Raises
    ValueError for fewer than two clusters, for a cluster of unknown size, and for one
    drawn unit out of several.
    """
    values, names, index, m = _clustered(y, cluster)
    drawn = np.bincount(index, minlength=m).astype(np.int64)
    size = _sizes(names, drawn, cluster_size)
    weight = (clusters / m * size / drawn)[index]
    mean = float(weight @ values / weight.sum())
    e = weight * (values - mean) / weight.sum()
    variance = _between(sums(index, e, m), unsampled(m, clusters)) + m / clusters * _within(e, index, drawn, size)
    population = round(float(weight.sum()))
    return t_estimate(mean, math.sqrt(variance), m - 1, len(values), population, level, "two-stage")


def _clustered(y: npt.ArrayLike, cluster: npt.ArrayLike) -> tuple[Floats, list[Hashable], Ints, int]:
    values = finite(y, "y")
    labels, index = codes(cluster, "cluster")
    same_length(y=values, cluster=index)
    at_least_two(len(labels), "clusters")
    return values, labels.tolist(), index, len(labels)


def _between(totals: Floats, unseen: float) -> float:
    m = len(totals)
    return float(unseen * m / (m - 1) * ((totals - totals.mean()) ** 2).sum())


def _within(e: Floats, index: Ints, drawn: Ints, size: Ints) -> float:
    """``Σ_c (1 - drawn/size) drawn/(drawn - 1) Σ (e - mean of c)²``; nothing from whole clusters."""
    centre = sums(index, e, len(drawn)) / drawn
    squares = sums(index, (e - centre[index]) ** 2, len(drawn))
    factor = (1.0 - drawn / size) * drawn / np.maximum(drawn - 1, 1)
    return float(factor @ squares)


def _sizes(names: list[Hashable], drawn: Ints, cluster_size: Mapping[Hashable, int]) -> Ints:
    missing = [name for name in names if name not in cluster_size]
    if missing:
        raise ValueError(f"The size of cluster {missing[0]!r} is not known.")
    size = np.array([cluster_size[name] for name in names], dtype=np.int64)
    if (drawn > size).any():
        raise ValueError(f"Cluster {names[int(np.argmax(drawn > size))]!r} holds fewer units than were drawn of it.")
    lonely = (drawn == 1) & (size > 1)
    if lonely.any():
        raise ValueError(f"Cluster {names[int(np.argmax(lonely))]!r} needs two drawn units or more.")
    return size

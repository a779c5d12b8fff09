"""The corrected IQS: machine scores of the whole frame, corrected by random human reviews.

The rule is fixed before anything is computed, and it never looks at which interval comes
out narrower. The machine is used if

- 30 pairs or more were reviewed, and 20 for every slope beyond the first,
- the machine scored every pair of the frame,
- its scores vary, and their slope does not hang on one single review,
- something is left that the machine does not explain, so that there is an error to see.

Otherwise the answer is that of :func:`~evenhand.quality.estimates.draws_estimate`, and
``reason`` says why. Shares of yes and no (all values 0 or 100) take Wilson's interval at
the effective number of answers that the correction is worth.

A new version of the machine inside a period scores on a scale of its own. Let the
version be part of each pair's cell, and name it in ``slope_group``: each version with 30
reviews then has its own slope; the others share one, or that of the largest version if
they have fewer than 30 together.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, Ints
from evenhand.quality.estimates.cells import Sample, all_in, variance
from evenhand.quality.estimates.draws import DrawnSample, Probability, drawn_sample
from evenhand.quality.estimates.estimate import UNCOVERED, Estimate
from evenhand.quality.estimates.means import SEED, check_bounds, envelope, reach_of, sample_estimate
from evenhand.quality.quantiles import check_level, t_two_sided

from .adjustment import Adjustment, adjust
from .gain import Gain, gain_of
from .greg import METHOD

CORRECTED_FROM = 30
EACH_SLOPE = 20

FEW, UNSCORED, FLAT, EXACT = "few", "unscored", "flat", "exact"

Labels = Sequence[Hashable] | npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A mean corrected by human reviews, and what the machine had to do with it.

    estimate: the number to show. reason: empty if it is corrected; else why it is the
    mean of the reviews alone: ``few`` reviews, ``unscored`` pairs in the frame, ``flat``
    machine scores, or ``exact`` (nothing is left to estimate an error from).
    machine: the machine's own mean of the frame, in its first column. slope: of each
    column, and of each group in turn. rho: correlation of human and machine scores in
    the sample. effective_n: reviews that would do as well alone, ``n / (1 - ρ²)``; the
    ``gain`` says it for this very sample and frame.
    """

    estimate: Estimate
    reason: str
    machine: float | None
    slope: tuple[float, ...] = ()
    rho: float | None = None
    effective_n: float | None = None
    gain: Gain | None = None

    @property
    def used(self) -> bool:
        """Whether the machine's scores went into the number."""
        return not self.reason


def corrected_mean(
    y: npt.ArrayLike,
    f: npt.ArrayLike,
    f_population_mean: npt.ArrayLike,
    population: int,
    *,
    level: float = 0.95,
    seed: int = SEED,
    lower: float = 0.0,
    upper: float = 100.0,
) -> Corrected:
    """The corrected mean of one simple random sample: :func:`corrected_draws_estimate` with one cell.

    f: (n,) or (n, p) with means (p,).
    """
    cell = np.zeros(len(np.atleast_1d(np.asarray(y))), np.int64)
    means = np.asarray(f_population_mean, dtype=np.float64).reshape(1, -1)
    return corrected_draws_estimate(
        y, f, cell, [population], means, level=level, seed=seed, lower=lower, upper=upper
    )  # fmt: skip


def corrected_draws_estimate(
    y: npt.ArrayLike,
    f: npt.ArrayLike,
    cell: Labels,
    cell_population: Mapping[Hashable, int] | npt.ArrayLike,
    f_mean: Mapping[Hashable, npt.ArrayLike] | npt.ArrayLike,
    probability: Probability | None = None,
    *,
    slope_group: Mapping[Hashable, Hashable] | Labels | None = None,
    level: float = 0.95,
    seed: int = SEED,
    lower: float = 0.0,
    upper: float = 100.0,
) -> Corrected:
    """Estimate of the frame's mean from drawn pairs and machine scores of all pairs.

    y, cell, cell_population, probability: as of ``draws_estimate``. f: (n,) machine
    scores of the reviewed pairs, or (n, p) with further columns known for the whole
    frame, such as the machine's confidence. f_mean: the columns' means over *all* frame
    pairs of each cell: a mapping, or (C,) or (C, p) beside an array of sizes; missing or
    NaN where a pair was not scored. slope_group: label of each cell, mapping or (C,);
    default one slope for all.

    Raises ValueError as ``draws_estimate`` does, and for f or means of another shape.
    """
    check_level(level)
    drawn = drawn_sample(y, cell, cell_population, probability)
    check_bounds(drawn.sample.y, lower, upper)
    columns, means = _columns(f, drawn), _means(f_mean, drawn)
    if columns.shape[1] != means.shape[1]:
        raise ValueError(f"f has {columns.shape[1]} columns, f_mean has {means.shape[1]}.")
    x, x_frame = _by_group(columns, means, _groups(slope_group, drawn), drawn)
    machine = _machine_mean(drawn, means)
    reason, fit = _fit(drawn, x, x_frame, machine is not None)
    if fit is not None:
        return corrected_from(drawn, fit, machine, level, lower, upper)
    alone = sample_estimate(
        drawn.sample, drawn.population, drawn.design, level=level, seed=seed, lower=lower, upper=upper,
        note=UNCOVERED if drawn.uncovered else "", uncovered=drawn.uncovered,
    )  # fmt: skip
    return Corrected(alone, reason, machine)


def _fit(drawn: DrawnSample, x: Floats, x_frame: Floats, scored: bool) -> tuple[str, Adjustment | None]:
    """Either why the machine is not used, or the correction."""
    if not (scored and np.isfinite(x).all()):
        return UNSCORED, None
    if drawn.sample.n < CORRECTED_FROM + EACH_SLOPE * (x.shape[1] - 1):
        return FEW, None
    fit = adjust(drawn.sample, x, _merged_means(x_frame, drawn))
    if not fit.stands:
        return FLAT, None
    return (EXACT, None) if fit.variance == 0.0 else ("", fit)


def corrected_from(
    drawn: DrawnSample, fit: Adjustment, machine: float | None, level: float, lower: float, upper: float
) -> Corrected:
    """The number to show of a correction that stands: with its interval, within what is possible."""
    sample, size = drawn.sample, drawn.population
    value = min(upper, max(lower, fit.value))
    method, (low, high) = _interval(sample, fit, value, level, lower, upper)
    reach = reach_of(sample, size, lower, upper)
    effective = sample.n / (1 - fit.rho**2) if fit.rho**2 < 1 else None
    estimate = Estimate(
        value=value,
        low=min(value, max(low, reach[0])),
        high=max(value, min(high, reach[1])),
        n=sample.n,
        population=size + drawn.uncovered,
        se=math.sqrt(fit.variance),
        method=method,
        level=level,
        note=UNCOVERED if drawn.uncovered else "",
        design=drawn.design,
        df=fit.df,
        effective_n=effective,
        uncovered=drawn.uncovered,
    )
    gain = gain_of(sample.n, size, variance(sample).value, fit.variance)
    return Corrected(estimate, "", machine, tuple(fit.slope.tolist()), fit.rho, effective, gain)


def _interval(
    sample: Sample, fit: Adjustment, value: float, level: float, lower: float, upper: float
) -> tuple[str, tuple[float, float]]:
    share = (value - lower) / (upper - lower)
    if all_in(sample.y, lower, upper) and 0.0 < share < 1.0:
        answers = share * (1 - share) * (upper - lower) ** 2 / fit.variance
        return "wilson", envelope(value, answers, lower, upper, level)
    half = t_two_sided(fit.df, level) * math.sqrt(fit.variance)
    return METHOD, (value - half, value + half)


def _columns(f: npt.ArrayLike, drawn: DrawnSample) -> Floats:
    """(n, p) machine scores of the sample."""
    columns = np.asarray(f, dtype=np.float64)
    columns = columns[:, None] if columns.ndim == 1 else columns
    if columns.ndim != 2 or len(columns) != drawn.sample.n or columns.shape[1] == 0:
        raise ValueError(f"f must be (n,) or (n, p) with n = {drawn.sample.n}, not of shape {np.shape(f)}.")
    return columns


def _means(f_mean: Mapping[Hashable, npt.ArrayLike] | npt.ArrayLike, drawn: DrawnSample) -> Floats:
    """(C, p) means of the machine's scores in the frame's cells; NaN where unknown."""
    if isinstance(f_mean, Mapping):
        known = {key: np.atleast_1d(np.asarray(f_mean[key], dtype=np.float64)) for key in drawn.keys if key in f_mean}
        width = max((len(row) for row in known.values()), default=1)
        missing = np.full(width, np.nan)
        return np.array([known.get(key, missing) for key in drawn.keys], dtype=np.float64).reshape(-1, width)
    means = np.asarray(f_mean, dtype=np.float64)
    means = means[:, None] if means.ndim == 1 else means
    if means.ndim != 2 or len(means) != len(drawn.size):
        raise ValueError(f"f_mean must have one row for each of {len(drawn.size)} cells, not shape {np.shape(f_mean)}.")
    return means


def _machine_mean(drawn: DrawnSample, means: Floats) -> float | None:
    """The machine's mean of the covered frame; None if it has not scored all of it."""
    covered = (drawn.merged >= 0) & (drawn.size > 0)
    if not covered.any() or not np.isfinite(means[covered]).all():
        return None
    size = drawn.size[covered]
    return float(size @ means[covered, 0] / size.sum())


def _groups(slope_group: Mapping[Hashable, Hashable] | Labels | None, drawn: DrawnSample) -> Ints:
    """(C,) number of each cell's slope; groups of fewer than 30 reviews share one, or join the largest."""
    if slope_group is None:
        return np.zeros(len(drawn.size), np.int64)
    if isinstance(slope_group, Mapping):
        labels = [slope_group.get(key) for key in drawn.keys]
    else:
        labels = slope_group.tolist() if isinstance(slope_group, np.ndarray) else list(slope_group)
    if len(labels) != len(drawn.size):
        raise ValueError(f"slope_group has {len(labels)} entries for {len(drawn.size)} cells.")
    count: dict[Hashable, int] = {}
    for label, reviewed in zip(labels, np.bincount(drawn.cell, minlength=len(labels)).tolist(), strict=True):
        count[label] = count.get(label, 0) + reviewed
    own = {label: i for i, label in enumerate(name for name, n in count.items() if n >= CORRECTED_FROM)}
    rest = sum(n for label, n in count.items() if label not in own)
    shared = len(own) if rest >= CORRECTED_FROM or not own else own[max(own, key=lambda label: count[label])]
    return np.array([own.get(label, shared) for label in labels], dtype=np.int64)


def _by_group(columns: Floats, means: Floats, group: Ints, drawn: DrawnSample) -> tuple[Floats, Floats]:
    """One block of columns a group, 0 outside of it, for the sample (n, pG) and the cells (C, pG)."""
    present = np.unique(group[drawn.cell])
    present = present if len(present) else np.zeros(1, np.int64)
    blocks = [np.where((group[drawn.cell] == g)[:, None], columns, 0.0) for g in present]
    frames = [np.where((group == g)[:, None], means, 0.0) for g in present]
    return np.concatenate(blocks, axis=1), np.concatenate(frames, axis=1)


def _merged_means(means: Floats, drawn: DrawnSample) -> Floats:
    """(G, pG) means of the merged cells."""
    cells = len(drawn.sample.fraction)
    kept = (drawn.merged >= 0) & (drawn.size > 0)
    at, size = drawn.merged[kept], drawn.size[kept].astype(np.float64)
    total = np.bincount(at, weights=size, minlength=cells)
    columns = [np.bincount(at, weights=size * column, minlength=cells) for column in means[kept].T]
    return np.stack(columns, axis=1) / np.maximum(total, 1.0)[:, None]

"""Intraclass correlation: how much of the spread of review scores is the conversations' own.

ICC1: every conversation has its own reviewers. ICC2: the same reviewers everywhere, as a
sample of reviewers (agreement in absolute terms; "ICC(A,1)"). ICC3: these reviewers
alone, with their leniency taken out. The forms with a k are of the mean of k reviewers.
Sources: Shrout & Fleiss 1979; McGraw & Wong 1996; bands of .5, .75 and .9: Koo & Li 2016.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats
from evenhand.quality.estimates.estimate import Estimate, no_number
from evenhand.quality.quantiles import f_quantile

from .resampling import REPLICATES, SEED, resampled

Form = Literal["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]
FORMS: tuple[Form, ...] = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")


@dataclass(frozen=True, slots=True)
class Icc:
    """analytic: with the F interval. estimate: with the bootstrap interval over conversations."""

    analytic: Estimate
    estimate: Estimate


def icc(
    ratings: npt.ArrayLike,
    form: Form = "ICC2",
    *,
    level: float = 0.95,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> Icc:
    """One of the six forms on -1..1, of scores by the same k raters.

    ratings: units x raters; a unit with a gap is passed over. No number for fewer than 4
    units or where all scores are one. Raises ValueError for an unknown form, and for
    fewer than two raters.
    """
    table = np.asarray(ratings, dtype=np.float64)
    if form not in FORMS:
        raise ValueError(f"Unknown form of ICC: {form!r}.")
    if table.ndim != 2 or table.shape[1] < 2:
        raise ValueError("An intraclass correlation needs units x raters, with two raters or more.")
    table = table[~np.isnan(table).any(axis=1)]
    n, k = table.shape
    centred = table - table.mean() if n else table
    moments = np.column_stack([np.ones(n), centred, centred.sum(axis=1) ** 2, (centred**2).sum(axis=1)])

    def of_sums(sums: Floats) -> Floats:
        return _value(_squares(sums, k), sums[:, 0], k, form)

    shown = resampled(moments, of_sums, level=level, replicates=replicates, seed=seed)
    if shown.value is None:
        return Icc(shown, shown)
    low, high = _limits(_squares(moments.sum(axis=0)[None, :], k), n, k, form, level)
    return Icc(Estimate(shown.value, low, high, n, method="F", level=level), shown)


def one_way_icc(
    ratings: npt.ArrayLike, *, level: float = 0.95, replicates: int = REPLICATES, seed: int = SEED
) -> Estimate:
    """ICC1 with its bootstrap interval, for conversations with two or more reviewers, whoever they were.

    ratings: units x raters with NaN where missing; the columns play no part. It counts
    what reviewers differ in as disagreement, and equals ``icc(…, "ICC1")`` without gaps.
    """
    table = np.asarray(ratings, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"Ratings must be units x raters, not of shape {table.shape}.")
    given = ~np.isnan(table)
    table, given = table[given.sum(axis=1) >= 2], given[given.sum(axis=1) >= 2]
    n = len(table)
    if n == 0:
        return no_number(0, level=level)
    centred = np.where(given, table - table[given].mean(), 0.0)
    k, total = given.sum(axis=1), centred.sum(axis=1)
    moments = np.column_stack([np.ones(n), k, k**2, total, total**2 / k, (centred**2).sum(axis=1)])

    def of_sums(sums: Floats) -> Floats:
        units, ratings, squared, score, between, square = sums.T
        within = (square - between) / (ratings - units)
        among = (between - score**2 / ratings) / (units - 1)
        mean_k = (ratings - squared / ratings) / (units - 1)
        return _share(among - within, among + (mean_k - 1) * within)

    return resampled(moments, of_sums, level=level, replicates=replicates, seed=seed)


@dataclass(frozen=True, slots=True)
class _Squares:
    """(B,) mean squares: of units, raters, what is left, and within units."""

    rows: Floats
    columns: Floats
    error: Floats
    within: Floats


def _squares(sums: Floats, k: int) -> _Squares:
    n, by_rater, square_of_unit, square = sums[:, 0], sums[:, 1:-2], sums[:, -2], sums[:, -1]
    mean = by_rater.sum(axis=1) ** 2 / (n * k)
    rows = square_of_unit / k - mean
    columns = (by_rater**2).sum(axis=1) / n - mean
    error = square - mean - rows - columns
    return _Squares(
        rows / (n - 1), columns / (k - 1), error / ((n - 1) * (k - 1)), (square - square_of_unit / k) / (n * (k - 1))
    )


def _value(found: _Squares, n: Floats, k: int, form: Form) -> Floats:
    rows, columns, error, within = found.rows, found.columns, found.error, found.within
    if form == "ICC1":
        return _share(rows - within, rows + (k - 1) * within)
    if form == "ICC1k":
        return _share(rows - within, rows)
    if form == "ICC2":
        return _share(rows - error, rows + (k - 1) * error + k * (columns - error) / n)
    if form == "ICC2k":
        return _share(rows - error, rows + (columns - error) / n)
    return _share(rows - error, rows + (k - 1) * error if form == "ICC3" else rows)


def _share(part: Floats, whole: Floats) -> Floats:
    return np.asarray(part / np.where(whole > 1e-12, whole, np.nan), np.float64)


def _limits(found: _Squares, n: int, k: int, form: Form, level: float) -> tuple[float, float]:
    """The F interval of Shrout and Fleiss; for ICC2 with Satterthwaite's degrees of freedom."""
    rows, columns, error, within = (float(x[0]) for x in (found.rows, found.columns, found.error, found.within))
    upper = (1 + level) / 2
    if form.startswith("ICC2"):
        return _agreement_limits(rows, columns, error, n, k, form, upper)
    residual, df = (within, n * (k - 1)) if form.startswith("ICC1") else (error, (n - 1) * (k - 1))
    if residual <= 0:
        return 1.0, 1.0
    ratio = rows / residual
    low, high = ratio / f_quantile(upper, n - 1, df), ratio * f_quantile(upper, df, n - 1)
    if form.endswith("k"):
        return 1 - 1 / low, 1 - 1 / high
    return (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)


def _agreement_limits(
    rows: float, columns: float, error: float, n: int, k: int, form: Form, upper: float
) -> tuple[float, float]:
    if error <= 0 and columns <= 0:
        return 1.0, 1.0
    value = (rows - error) / (rows + (k - 1) * error + k * (columns - error) / n)
    ratio = columns / error if error > 0 else np.inf
    if np.isinf(ratio):
        return -1.0, 1.0
    weight = n * (1 + (k - 1) * value) - k * value
    df = (k - 1) * (n - 1) * (k * value * ratio + weight) ** 2
    df /= (n - 1) * k**2 * value**2 * ratio**2 + weight**2
    spread = k * columns + (k * n - k - n) * error
    top, bottom = f_quantile(upper, n - 1, df), f_quantile(upper, df, n - 1)
    low = n * (rows - top * error) / (top * spread + n * rows)
    high = n * (bottom * rows - error) / (spread + n * bottom * rows)
    if form == "ICC2":
        return low, high
    return low * k / (1 + low * (k - 1)), high * k / (1 + high * (k - 1))

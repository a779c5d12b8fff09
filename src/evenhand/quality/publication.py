"""Pooled benchmarks of many companies: when a number may be published, and how coarse it has to be.

The unit of privacy is the company. Each gives one value of its own, made by the same
method on the same shared categories. A cell is published with ten companies or more, none
of them above a quarter of its volume, in whole points, once a year; that is *aggregated
with a minimum group size*. It is not anonymous: who knows all values but one knows the
last to within ten points or so.

Differential privacy is claimed only where it was made: by OpenDP's exact samplers, with a
hundred companies or more. With fewer the noise drowns the signal (sd 7 points of ten
companies at epsilon 1 on a range of 50). Home-made Laplace noise in floating point leaks
(Mironov 2012).
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, finite, same_length

LEAST_COMPANIES = 10
LARGEST_SHARE = 0.25
LEAST_FOR_DP = 100
WORDING = "aggregated with a minimum group size"

TOO_FEW_COMPANIES = "too_few_companies"
ONE_TOO_LARGE = "one_too_large"
PUBLISHED_THIS_YEAR = "published_this_year"


@dataclass(frozen=True, slots=True)
class Cell:
    """One published number of one cell (an industry or a size, never both), or why there is none.

    mean, quarter, middle, three_quarters: whole points; all None where ``refused`` says
    why: ``too_few_companies``, ``one_too_large`` or ``published_this_year``. companies:
    how many gave a value; kept back too (None) while they are too few.
    """

    year: int
    companies: int | None
    mean: int | None = None
    quarter: int | None = None
    middle: int | None = None
    three_quarters: int | None = None
    refused: str = ""
    wording: str = WORDING


@dataclass(frozen=True, slots=True)
class DpPlan:
    """What differential privacy costs a mean: its noise, before any value is looked at.

    sensitivity: how far one company can move the mean. scale: of the Laplace noise. sd:
    its standard deviation. accuracy95: what 95 of 100 noises stay within.
    """

    sensitivity: float
    scale: float
    sd: float
    accuracy95: float


@dataclass(frozen=True, slots=True)
class DpMean:
    """A differentially private mean, in whole points, with what has to be published beside it."""

    value: int
    companies: int
    epsilon: float
    plan: DpPlan


class NotPublished(ValueError):
    """The rules forbid this number; the message says which."""


def publish_cell(
    values: npt.ArrayLike,
    year: int,
    *,
    volumes: npt.ArrayLike | None = None,
    published_years: Sequence[int] = (),
    lower: float = 0.0,
    upper: float = 100.0,
) -> Cell:
    """The cell's mean and quartiles in whole points, or a refusal.

    values: (k,) one a company, clipped to lower..upper. volumes: (k,) conversations of
    each, for a mean weighted by volume; every company counts the same without them.
    published_years: when this cell was published before.
    """
    found = np.clip(finite(values, "values"), lower, upper)
    weight = _weights(found, volumes)
    if len(found) < LEAST_COMPANIES:
        return Cell(year, None, refused=TOO_FEW_COMPANIES)
    if volumes is not None and float(weight.max()) > LARGEST_SHARE:
        return Cell(year, len(found), refused=ONE_TOO_LARGE)
    if year in published_years:
        return Cell(year, len(found), refused=PUBLISHED_THIS_YEAR)
    quarter, middle, three_quarters = (_whole(float(q)) for q in np.quantile(found, (0.25, 0.5, 0.75)))
    return Cell(year, len(found), _whole(float(found @ weight)), quarter, middle, three_quarters)


def dp_mean_plan(companies: int, epsilon: float, lower: float = 0.0, upper: float = 100.0) -> DpPlan:
    """The noise of a mean of so many companies, each clipped to lower..upper; one may be replaced.

    Sensitivity ``(U - L) / k``, Laplace scale ``sensitivity / epsilon`` (Dwork, McSherry,
    Nissim & Smith 2006).
    """
    if companies < 1 or not epsilon > 0 or not lower < upper:
        raise ValueError(f"Nothing can be planned for {companies} companies, epsilon {epsilon}, {lower}..{upper}.")
    sensitivity = (upper - lower) / companies
    scale = sensitivity / epsilon
    return DpPlan(sensitivity, scale, math.sqrt(2) * scale, scale * math.log(20))


def dp_mean_release(values: npt.ArrayLike, epsilon: float = 1.0, lower: float = 0.0, upper: float = 100.0) -> DpMean:
    """The mean of (k,) companies' values with OpenDP's noise. epsilon: this release's part of the year's budget.

    Every call spends its epsilon anew. Raises NotPublished under 100 companies, and
    ModuleNotFoundError without the extra ``evenhand[benchmark]``.
    """
    found = finite(values, "values")
    if len(found) < LEAST_FOR_DP:
        raise NotPublished(
            f"Differential privacy takes {LEAST_FOR_DP} companies or more: noise would drown these {len(found)}."
        )
    plan = dp_mean_plan(len(found), epsilon, lower, upper)
    measure = _opendp_mean(len(found), plan.scale, lower, upper)
    return DpMean(_whole(measure(found.tolist())), len(found), epsilon, plan)


def _opendp_mean(companies: int, scale: float, lower: float, upper: float) -> Callable[[list[float]], float]:
    try:
        dp = importlib.import_module("opendp.prelude")
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError("Private benchmarks need OpenDP: install evenhand[benchmark].") from error
    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T=float, nan=False), size=companies), dp.symmetric_distance()
    measure: Callable[[list[float]], float] = (
        space >> dp.t.then_clamp((lower, upper)) >> dp.t.then_mean() >> dp.m.then_laplace(scale)
    )
    return measure


def _weights(values: Floats, volumes: npt.ArrayLike | None) -> Floats:
    """(k,) shares that sum to 1."""
    volume = np.ones(len(values)) if volumes is None else finite(volumes, "volumes")
    same_length(values=values, volumes=volume)
    if len(volume) and not (volume > 0).all():
        raise ValueError("Every company's volume must be above 0.")
    return volume / max(float(volume.sum()), 1e-300)


def _whole(value: float) -> int:
    """Half up, as scores are shown."""
    return math.floor(round(value, 9) + 0.5)

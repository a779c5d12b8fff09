"""Shares from a stratified sample: the intervals that survey software offers for them.

A t interval of a share can leave 0..1 and is poor near its ends. The others are bent:
``logit`` and ``asin`` transform the share and its error, ``beta`` is Clopper and Pearson's
exact interval with the number of answers that the design is worth.

Sources: Korn & Graubard 1998 (beta); R package survey, ``svyciprop``.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Literal

import numpy.typing as npt

from evenhand.quality.arrays import finite
from evenhand.quality.quantiles import t_two_sided

from .estimate import ALL_EQUAL, Estimate
from .proportions import Interval, proportion_ci
from .survey import survey_stratified

SurveyShareMethod = Literal["logit", "beta", "asin", "mean"]


def survey_ciprop(
    y: npt.ArrayLike,
    stratum: npt.ArrayLike,
    population: Mapping[Hashable, int],
    method: SurveyShareMethod = "logit",
    level: float = 0.95,
) -> Estimate:
    """The share of ones among zeros and ones, on 0..1, from a stratified sample; df = n - H.

    population: the size of every stratum. Where the design sees no spread, every method
    is Clopper and Pearson's interval of n answers, marked ``all_equal``. Raises
    ValueError for other values than 0 and 1 and as :func:`~.survey.survey_stratified` does.
    """
    values = finite(y, "y")
    if not ((values == 0.0) | (values == 1.0)).all():
        raise ValueError("y must hold zeros and ones alone.")
    found = survey_stratified(values, stratum, population, level)
    p, se, df = found.value or 0.0, found.se or 0.0, found.df or 0.0
    if se == 0.0:
        low, high = proportion_ci(p * found.n, found.n, 1 - level, "clopper_pearson")
        return replace(found, low=low, high=high, method="beta", note=ALL_EQUAL)
    low, high = _interval(method, p, se, df, found.n, level)
    return replace(found, low=low, high=high, method=method)


def _interval(method: SurveyShareMethod, p: float, se: float, df: float, n: int, level: float) -> Interval:
    t = t_two_sided(df, level)
    if method == "mean":
        return p - t * se, p + t * se
    if method == "logit":
        centre, half = math.log(p / (1 - p)), t * se / (p * (1 - p))
        return _expit(centre - half), _expit(centre + half)
    if method == "asin":
        centre, half = math.asin(math.sqrt(p)), t * se / (2 * math.sqrt(p * (1 - p)))
        return math.sin(max(centre - half, 0.0)) ** 2, math.sin(min(centre + half, math.pi / 2)) ** 2
    if method == "beta":
        worth = p * (1 - p) / se**2 * (t_two_sided(n - 1, level) / t) ** 2
        return proportion_ci(worth * p, worth, 1 - level, "clopper_pearson")
    raise ValueError(f"method must be 'logit', 'beta', 'asin' or 'mean', not {method!r}.")


def _expit(x: float) -> float:
    return 1 / (1 + math.exp(-x))

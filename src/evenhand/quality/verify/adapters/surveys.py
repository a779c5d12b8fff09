"""Customer surveys."""

from __future__ import annotations

from typing import Any

import numpy as np

from evenhand.quality.estimates import survey_srs
from evenhand.quality.surveys import ces, csat, nps, nps_difference, nps_wald


def nps_case(given: dict[str, Any]) -> dict[str, Any]:
    level = 1 - float(given.get("alpha", 0.05))
    counts = _counts(given)
    adjusted, plain = nps(*counts, level=level), nps_wald(*counts, level=level)
    answers = survey_srs(np.repeat([-100.0, 0.0, 100.0], counts), level=level)
    return {
        "nps": adjusted.value,
        "se": adjusted.se,
        "wald": {"low": plain.low, "high": plain.high},
        "trinomial_t": {"low": answers.low, "high": answers.high},
        "adjusted_wald": {"centre": _centre(*counts), "low": adjusted.low, "high": adjusted.high},
    }


def nps_difference_case(given: dict[str, Any]) -> dict[str, Any]:
    change = nps_difference(_counts(given["b"]), _counts(given["a"]))
    return {"diff": change.value, "low": change.low, "high": change.high, "p": change.p, "df": change.df}


def csat_case(given: dict[str, Any]) -> dict[str, Any]:
    ratings = np.asarray(given["ratings"], dtype=np.float64)
    top = float(given.get("max", max(5.0, ratings.max())))
    bottom = float(given.get("min", min(1.0, ratings.min())))
    share = csat(ratings, bottom, top, satisfied_from=given.get("satisfied_from"))
    mean = survey_srs(ratings)
    return {
        "csat": share.value, "low": share.low, "high": share.high,
        "mean": mean.value, "mean_low": mean.low, "mean_high": mean.high,
    }  # fmt: skip


def ces_case(given: dict[str, Any]) -> dict[str, Any]:
    ratings = np.asarray(given["ratings"], dtype=np.float64)
    found = ces(ratings, agree_from=given.get("agree_from", 5))
    mean = survey_srs(ratings)
    return {
        "ces_mean": found.mean.value, "mean_low": mean.low, "mean_high": mean.high,
        "ces_top3": found.agree.value, "top3_low": found.agree.low, "top3_high": found.agree.high,
    }  # fmt: skip


def _counts(given: dict[str, Any]) -> tuple[int, int, int]:
    return given["detractors"], given["passives"], given["promoters"]


def _centre(detractors: int, passives: int, promoters: int) -> float:
    """Where the adjusted interval is centred: the score with its three extra answers."""
    return 100 * (promoters - detractors) / (detractors + passives + promoters + 3)


ADAPTERS = {"nps": nps_case, "nps_difference": nps_difference_case, "csat": csat_case, "ces": ces_case}

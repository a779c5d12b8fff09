"""Review scores and the IQS."""

from __future__ import annotations

from typing import Any

import numpy as np

from evenhand.quality.scores import (
    PASS_BASELINE,
    ReviewScores,
    category_means,
    iqs,
    pass_rate,
    rating_percent,
    rating_weighted_mean,
    review_average,
    review_scores,
)

_MODES = {"zero_review": "review", "fail_review": "review", "zero_group": "group", "fail_group": "group"}


def review_score_case(given: dict[str, Any]) -> dict[str, Any]:
    scored, _ = _score([given["ratings"]], given)
    return {
        "score": _nullable(scored.score)[0],
        "score_without_critical": _nullable(scored.without_critical)[0],
        "critical_failed": bool(scored.critical_failed[0]),
    }


def iqs_case(given: dict[str, Any]) -> dict[str, Any]:
    scored, flat = _score(given["reviews"], given)
    kept = ~np.isnan(scored.score)
    names, means = category_means(flat["category"], flat["percent"])
    by_name = dict(zip(names.tolist(), means.tolist(), strict=True))
    baseline = given.get("pass_threshold", PASS_BASELINE)
    return {
        "review_scores": _nullable(scored.score),
        "n_scored": int(kept.sum()),
        "iqs": iqs(scored.score, given.get("pairs")),
        "review_average": review_average(scored.score),
        "pass_rate": pass_rate(scored.score, baseline),
        "category_means": {c["id"]: by_name.get(c["id"]) for c in given["scorecard"]},
        "rating_weighted_iqs_no_critical": rating_weighted_mean(flat["percent"], flat["weight"]),
        "critical_fail_rate": review_average(np.where(scored.critical_failed, 100.0, 0.0)[kept]),
        "iqs_given_no_critical_fail": review_average(scored.score[kept & ~scored.critical_failed]),
        "iqs_without_critical_rule": review_average(scored.without_critical),
    }


def _score(reviews: list[dict[str, Any]], given: dict[str, Any]) -> tuple[ReviewScores, dict[str, Any]]:
    card, method = given["scorecard"], given.get("method", "minmax")
    rule = given.get("critical") or {}
    rows = [(i, c, review.get(c["id"])) for i, review in enumerate(reviews) for c in card]
    points = np.array([np.nan if value is None else float(value) for _, _, value in rows])
    low, high = (np.array([float(c[end]) for _, c, _ in rows]) for end in ("min", "max"))
    weight = np.array([float(c["weight"]) for _, c, _ in rows])
    scored = review_scores(
        [i for i, _, _ in rows], points, low, high, weight,
        [_flag(c, rule.get("mode", "zero_review")) for _, c, _ in rows],
        _groups(card) * len(reviews),
        reviews=len(reviews), method=method, threshold=rule.get("threshold", 0.5),
    )  # fmt: skip
    percent = rating_percent(points, low, high, method=method)
    return scored, {"category": [c["id"] for _, c, _ in rows], "percent": percent, "weight": weight}


def _flag(category: dict[str, Any], mode: str) -> str:
    critical = category.get("critical") or ""
    if not critical or mode in ("none", "flag_only", "ignore"):
        return ""
    if isinstance(critical, str):
        return critical
    if mode not in _MODES:
        raise ValueError(f"unknown rule for critical categories: {mode!r}")
    return _MODES[mode]


def _groups(card: list[dict[str, Any]]) -> list[int]:
    names = sorted({c["group"] for c in card if c.get("group") is not None})
    return [names.index(c["group"]) if c.get("group") is not None else -1 for c in card]


def _nullable(values: Any) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


ADAPTERS = {"review_score": review_score_case, "iqs": iqs_case}

"""Correlations and drivers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from evenhand.quality.drivers import lmg
from evenhand.quality.relations import correlation, disattenuate


def correlation_case(given: dict[str, Any]) -> dict[str, Any]:
    return asdict(correlation(given["x"], given["y"]))


def disattenuate_case(given: dict[str, Any]) -> dict[str, Any]:
    return asdict(disattenuate(given["r"], given["rel_x"], given["rel_y"]))


def lmg_case(given: dict[str, Any]) -> dict[str, Any]:
    names = given.get("names") or [str(j) for j in range(len(given["X"][0]))]
    found = lmg(given["X"], given["y"], binary=given.get("binary", False))
    return {"lmg": dict(zip(names, found.share.tolist(), strict=True)), "r2": found.r2}


ADAPTERS = {"correlation": correlation_case, "disattenuate": disattenuate_case, "lmg": lmg_case}

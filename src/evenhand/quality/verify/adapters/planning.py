"""How many, from where, with what chance."""

from __future__ import annotations

import math
from typing import Any

from evenhand.quality.sampling import allocate, inclusion_probabilities
from evenhand.quality.shrinkage import n_per_agent_for_reliability


def allocate_case(given: dict[str, Any]) -> dict[str, Any]:
    sizes, method = given["pop_size"], given.get("method", "proportional")
    sigma = given.get("sigma") or dict.fromkeys(sizes, 1.0)
    found = allocate(given["n"], sizes, method=method, sigma=sigma, min_n=given.get("min_n", 0))
    measure = {h: size * sigma[h] for h, size in sizes.items()}
    total = sum(measure.values())
    return {"n_h": found, "share_unrounded": {h: given["n"] * m / total for h, m in measure.items()}}


def inclusion_case(given: dict[str, Any]) -> dict[str, Any]:
    return {"pi": inclusion_probabilities(given["size"], given["n"]).tolist()}


def reliability_case(given: dict[str, Any]) -> dict[str, Any]:
    n = n_per_agent_for_reliability(given["sd_between"], given["sd_within"], given["target"])
    return {"n": math.ceil(n - 1e-9), "n_unrounded": n}


ADAPTERS = {
    "allocate": allocate_case,
    "inclusion_probabilities": inclusion_case,
    "n_per_agent_for_reliability": reliability_case,
}

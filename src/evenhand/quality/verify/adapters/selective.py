"""Machine ratings that stand by themselves."""

from __future__ import annotations

from typing import Any

from evenhand.quality.selective import conformal_interval, hoeffding_bentkus_p, selective_threshold


def threshold_case(given: dict[str, Any]) -> dict[str, Any]:
    target, delta = given["target"], given["delta"]
    found = selective_threshold(given["confidence"], given["agrees"], given["grid"], target, delta)
    counts = list(zip(found.accepted, found.agreeing, strict=True))
    # As MAPIE writes the risk: the rounding error of this subtraction is part of its answer.
    bentkus = [hoeffding_bentkus_p(1 - k / m, m, 1 - target) if m else 1.0 for m, k in counts]
    passed = [t for t, p in zip(found.grid, bentkus, strict=True) if p <= delta / len(found.grid)]
    return {
        "accepted": list(found.accepted),
        "agreeing": list(found.agreeing),
        "binomial_p": list(found.p),
        "clopper_pearson_lower": list(found.lower),
        "valid_bonferroni": list(found.bonferroni),
        "valid_fixed_sequence_strict_to_loose": list(found.fixed_sequence),
        "mapie_hoeffding_bentkus_p": bentkus,
        "mapie_valid_bonferroni": sorted(passed),
    }


def interval_case(given: dict[str, Any]) -> dict[str, Any]:
    found = conformal_interval(given["calibration_residuals"], given["y_hat"], given["confidence"])
    return {"intervals": found.tolist()}


ADAPTERS = {"selective_threshold": threshold_case, "conformal_interval": interval_case}

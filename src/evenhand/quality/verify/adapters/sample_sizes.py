"""How many reviews it takes."""

from __future__ import annotations

from typing import Any

from evenhand.quality.planner import (
    n_for_correlation,
    n_for_mean_margin,
    n_for_proportion_margin,
    n_per_period_mean,
    n_per_period_mean_normal,
    n_per_period_proportion,
    n_to_see_one_event,
    n_zero_error_certificate,
    whole,
)


def mean_margin_case(given: dict[str, Any]) -> dict[str, Any]:
    """svy rounds before it corrects for the frame's size; its files allow the one that this makes."""
    n = n_for_mean_margin(
        given["sigma"], given["margin"], given.get("N"), rho=given.get("rho", 0.0), level=_level(given)
    )
    return {"n": whole(n), "n_unrounded": n, "svy_n": whole(n)}


def proportion_margin_case(given: dict[str, Any]) -> dict[str, Any]:
    n = n_for_proportion_margin(given["p"], given["margin"], given.get("N"), level=_level(given))
    return {"n": whole(n), "n_unrounded": n, "svy_n": whole(n)}


def period_mean_case(given: dict[str, Any]) -> dict[str, Any]:
    asked = given["sigma"], given["delta"], given["power"]
    options = {"rho": given.get("rho", 0.0), "level": _level(given)}
    n = n_per_period_mean(*asked, **options)
    rule = n_per_period_mean_normal(*asked, **options)
    return {"n_per_group": n, "n_ceil": whole(n), "normal_approx": whole(rule)}


def period_proportion_case(given: dict[str, Any]) -> dict[str, Any]:
    n = n_per_period_proportion(given["p1"], given["p2"], given["power"], level=_level(given))
    return {"n_per_group": n, "n_ceil": whole(n)}


def correlation_case(given: dict[str, Any]) -> dict[str, Any]:
    return {"n": n_for_correlation(given["r"], given["power"], level=_level(given))}


def certificate_case(given: dict[str, Any]) -> dict[str, Any]:
    return {"n": n_zero_error_certificate(given["target"], given["delta"])}


def event_case(given: dict[str, Any]) -> dict[str, Any]:
    return {"n": n_to_see_one_event(given["rate"], given["confidence"])}


def _level(given: dict[str, Any]) -> float:
    return 1.0 - float(given.get("alpha", 0.05))


ADAPTERS = {
    "n_for_mean_margin": mean_margin_case,
    "n_for_proportion_margin": proportion_margin_case,
    "n_per_period_mean": period_mean_case,
    "n_per_period_proportion": period_proportion_case,
    "n_for_correlation": correlation_case,
    "n_zero_error_certificate": certificate_case,
    "n_to_see_one_event": event_case,
}

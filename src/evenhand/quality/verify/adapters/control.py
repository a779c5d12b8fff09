"""Control charts."""

from __future__ import annotations

from typing import Any

from evenhand.quality.control import cusum_arl, cusum_limit, ewma_arl, ewma_chart, ewma_limit, p_chart


def ewma_arl_case(given: dict[str, Any]) -> dict[str, Any]:
    weight, limit = given["lambda"], given["L"]
    return {
        "arl0": float(ewma_arl(limit, weight)),
        "arl_shift": ewma_arl(limit, weight, given["shift"]).tolist(),
        "crit_for": [{"arl0": arl0, "L": ewma_limit(arl0, weight)} for arl0 in given["target_arl0"]],
    }


def cusum_arl_case(given: dict[str, Any]) -> dict[str, Any]:
    h, k = given["h"], given["k"]
    return {
        "arl0": float(cusum_arl(h, k)),
        "arl_shift": cusum_arl(h, k, given["shift"]).tolist(),
        "crit_for": [{"arl0": arl0, "h": cusum_limit(arl0, k)} for arl0 in given["target_arl0"]],
    }


def ewma_chart_case(given: dict[str, Any]) -> dict[str, Any]:
    chart = ewma_chart(given["z"], given["L"], given["lambda"])
    return {"ewma": chart.ewma.tolist(), "limit": chart.limit.tolist()}


def p_chart_case(given: dict[str, Any]) -> dict[str, Any]:
    chart = p_chart(given["fails"], given["n"])
    return {"center": chart.center, "lcl": chart.lcl.tolist(), "ucl": chart.ucl.tolist()}


ADAPTERS = {
    "ewma_arl": ewma_arl_case,
    "cusum_arl": cusum_arl_case,
    "ewma_chart": ewma_chart_case,
    "p_chart": p_chart_case,
}

"""Planning numbers of pooled benchmarks."""

from __future__ import annotations

from typing import Any

from evenhand.quality.publication import dp_mean_plan


def dp_mean_case(given: dict[str, Any]) -> dict[str, Any]:
    plan = dp_mean_plan(given["companies"], given["epsilon"], given["lower"], given["upper"])
    return {
        "sensitivity": plan.sensitivity,
        "laplace_scale": plan.scale,
        "sd": plan.sd,
        "accuracy95": plan.accuracy95,
    }


ADAPTERS = {"dp_mean_plan": dp_mean_case}

"""Many small groups."""

from __future__ import annotations

from typing import Any

from evenhand.quality.shrinkage import eb_shrinkage


def eb_case(given: dict[str, Any]) -> dict[str, Any]:
    found = eb_shrinkage(given["y"], given["agent"])
    return {
        "mu": found.mu,
        "var_between": found.var_between,
        "var_within": found.var_within,
        "agents": {
            str(g.group): {
                "n": g.n, "raw": g.raw, "shrunk": g.shrunk, "cond_sd": g.cond_sd, "reliability": g.reliability,
            }
            for g in found.groups
        },
    }  # fmt: skip


ADAPTERS = {"eb_shrinkage": eb_case}

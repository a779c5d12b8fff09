"""Write tests/golden/control_charts_more.json from R's package spc.

Needs R with spc, an oracle and never a dependency.

    python tests/golden/make/control_charts_more.py
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "control_charts_more.json"
SHIFTS = [0.25, 0.75, 3.0]
EWMA = [(0.05, 2.4), (0.2, 2.2), (0.2, 3.4), (0.4, 2.9), (0.75, 3.0)]
CUSUM = [(0.25, 8.0), (0.5, 2.0), (1.0, 2.5)]
TARGETS = [52, 182, 5200]

R = """
suppressMessages(library(spc))
out <- function(...) cat(formatC(c(...), digits=15, format="g"), "\\n")
"""


def main() -> None:
    cases = [ewma(weight, limit) for weight, limit in EWMA] + [cusum(k, h) for k, h in CUSUM]
    document = {
        "suite": "control_charts_more", "split": "own", "schema": 1,
        "generator": "tests/golden/make/control_charts_more.py",
        "description": "Run lengths of two-sided charts with fixed limits that start at 0.", "cases": cases,
    }  # fmt: skip
    TARGET.write_text(json.dumps(document, indent=1) + "\n")


def ewma(weight, limit):
    arl = f"xewma.arl({weight}, {limit}, %s, sided='two', limits='fix', r=80)"
    crit = f"xewma.crit({weight}, %s, sided='two', limits='fix', r=80)[1]"
    given = {"lambda": weight, "L": limit, "shift": SHIFTS, "target_arl0": TARGETS}
    return case(f"ewma_{weight}_{limit}", "ewma_arl", given, arl, crit, "L", "xewma")


def cusum(k, h):
    arl = f"xcusum.arl({k}, {h}, %s, sided='two', r=80)[1]"
    crit = f"xcusum.crit({k}, %s, sided='two', r=80)[1]"
    given = {"k": k, "h": h, "shift": SHIFTS, "target_arl0": TARGETS}
    return case(f"cusum_{k}_{h}", "cusum_arl", given, arl, crit, "h", "xcusum")


def case(name, function, given, arl, crit, limit, source):
    asked = [arl % shift for shift in (0, *SHIFTS)] + [crit % arl0 for arl0 in TARGETS]
    answer = subprocess.run(
        ["Rscript", "-e", R + "\n".join(f"out({one})" for one in asked)], capture_output=True, text=True, check=True
    ).stdout.split()
    values = [float(value) for value in answer]
    arls, limits = values[: 1 + len(SHIFTS)], values[1 + len(SHIFTS) :]
    return {
        "id": name, "function": function, "input": given,
        "expected": {
            "arl0": arls[0], "arl_shift": arls[1:],
            "crit_for": [{"arl0": a, limit: value} for a, value in zip(TARGETS, limits, strict=True)],
        },
        "tolerance": {"rel": 1e-6},
        "reference": {"kind": "library", "name": f"R spc::{source}.arl / {source}.crit", "version": "spc 0.6.7"},
    }  # fmt: skip


if __name__ == "__main__":
    main()

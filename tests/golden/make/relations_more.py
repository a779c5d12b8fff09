"""Write tests/golden/relations_more.json: drivers of yes and no, and of answers, by brute force over subsets.

Needs what Evenhand does not: `pip install statsmodels` into an environment of its own.

    python tests/golden/make/relations_more.py
"""

from __future__ import annotations

import json
from itertools import combinations
from math import factorial
from pathlib import Path

import numpy as np
import statsmodels
import statsmodels.api as sm

TARGET = Path(__file__).resolve().parent.parent / "relations_more.json"


def main() -> None:
    rng = np.random.default_rng(31415)
    cases = [
        case("lmg_six_correlated", *world(rng, 90, 6), binary=False),
        case("lmg_twins_and_noise", *twins(rng), binary=False),
        case("mcfadden_four", *yes_no(*world(rng, 150, 4)), binary=True),
        case("mcfadden_rare", *yes_no(*world(rng, 200, 3), at=0.9), binary=True),
    ]
    document = {
        "suite": "relations_more", "split": "own", "schema": 1, "generator": "tests/golden/make/relations_more.py",
        "description": "Shapley shares of R2 (least squares) or McFadden's R2 (logit), every subset fitted by itself.",
        "cases": cases,
    }  # fmt: skip
    TARGET.write_text(json.dumps(document, indent=1) + "\n")


def world(rng, n, p):
    x = (rng.normal(size=(n, p)) + 0.8 * rng.normal(size=(n, 1))).round(4)
    return x, (x @ np.linspace(1.5, 0, p) + 2 * rng.normal(size=n)).round(4)


def twins(rng):
    x, y = world(rng, 70, 3)
    nearly = (x[:, :1] + 0.05 * rng.normal(size=(70, 1))).round(4)
    return np.column_stack([x, nearly]), y


def yes_no(x, y, at=0.4):
    return x, (y > np.quantile(y, at)).astype(int)


def case(name, x, y, binary):
    p = x.shape[1]
    r2 = {subset: fit(x, y, subset, binary) for size in range(p + 1) for subset in combinations(range(p), size)}
    share = {f"d{j}": shapley(j, p, r2) for j in range(p)}
    return {
        "id": name, "function": "lmg",
        "input": {"X": x.tolist(), "y": y.tolist(), "names": list(share), "binary": binary},
        "expected": {"lmg": share, "r2": r2[tuple(range(p))]}, "tolerance": {"abs": 1e-6 if binary else 1e-8},
        "reference": {
            "kind": "library", "name": "statsmodels Logit.prsquared" if binary else "statsmodels OLS.rsquared",
            "version": statsmodels.__version__,
        },
    }  # fmt: skip


def fit(x, y, subset, binary):
    if not subset:
        return 0.0
    design = sm.add_constant(x[:, list(subset)])
    if binary:
        return float(sm.Logit(y, design).fit(disp=0, method="newton", tol=1e-12).prsquared)
    return float(sm.OLS(y, design).fit().rsquared)


def shapley(j, p, r2):
    others = [i for i in range(p) if i != j]
    return sum(
        factorial(size) * factorial(p - size - 1) / factorial(p) * (r2[tuple(sorted((*without, j)))] - r2[without])
        for size in range(p)
        for without in combinations(others, size)
    )


if __name__ == "__main__":
    main()

"""Write tests/golden/corrected.json from other libraries' answers.

Needs what Evenhand does not: `pip install ppi-python statsmodels` into an environment of
its own (both are in the dependency group `bench`), and R with metafor.

    python tests/golden/make/corrected.py
"""

from __future__ import annotations

import json
import math
import subprocess
from pathlib import Path

import numpy as np
import statsmodels
import statsmodels.api as sm
from ppi_py import crossppi_mean_ci, crossppi_mean_pointestimate, ppi_mean_ci, ppi_mean_pointestimate
from scipy.stats import t

TARGET = Path(__file__).resolve().parent.parent / "corrected.json"
STATSMODELS = {
    "kind": "library",
    "name": "statsmodels OLS prediction at the frame's means, robust covariance, times sqrt(1-n/N)",
    "version": statsmodels.__version__,
}
PPI = {"kind": "library", "name": "ppi-python", "version": "0.2.3"}


def main() -> None:
    rng = np.random.default_rng(31415)
    cases = [
        greg(rng, "half_of_a_small_frame", n=40, size=80, slope=0.8, noise=9),
        greg(rng, "a_machine_that_is_upside_down", n=35, size=900, slope=-0.6, noise=6),
        greg(rng, "a_compressed_scale", n=150, size=5000, slope=0.2, noise=2),
        greg(rng, "another_unit", n=50, size=700, slope=8e-4, noise=6e-3),
        corrected(rng, "one_column", n=45, size=700, columns=1),
        corrected(rng, "two_columns", n=60, size=700, columns=2),
        corrected(rng, "three_columns", n=120, size=2000, columns=3),
        ppi(rng, "few_reviews", n=8, rest=500, slope=0.7),
        ppi(rng, "slope_below_zero", n=40, rest=300, slope=-0.5),
        ppi(rng, "slope_above_one", n=60, rest=60, slope=0.3),
        cross(rng, "ten_folds", n=50, rest=80, folds=10),
        areas(rng, "areas_without_a_machine", agents=12, columns=0, spread=5.0),
        areas(rng, "areas_by_a_machine", agents=25, columns=1, spread=3.0),
        areas(rng, "areas_by_a_machine_and_tenure", agents=40, columns=2, spread=2.0),
    ]
    document = {
        "suite": "corrected", "split": "own", "schema": 1, "generator": "tests/golden/make/corrected.py",
        "description": "Machine scores f corrected by human scores y.", "cases": cases,
    }  # fmt: skip
    TARGET.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def scores(rng, size):
    """Skewed human scores, a tenth of them 0 or 100."""
    y = np.clip(100 - rng.gamma(2.0, 9.0, size), 0, 100)
    y[rng.random(size) < 0.05] = 0.0
    return np.round(y, 2)


def machine(rng, y, slope, noise):
    digits = 2 if noise > 0.1 else 6
    return np.round(50 * abs(slope) + slope * y + rng.normal(0, noise, len(y)), digits)


def predicted(y, x, x_mean, size, kind):
    """Estimate, its error and the coefficients, by statsmodels."""
    fit = sm.OLS(y, sm.add_constant(x)).fit().get_robustcov_results(kind)
    point = np.concatenate([[1.0], np.atleast_1d(x_mean)])
    error = math.sqrt(float(point @ fit.cov_params() @ point) * (1 - len(y) / size))
    return float(point @ fit.params), error, fit.params


def greg(rng, name, *, n, size, slope, noise):
    y_all = scores(rng, size)
    f_all = machine(rng, y_all, slope, noise)
    at = rng.choice(size, n, replace=False)
    y, f, mean = y_all[at], f_all[at], float(f_all.mean())
    value, hc3, params = predicted(y, f, mean, size, "HC3")
    half = t.ppf(0.975, n - 2) * hc3
    expected = {
        "estimate": value,
        "slope": float(params[1]),
        "rho_hat": float(np.corrcoef(y, f)[0, 1]),
        "se_hc0": predicted(y, f, mean, size, "HC0")[1],
        "se_hc2": predicted(y, f, mean, size, "HC2")[1],
        "se_hc3": hc3,
        "ci_hc3": {"low": value - half, "high": value + half},
    }
    given = {"y": y.tolist(), "f_labeled": f.tolist(), "f_population_mean": mean, "N": size, "alpha": 0.05}
    # The slope of a scale of thousandths is in the thousands.
    return case(name, "greg_mean", given, expected, STATSMODELS, 1e-8 * max(1.0, abs(float(params[1]))))


def corrected(rng, name, *, n, size, columns):
    y_all = scores(rng, size)
    x_all = np.stack([machine(rng, y_all, 0.5, 5 * (k + 1)) for k in range(columns)], axis=1)
    at = rng.choice(size, n, replace=False)
    y, x, mean = y_all[at], x_all[at], x_all.mean(axis=0)
    value, error, params = predicted(y, x, mean, size, "HC3")
    expected = {"estimate": value, "se": error, "slope": params[1:].tolist(), "df": n - columns - 1, "used": True}
    given = {"y": y.tolist(), "f_labeled": x.tolist(), "f_population_mean": mean.tolist(), "N": size}
    return case(name, "corrected_mean", given, expected, STATSMODELS, 1e-8)


def ppi(rng, name, *, n, rest, slope):
    y_all = scores(rng, n + rest)
    f_all = machine(rng, y_all, slope, 4)
    y, f, others = y_all[:n], f_all[:n], f_all[n:]
    expected = {}
    for key, factor in (("lam1", 1), ("ppi_pp_clipped", None)):
        low, high = (float(np.squeeze(end)) for end in ppi_mean_ci(y, f, others, alpha=0.05, lam=factor))
        value = float(np.squeeze(ppi_mean_pointestimate(y, f, others, lam=factor)))
        expected[key] = {"estimate": value, "low": low, "high": high}
    given = {"y": y.tolist(), "f_labeled": f.tolist(), "f_unlabeled": others.tolist(), "alpha": 0.05}
    return case(name, "ppi_mean", given, expected, PPI, 1e-8)


def cross(rng, name, *, n, rest, folds):
    y = scores(rng, n)
    f, others = machine(rng, y, 0.9, 5), np.round(rng.normal(70, 10, (rest, folds)), 2)
    low, high = (float(np.squeeze(end)) for end in crossppi_mean_ci(y, f, others, alpha=0.05))
    value = float(np.squeeze(crossppi_mean_pointestimate(y, f, others)))
    given = {"y": y.tolist(), "f_oof": f.tolist(), "f_unlabeled_by_fold": others.tolist(), "alpha": 0.05}
    return case(name, "cross_ppi_mean", given, {"estimate": value, "low": low, "high": high}, PPI, 1e-8)


def areas(rng, name, *, agents, columns, spread):
    """Agents' levels on a line of covariates, by metafor's REML and BLUPs."""
    x = np.round(rng.normal(70, 8, (agents, columns)), 2)
    variance = np.round(rng.gamma(3.0, 4.0, agents) + 1, 3)
    level = 20 + 0.8 * x.sum(axis=1) + rng.normal(0, spread, agents)
    direct = np.round(level + rng.normal(0, np.sqrt(variance)), 3)
    columns_r = [f"x{k}=c({','.join(map(str, x[:, k]))})" for k in range(columns)]
    mods = f", mods=~{'+'.join(f'x{k}' for k in range(columns))}" if columns else ""
    script = (
        f"suppressMessages(library(metafor)); {'; '.join(columns_r)}\n"
        f"fit <- rma.uni(yi=c({','.join(map(str, direct))}), vi=c({','.join(map(str, variance))}){mods}, "
        "method='REML', control=list(threshold=1e-12, maxiter=1000))\n"
        "b <- blup(fit); cat(format(c(fit$tau2, coef(fit), b$pred, b$se), digits=15))"
    )
    out = subprocess.run(["Rscript", "-e", script], capture_output=True, check=True, text=True).stdout
    found = [float(word) for word in out.split()]
    beta, blups = found[1 : columns + 2], found[columns + 2 :]
    expected = {
        "tau2": found[0], "beta": beta if columns else beta[0],
        "eblup": blups[:agents], "eblup_se_metafor": blups[agents:],
    }  # fmt: skip
    given = {"direct": direct.tolist(), "var": variance.tolist()}
    if columns:
        given["x"] = x.tolist() if columns > 1 else x[:, 0].tolist()
    return case(name, "fay_herriot", given, expected, {"kind": "library", "name": "R metafor rma.uni REML, blup"}, 1e-4)


def case(name, function, given, expected, reference, tolerance):
    return {
        "id": name, "function": function, "input": given, "expected": expected,
        "tolerance": {"abs": tolerance}, "reference": reference,
    }  # fmt: skip


if __name__ == "__main__":
    main()

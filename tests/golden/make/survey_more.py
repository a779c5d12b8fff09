"""Writes tests/golden/survey_more.json: designs that the other files do not hold, computed by the R package survey.

    python tests/golden/make/survey_more.py

Needs R with the package survey (Debian and Ubuntu: r-cran-survey). The data are random with a fixed seed; every
expected number is R's. Nothing of Evenhand is imported.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

SEED = 71
TARGET = Path(__file__).resolve().parent.parent / "survey_more.json"
TOLERANCE = {"abs": 1e-8}

PRELUDE = """
suppressMessages(library(survey))
num <- function(x) formatC(as.numeric(x), digits = 15, format = "g")
say <- function(name, m, level = 0.95, df = NULL) {
  ci <- if (is.null(df)) confint(m, level = level) else confint(m, level = level, df = df)
  cat(name, num(coef(m)), num(SE(m)), num(ci[1]), num(ci[2]), "\\n")
}
v <- function(text) as.numeric(strsplit(text, ",")[[1]])
s <- function(text) strsplit(text, ",")[[1]]
"""


def column(values: object) -> str:
    text = ",".join(str(value) for value in np.asarray(values).tolist())
    return f'"{text}"'


def ask(script: str) -> dict[str, list[float]]:
    """What R says: a line a name with its numbers."""
    done = subprocess.run(["Rscript", "-"], input=PRELUDE + script, capture_output=True, text=True, check=True)
    lines = (line.split() for line in done.stdout.splitlines() if line.strip())
    return {name: [float(number) for number in numbers] for name, *numbers in lines}


def scores(rng: np.random.Generator, n: int) -> np.ndarray:
    """Skewed, with hundreds and a few zeros, three decimals."""
    return np.where(rng.random(n) < 0.05, 0.0, np.clip(rng.normal(86, 16, n), 0, 100)).round(3)


def clusters(rng: np.random.Generator) -> tuple[dict, dict]:
    """Clusters without an end, of very unequal size, at 90 %."""
    sizes = [1, 2, 9, 3, 1, 6, 12, 2]
    y, cluster = scores(rng, sum(sizes)), np.repeat([f"k{i}" for i in range(len(sizes))], sizes)
    found = ask(
        f"d <- data.frame(y = v({column(y)}), c = s({column(cluster)}), w = 1)\n"
        "d <- svydesign(ids = ~c, weights = ~w, data = d)\n"
        'say("mean", svymean(~y, d), 0.9, degf(d))\n'
        'cat("deff", num(deff(svymean(~y, d, deff = "replace"))), "\\n")\n'
    )
    value, se, low, high = found["mean"]
    expected = {"estimate": value, "se": se, "df": 7, "ci": {"low": low, "high": high}, "deff": found["deff"][0]}
    return {"y": y.tolist(), "cluster": cluster.tolist(), "alpha": 0.1}, expected


def stages(rng: np.random.Generator) -> tuple[dict, dict]:
    """Two stages where one cluster was taken whole."""
    drawn, sizes = [4, 3, 5, 2], {"p": 4, "q": 20, "r": 11, "s": 30}
    y, cluster = scores(rng, sum(drawn)), np.repeat(list(sizes), drawn)
    unit = [f"{name}{i}" for i, name in enumerate(cluster)]
    found = ask(
        f"d <- data.frame(y = v({column(y)}), c = s({column(cluster)}), u = s({column(unit)}),"
        f" N = 9, M = v({column([sizes[name] for name in cluster])}))\n"
        'd <- svydesign(ids = ~c + u, fpc = ~N + M, data = d)\nsay("mean", svymean(~y, d), 0.95, degf(d))\n'
    )
    value, se, low, high = found["mean"]
    given = {"y": y.tolist(), "cluster": cluster.tolist(), "n_clusters_pop": 9, "M_i": sizes}
    return given, {"estimate": value, "se": se, "df": 3, "ci": {"low": low, "high": high}}


def certain(rng: np.random.Generator) -> tuple[dict, dict]:
    """Unequal chances of which some are certainties, Brewer's variance."""
    y, pi = scores(rng, 16), np.concatenate([[1.0, 1.0], rng.uniform(0.04, 0.7, 14).round(4)])
    found = ask(
        f"d <- svydesign(ids = ~1, fpc = ~p, data = data.frame(y = v({column(y)}), p = v({column(pi)})),"
        ' pps = "brewer")\nsay("mean", svymean(~y, d), 0.95, degf(d))\nsay("total", svytotal(~y, d))\n'
    )
    (value, se, low, high), total = found["mean"], found["total"]
    expected = {
        "hajek": {"estimate": value, "se": se, "df": 15, "ci": {"low": low, "high": high}},
        "ht_total": {"estimate": total[0], "se": total[1]},
    }
    return {"y": y.tolist(), "pi": pi.tolist(), "N": 60}, expected


def parts(rng: np.random.Generator) -> tuple[dict, dict]:
    """Parts of a sample without a known frame."""
    y, domain = scores(rng, 24), rng.choice(["email", "chat", "phone"], 24)
    found = ask(
        f"d <- data.frame(y = v({column(y)}), g = s({column(domain)}), w = 1)\n"
        "d <- svydesign(ids = ~1, weights = ~w, data = d)\n"
        'b <- svyby(~y, ~g, d, svymean)\nfor (k in rownames(b)) cat(k, num(b[k, "y"]), num(b[k, "se"]), "\\n")\n'
    )
    return {"y": y.tolist(), "domain": domain.tolist()}, {k: {"mean": m, "se": se} for k, (m, se) in found.items()}


def shares(rng: np.random.Generator) -> tuple[dict, dict]:
    """A share near one, from two strata, at 99 %."""
    y, stratum = np.array([1] * 17 + [0] + [1] * 9 + [0, 0]), np.array(["A"] * 18 + ["B"] * 11)
    sizes = {"A": 40, "B": 300}
    script = (
        f"d <- data.frame(y = v({column(y)}), h = s({column(stratum)}), N = v({column([sizes[h] for h in stratum])}))\n"
        "d <- svydesign(ids = ~1, strata = ~h, fpc = ~N, data = d)\n"
    )
    for method in ("logit", "beta", "asin", "mean"):
        script += f'm <- svyciprop(~y, d, method = "{method}", level = 0.99); '
        script += f'cat("{method}", num(m[1]), num(attr(m, "ci")), "\\n")\n'
    found = ask(script)
    expected = {method: {"estimate": p, "low": low, "high": high} for method, (p, low, high) in found.items()}
    return {"y": y.tolist(), "stratum": stratum.tolist(), "N_h": sizes, "alpha": 0.01}, expected


CASES = {
    "clusters_without_end": ("survey_cluster", clusters),
    "one_cluster_whole": ("survey_twostage", stages),
    "some_certain": ("survey_pps_brewer", certain),
    "parts_without_frame": ("survey_domain", parts),
    "share_near_one": ("survey_ciprop", shares),
}


def main() -> None:
    version = ask('cat("v", as.numeric(unlist(packageVersion("survey"))), "\\n")')["v"]
    reference = {"kind": "library", "name": "R survey", "version": ".".join(f"{part:.0f}" for part in version)}
    rng = np.random.default_rng(SEED)
    cases = []
    for name, (function, make) in CASES.items():
        given, expected = make(rng)
        cases.append(
            {"id": name, "function": function, "input": given, "expected": expected, "tolerance": TOLERANCE,
             "reference": {**reference, "call": (make.__doc__ or "").strip()}}
        )  # fmt: skip
    head = {"suite": "survey_more", "split": "dev", "schema": 1, "generator": f"make/survey_more.py seed {SEED}"}
    TARGET.write_text(json.dumps({**head, "cases": cases}, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(cases)} cases in {TARGET.name}\n")


if __name__ == "__main__":
    main()

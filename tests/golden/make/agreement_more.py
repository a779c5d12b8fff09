"""Write tests/golden/agreement_more.json from other libraries' answers.

Needs what Evenhand does not: `pip install krippendorff pingouin statsmodels` into an
environment of its own (the first two are GPL: oracles, never dependencies), and R with lme4.

    python tests/golden/make/agreement_more.py
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
from pingouin import intraclass_corr
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

TARGET = Path(__file__).resolve().parent.parent / "agreement_more.json"
FORMS = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")
METRICS = ("nominal", "ordinal", "interval", "ratio")


def main() -> None:
    rng = np.random.default_rng(90210)
    cases = [
        alpha(rng, "alpha_11_raters_mostly_missing", units=60, raters=11, answers=7, missing=0.7, noise=1.2),
        alpha(rng, "alpha_binary_rare", units=120, raters=2, answers=2, missing=0.0, noise=0.3),
        alpha(rng, "alpha_worse_than_chance", units=30, raters=3, answers=4, missing=0.1, noise=9.0),
        fleiss(rng),
        cohen(rng),
        icc(rng),
        leniency(rng, "leniency_with_double_reviews", spread=5.0),
        leniency(rng, "leniency_none", spread=0.0),
    ]
    document = {
        "suite": "agreement_more", "split": "own", "schema": 1, "generator": "tests/golden/make/agreement_more.py",
        "description": "rows = units (conversations), columns = raters, null = missing.", "cases": cases,
    }  # fmt: skip
    TARGET.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def noisy(rng, units, raters, answers, missing, noise):
    level = rng.integers(1, answers + 1, size=(units, 1))
    table = np.clip(np.rint(level + rng.normal(0, noise, (units, raters))), 1, answers)
    table[rng.random(table.shape) < missing] = np.nan
    return table


def listed(table):
    return [[None if np.isnan(x) else x for x in row] for row in table.tolist()]


def alpha(rng, name, *, units, raters, answers, missing, noise):
    table, domain = noisy(rng, units, raters, answers, missing, noise), list(range(1, answers + 1))
    expected = {
        metric: krippendorff.alpha(table.T, value_domain=domain, level_of_measurement=metric) for metric in METRICS
    }
    given = {"ratings": listed(table), "value_domain": domain}
    return case(name, "krippendorff_alpha", given, expected, 1e-9, "krippendorff 0.9")


def fleiss(rng):
    counts = rng.multinomial(6, [0.5, 0.3, 0.1, 0.1], size=25)
    return case("fleiss_6_raters", "fleiss_kappa", {"counts": counts.tolist()},
                {"fleiss": fleiss_kappa(counts)}, 1e-9, "statsmodels fleiss_kappa")  # fmt: skip


def cohen(rng):
    table = np.array([[88, 14, 18], [10, 40, 10], [2, 6, 12]]) + rng.integers(0, 9, (3, 3))
    expected = {}
    for name, weights in (("unweighted", None), ("linear", "linear"), ("quadratic", "quadratic")):
        found = cohens_kappa(table, wt=weights)
        expected[name] = {"kappa": found.kappa, "se": found.std_kappa, "low": found.kappa_low, "high": found.kappa_upp}
    return case("cohen_table", "cohen_kappa", {"table": table.tolist()}, expected, 1e-9, "statsmodels cohens_kappa")


def icc(rng):
    table = np.round(rng.normal(80, 9, (20, 1)) + rng.normal(0, 3, (1, 5)) + rng.normal(0, 6, (20, 5)), 1)
    long = pd.DataFrame([(i, j, y) for (i, j), y in np.ndenumerate(table)], columns=["unit", "rater", "y"])
    found = intraclass_corr(long, "unit", "rater", "y")
    expected = {form: {"icc": value} for form, value in zip(FORMS, found["ICC"], strict=True)}
    return case("icc_5_raters", "icc", {"ratings": table.tolist()}, expected, 1e-6, "pingouin 0.7 intraclass_corr")


def leniency(rng, name, *, spread):
    conversation = np.concatenate([np.arange(140), np.arange(40), np.arange(15)])
    agent = rng.integers(0, 8, 140)[conversation]
    reviewer = rng.integers(0, 5, len(conversation))
    y = 82 + rng.normal(0, 4, 8)[agent] + rng.normal(0, spread, 5)[reviewer] + rng.normal(0, 9, 140)[conversation]
    y = np.round(y + rng.normal(0, 7, len(y)), 1)
    rows = r(f"""
        suppressMessages(library(lme4))
        d <- data.frame(y=c({",".join(map(str, y))}), a=factor(c({",".join(map(str, agent))})),
          r=factor(c({",".join(map(str, reviewer))})), c=factor(c({",".join(map(str, conversation))})))
        m <- suppressMessages(lmer(y ~ 1 + (1|a) + (1|r) + (1|c), d, REML=TRUE, control=lmerControl(optimizer="bobyqa",
          optCtrl=list(rhoend=1e-10))))
        v <- as.data.frame(VarCorr(m)); s <- function(g) v$vcov[v$grp == g]
        cat(fixef(m), sqrt(vcov(m)[1, 1]), s("a"), s("r"), s("c"), s("Residual"), "\\n")
        cat(ranef(m)$r[, 1], "\\n"); cat(ranef(m)$a[, 1], "\\n")
    """)
    (mu, se, *variances), people, agents = rows
    expected = {
        "mu": mu, "se_mu": se,
        "variances": dict(zip(("agent", "rev", "conversation", "Residual"), variances, strict=True)),
        "leniency": {str(i): x for i, x in enumerate(people)},
        "agent_effect": {str(i): x for i, x in enumerate(agents)},
    }  # fmt: skip
    given = {"y": y.tolist(), "agent": agent.tolist(), "reviewer": reviewer.tolist(),
             "conversation": conversation.tolist()}  # fmt: skip
    return case(name, "reviewer_leniency", given, expected, 0.01, "R lme4::lmer, REML")


def r(program):
    """What an R program prints: rows of numbers."""
    done = subprocess.run(
        ["Rscript", "-e", f"options(digits=15);{program}"], capture_output=True, text=True, check=True
    )
    return [[float(word) for word in line.split()] for line in done.stdout.splitlines() if line.strip()]


def case(name, function, given, expected, allowed, library):
    return {
        "id": name, "function": function, "input": given, "expected": expected, "tolerance": {"abs": allowed},
        "reference": {"kind": "library", "name": library},
    }  # fmt: skip


if __name__ == "__main__":
    main()

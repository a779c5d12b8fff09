"""Many comparisons at once: p-values adjusted so that chance finds do not pile up.

With 120 series compared every week at p < .05, six "changes" a week are nothing. Sources:
Benjamini & Hochberg 1995 (share of false finds), Benjamini & Yekutieli 2001 (the same
under any dependence), Holm 1979 and Bonferroni (any false find at all).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, finite

Adjustment = Literal["bh", "by", "holm", "bonferroni"]


def adjust_pvalues(p: npt.ArrayLike, method: Adjustment = "bh") -> Floats:
    """(m,) adjusted p-values in the order given; what stays under q is found at level q.

    Raises ValueError for values outside 0..1 or an unknown method.
    """
    values = finite(p, "p")
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("p-values must lie between 0 and 1.")
    m = len(values)
    order = np.argsort(values, kind="stable")
    ranked, rank = values[order], np.arange(1, m + 1)
    if method == "bh":
        adjusted = _from_the_end(ranked * m / rank)
    elif method == "by":
        adjusted = _from_the_end(ranked * m / rank * float((1 / rank).sum()))
    elif method == "holm":
        adjusted = np.maximum.accumulate(ranked * (m - rank + 1))
    elif method == "bonferroni":
        adjusted = ranked * m
    else:
        raise ValueError(f"method must be 'bh', 'by', 'holm' or 'bonferroni', not {method!r}.")
    out = np.empty(m)
    out[order] = np.minimum(adjusted, 1.0)
    return out


def _from_the_end(values: Floats) -> Floats:
    return np.asarray(np.minimum.accumulate(values[::-1])[::-1], dtype=np.float64)

"""How much of an agreement two different answers are: 1 for the same, 0 for the farthest.

Source: Gwet 2014, "Handbook of Inter-Rater Reliability", 4th edition. Gwet's *ordinal*
weights count the pairs of answers between two; they are not Krippendorff's ordinal
metric, and give another number on the same data (.834 where that gives .815).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np

from evenhand.quality.arrays import Floats

Weights = Literal["identity", "linear", "quadratic", "ordinal"]
WEIGHTS: tuple[Weights, ...] = get_args(Weights)


def agreement_weights(name: Weights, values: Sequence[float] | Floats | int) -> Floats:
    """(Q, Q) weights of Q answers: given by their values, or by how many they are.

    Linear and quadratic weights go by the values; counted answers are one step apart.
    Raises ValueError for an unknown name.
    """
    at = np.arange(values, dtype=np.float64) if isinstance(values, int) else np.asarray(values, np.float64)
    size = len(at)
    if name == "identity" or size < 2:
        return np.eye(size)
    apart = np.abs(np.subtract.outer(at, at)) / float(np.ptp(at))
    if name == "linear":
        return np.asarray(1.0 - apart, np.float64)
    if name == "quadratic":
        return np.asarray(1.0 - apart**2, np.float64)
    if name == "ordinal":
        steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
        return np.asarray(1.0 - steps * (steps + 1.0) / (size * (size - 1.0)), np.float64)
    raise ValueError(f"Unknown weights: {name!r}.")

"""Machines that learn from the very reviews that correct them.

A machine that has seen a review is too right about it: its residuals are too small, and a
95 % interval made of them holds the truth 59 times in 100. With cross-fitting every
review is scored by a machine that did not see it (Zrnic & Candès 2024).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, Ints, finite

Inputs = npt.NDArray[Any]
Machine = Callable[[Inputs], npt.ArrayLike]
Train = Callable[[Inputs, Floats], Machine]


@dataclass(frozen=True, slots=True)
class CrossFitted:
    """reviewed: (n,) score of each review by the machine that did not see it. rest: (m, K)
    scores of the others by each of the K machines.

    For :func:`~.ppi.cross_ppi_mean`, or ``reviewed`` and the mean of ``rest`` over the
    whole frame for :func:`~.draws.corrected_mean`.
    """

    reviewed: Floats
    rest: Floats


def folds(n: int, k: int, seed: int) -> Ints:
    """(n,) fold 0..k-1 of each unit, at random and of sizes that differ by one at most."""
    if not 2 <= k <= n:
        raise ValueError(f"{n} units cannot be split into {k} folds; there must be 2 or more, none of them empty.")
    return np.random.default_rng(seed).permutation(np.arange(n) % k)


def cross_fit(
    train: Train, x: npt.ArrayLike, y: npt.ArrayLike, x_rest: npt.ArrayLike, k: int = 5, seed: int = 20240
) -> CrossFitted:
    """Train k machines, each on all reviews but one fold, and score.

    train: takes inputs and human scores, returns a function of inputs. x: (n, ...) inputs
    of the reviewed. y: (n,) their human scores. x_rest: (m, ...) inputs of the others, or
    of the whole frame. Raises ValueError for a machine that does not give one finite
    score an input.
    """
    inputs, others, scores = np.asarray(x), np.asarray(x_rest), finite(y, "y")
    if len(inputs) != len(scores):
        raise ValueError(f"x has {len(inputs)} entries, y has {len(scores)}.")
    fold = folds(len(scores), k, seed)
    reviewed, rest = np.empty(len(scores)), np.empty((len(others), k))
    for i in range(k):
        machine = train(inputs[fold != i], scores[fold != i])
        reviewed[fold == i] = _scored(machine, inputs[fold == i])
        rest[:, i] = _scored(machine, others)
    return CrossFitted(reviewed, rest)


def _scored(machine: Machine, inputs: Inputs) -> Floats:
    scores = finite(machine(inputs), "the machine's scores")
    if len(scores) != len(inputs):
        raise ValueError(f"The machine gave {len(scores)} scores for {len(inputs)} inputs.")
    return scores

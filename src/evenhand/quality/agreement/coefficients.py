"""What five coefficients call chance.

Each function below gives a :class:`Chance`: what a unit adds to the sums from which the
expected agreement is made, how it is made, and each unit's own part in it, which the
standard error needs. Source: Gwet 2014, chapters 2 to 5.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evenhand.quality.arrays import Floats

from .ratings import Ratings


@dataclass(frozen=True)
class Units:
    """A table in which somebody rated every unit, and what all coefficients make of it."""

    table: Ratings
    weights: Floats

    @cached_property
    def counts(self) -> Floats:
        """(U, Q) ratings by answer."""
        return self.table.counts

    @cached_property
    def raters(self) -> Floats:
        """(U,) ratings of each unit."""
        return np.asarray(self.counts.sum(axis=1), np.float64)

    @cached_property
    def agreeing(self) -> Floats:
        """(U,) weighted agreement, summed over ordered pairs of a unit's ratings."""
        return np.asarray((self.counts * (self.counts @ self.weights - 1)).sum(axis=1), np.float64)

    @cached_property
    def symmetric(self) -> Floats:
        return np.asarray((self.weights + self.weights.T) / 2, np.float64)

    @property
    def n(self) -> int:
        return len(self.counts)

    @property
    def q(self) -> int:
        return len(self.table.categories)


@dataclass(frozen=True, slots=True)
class Chance:
    """moments: (U, K). expected: (B, K) sums over U units -> (B,). each: (U,) parts with mean p_e."""

    moments: Floats
    expected: Callable[[Floats], Floats]
    each: Floats


def gwet(units: Units) -> Chance:
    """AC1 and AC2: a random answer counts as chance only where the unit is hard to rate."""
    scale = float(units.weights.sum()) / (units.q * max(units.q - 1, 1))
    shares = units.counts / units.raters[:, None]

    def expected(sums: Floats) -> Floats:
        share = sums / sums.sum(axis=1, keepdims=True)
        return np.asarray(scale * (share * (1 - share)).sum(axis=1), np.float64)

    return Chance(shares, expected, scale * (shares @ (1 - shares.mean(axis=0))))


def fleiss(units: Units) -> Chance:
    """Two answers drawn from those of all raters together."""
    shares = units.counts / units.raters[:, None]

    def expected(sums: Floats) -> Floats:
        return _two_answers(sums / sums.sum(axis=1, keepdims=True), units.weights)

    return Chance(shares, expected, shares @ units.symmetric @ shares.mean(axis=0))


def brennan_prediger(units: Units) -> Chance:
    """Every answer as likely as any other."""
    level = float(units.weights.sum()) / units.q**2

    def expected(sums: Floats) -> Floats:
        return np.full(len(sums), level)

    return Chance(np.zeros((units.n, 0)), expected, np.full(units.n, level))


def krippendorff(units: Units) -> Chance:
    """As Fleiss, but every rating counts the same, not every unit. For units with two or more ratings."""
    mean_raters = float(units.raters.mean())
    share = units.counts.sum(axis=0) / units.raters.sum()
    level = float(_two_answers(share[None, :], units.weights)[0])

    def expected(sums: Floats) -> Floats:
        return _two_answers(sums / sums.sum(axis=1, keepdims=True), units.weights)

    surplus = (units.raters - mean_raters) / mean_raters
    return Chance(units.counts, expected, units.counts @ units.symmetric @ share / mean_raters - level * surplus)


def conger(units: Units) -> Chance:
    """Two raters drawn from the panel, each answering by their own habits; Cohen's kappa for a panel of two."""
    given = (units.table.codes[:, :, None] == np.arange(units.q)).astype(np.float64)
    given = given[:, given.any(axis=(0, 2)), :]
    size = given.shape[1]

    def expected(sums: Floats) -> Floats:
        share = _habits(sums.reshape(-1, size, units.q))
        return _two_raters(share, units.weights)

    return Chance(given.reshape(units.n, size * units.q), expected, _own_habits(given, units.weights))


def _two_answers(share: Floats, weights: Floats) -> Floats:
    """(B,) chance that two answers drawn with (B, Q) probabilities agree."""
    return np.asarray(((share @ weights) * share).sum(axis=1), np.float64)


def _habits(given: Floats) -> Floats:
    """(B, R, Q) each rater's share of each answer; NaN for one who rated nothing of a resample."""
    total = given.sum(axis=2, keepdims=True)
    return np.asarray(given / np.where(total > 0, total, np.nan), np.float64)


def _two_raters(share: Floats, weights: Floats) -> Floats:
    """(B,) mean over pairs of different raters of the chance that their habits agree."""
    size = share.shape[1]
    together = share.sum(axis=1)
    alone = ((share @ weights) * share).sum(axis=(1, 2))
    return np.asarray((_two_answers(together, weights) - alone) / (size * (size - 1)), np.float64)


def _own_habits(given: Floats, weights: Floats) -> Floats:
    """(U,) each unit's part in the expected agreement: how it moves every rater's habits."""
    n, size, _ = given.shape
    rated = given.sum(axis=2)
    often = rated.sum(axis=0) / n
    share = given.mean(axis=0) / often[:, None]
    moved = (given - (rated - often)[:, :, None] * share) / often[:, None]
    others = share.sum(axis=0) - share
    return np.asarray(np.einsum("ugl,kl,gk->u", moved, weights, others, optimize=True) / (size * (size - 1)))


COEFFICIENTS = {
    "gwet": gwet, "fleiss": fleiss, "krippendorff": krippendorff, "conger": conger, "bp": brennan_prediger,
}  # fmt: skip

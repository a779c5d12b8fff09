"""Rows of the coverage table, and how one is tried over and over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from evenhand.quality.change import Change
from evenhand.quality.estimates import Estimate

Rng = np.random.Generator

SEED = 5
# A limit that meets the truth up to rounding holds it.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Tried:
    """One interval, the truth that it should hold, and the rule it came by."""

    low: float
    high: float
    truth: float
    rule: str


Trial = Callable[[Rng], Sequence[Tried]]


def promise(n: float, *, answers: bool = False) -> float:
    """How often in 100 an interval of 95 % from n values should hold the truth.

    Below ten values the envelope stands in, which is wide on purpose. A share of so few
    answers can only take so many values that no interval is near 95 for every truth:
    Wilson's is 95 on average and may fall to 90 (Brown, Cai & DasGupta 2001).
    """
    if n >= 10:
        return 93.0
    return 90.0 if answers else 95.0


@dataclass(frozen=True, slots=True)
class Row:
    """trial: one sample and its intervals, one or several. promise: how often in 100 they should hold.

    every: 5 where every fifth of the table's replications is enough.
    """

    name: str
    trial: Trial
    promise: float = 93.0
    every: int = 1


@dataclass(slots=True)
class Tally:
    """What came of many trials."""

    count: int = 0
    below: int = 0
    above: int = 0
    width: float = 0.0
    rules: Counter[str] = field(default_factory=Counter)

    def add(self, tried: Tried) -> None:
        self.count += 1
        self.below += tried.high < tried.truth - ROUNDING
        self.above += tried.low > tried.truth + ROUNDING
        self.width += tried.high - tried.low
        self.rules[tried.rule] += 1

    def join(self, other: Tally) -> None:
        self.count += other.count
        self.below += other.below
        self.above += other.above
        self.width += other.width
        self.rules += other.rules

    @property
    def held(self) -> float:
        """How often in 100 the interval held the truth."""
        return 100.0 * (1.0 - (self.below + self.above) / self.count)

    @property
    def half_width(self) -> float:
        return self.width / self.count / 2

    @property
    def rule(self) -> str:
        return self.rules.most_common(1)[0][0]


def measure(row: Row, replications: Iterable[int]) -> Tally:
    """Try a row with the numbers of its replications; each has a seed of its own, whatever the others are."""
    tally = Tally()
    for number in replications:
        if number % row.every:
            continue
        rng = np.random.default_rng([SEED, number, *row.name.encode()])
        for tried in row.trial(rng):
            tally.add(tried)
    return tally


def one(found: Estimate | Change, truth: float) -> Sequence[Tried]:
    """The interval of an estimate or of a difference, or nothing where there is no number."""
    if found.low is None or found.high is None:
        return ()
    return (Tried(found.low, found.high, truth, found.method),)

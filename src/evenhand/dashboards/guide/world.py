"""The invented team of the guide: 4,000 conversations whose true score is known, because all of them were "reviewed".

Scores pile up near 100 with a few zeros, as a support team's do: five categories on five points, and a critical one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from evenhand.quality.arrays import Bools, Floats, Ints
from evenhand.quality.scores import review_scores

SEED = 20240
SIZE = 4000
WEIGHTS = (20.0, 20.0, 10.0, 10.0, 10.0)
CUTS = (-2.1, -1.6, -0.8, 0.0)
CRITICAL = 0.03
Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Team:
    """Every conversation of the team. points: (N, 5) on 1..5. failed: (N,), by the critical category. score: (N,)."""

    points: Ints
    failed: Bools
    score: Floats

    @property
    def truth(self) -> float:
        return float(self.score.mean())

    def draw(self, rng: Rng, n: int) -> Ints:
        """(n,) conversations drawn at random, without repetition."""
        return np.asarray(rng.choice(len(self.score), n, replace=False), dtype=np.int64)


def rng(page: str, turn: int = 0) -> Rng:
    """Each page has a chance of its own, the same at every visit; another `turn` is another throw of it."""
    return np.random.default_rng([SEED, turn, *page.encode()])


@cache
def team() -> Team:
    chance = rng("team")
    ability = chance.normal(0.3, 0.75, SIZE)[:, None]
    points = 1 + np.searchsorted(CUTS, ability + chance.normal(0, 0.95, (SIZE, len(WEIGHTS))))
    failed = chance.random(SIZE) < CRITICAL
    return Team(points, failed, scored(points, failed))


def scored(points: Ints, failed: Bools, method: str = "minmax", critical: str = "review") -> Floats:
    """(N,) scores of (N, 5) points by the product's own rules; `critical` is empty where no category is critical."""
    reviews, categories = points.shape
    ratings = np.column_stack([points, np.where(failed, 1, 2)])
    index = np.repeat(np.arange(reviews), categories + 1)
    highest = np.tile([5.0] * categories + [2.0], reviews)
    weight = np.tile([*WEIGHTS, 0.0], reviews)
    flags = np.tile([""] * categories + [critical], reviews)
    found = review_scores(
        index, ratings.ravel().astype(np.float64), np.ones(len(index)), highest, weight, flags, method=method  # type: ignore[arg-type]
    )  # fmt: skip
    return found.score

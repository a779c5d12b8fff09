"""Made-up teams: agents who differ, conversations that differ more, and scores that pile up near 100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from evenhand.quality.arrays import Floats, Ints

Rng = np.random.Generator

WEIGHTS = np.array([20.0, 20, 10, 10, 10])
CUTS = np.array([-2.1, -1.6, -0.8, 0.0])
LEVEL, SLOPE, NOISE = 0.3, 0.75, 0.95
FAILS = 0.025
TEAM = (60, 80, 100, 120, 150, 200, 260, 300, 340, 400, 500, 600)


@dataclass(frozen=True, slots=True)
class Team:
    """(N,) score and agent of every pair of a frame, sorted by agent."""

    y: Floats
    agent: Ints

    @property
    def sizes(self) -> Ints:
        """(J,) pairs of each agent."""
        return np.bincount(self.agent).astype(np.int64)

    @property
    def starts(self) -> Ints:
        """(J,) where each agent's pairs begin."""
        return np.concatenate([[0], np.cumsum(self.sizes)[:-1]]).astype(np.int64)

    @property
    def means(self) -> Floats:
        """(J,) mean score of each agent: the truth about them."""
        return np.asarray(np.add.reduceat(self.y, self.starts) / self.sizes, dtype=np.float64)

    @property
    def truth(self) -> float:
        return float(self.y.mean())


def team(rng: Rng, sizes: Sequence[int], agent_sd: float = 0.5) -> Team:
    """A frame with so many pairs of each agent.

    Ability has a spread of 1 over all pairs; ``agent_sd`` of it lies between agents.
    """
    agent = np.repeat(np.arange(len(sizes)), sizes)
    level = rng.normal(0, agent_sd, len(sizes))[agent]
    ability = level + rng.normal(0, np.sqrt(1 - agent_sd**2), len(agent))
    return Team(review_scores(rng, ability), agent.astype(np.int64))


@lru_cache(maxsize=32)
def fixed_team(seed: int, sizes: tuple[int, ...], agent_sd: float = 0.5) -> Team:
    """The same frame for every replication."""
    return team(np.random.default_rng(seed), sizes, agent_sd)


def review_scores(rng: Rng, ability: Floats) -> Floats:
    """(N,) scores of five categories on five points, and of a critical one that makes a review 0.

    About a fifth are 100 and 3 in 100 are 0; the mean is 78, the standard deviation 22.
    """
    latent = LEVEL + SLOPE * ability[:, None] + rng.normal(0, NOISE, (len(ability), len(WEIGHTS)))
    points = np.searchsorted(CUTS, latent)
    scores = points / 4 @ WEIGHTS * (100 / WEIGHTS.sum())
    failed = rng.random(len(scores)) < FAILS * np.exp(-0.8 * ability)
    return np.asarray(np.where(failed, 0.0, scores), dtype=np.float64)


@lru_cache(maxsize=4)
def near_perfect(seed: int, size: int) -> Floats:
    """(N,) ratings of one category that nine in ten do perfectly."""
    rng = np.random.default_rng(seed)
    return rng.choice([0.0, 25, 50, 75, 100], size, p=[0.01, 0.01, 0.02, 0.06, 0.9])


def simple_sample(rng: Rng, size: int, n: int) -> Ints:
    """(n,) places of a simple random sample without replacement."""
    return np.asarray(rng.choice(size, n, replace=False), dtype=np.int64)


def sample_by_agent(rng: Rng, frame: Team, wanted: Sequence[int]) -> Ints:
    """Places of a simple random sample of so many pairs of each agent."""
    parts = zip(frame.starts.tolist(), frame.sizes.tolist(), wanted, strict=True)
    return np.concatenate([start + simple_sample(rng, size, k) for start, size, k in parts])

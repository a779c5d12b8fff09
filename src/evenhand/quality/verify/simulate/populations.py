"""Made-up frames of human scores y and machine scores f with a chosen correlation.

The random numbers are taken in the order in which the reference simulation takes them,
so that a seed gives the same frame, to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from evenhand.quality.arrays import Floats, Ints

SIZE = 20_000


@dataclass(frozen=True, slots=True)
class Frame:
    """(N,) scores of a whole frame."""

    y: Floats
    f: Floats

    @property
    def rho(self) -> float:
        return float(np.corrcoef(self.y, self.f)[0, 1])


@lru_cache(maxsize=8)
def frame(kind: str, rho: float, seed: int = 1, size: int = SIZE) -> Frame:
    """A frame of a kind: ``gaussian``, or ``iqs``, which looks like review scores.

    Raises ValueError for another kind.
    """
    if kind == "gaussian":
        return _gaussian(rho, seed, size)
    if kind == "iqs":
        return _review_scores(rho, seed, size)
    raise ValueError(f"There is no population {kind!r}; choose gaussian or iqs.")


def _gaussian(rho: float, seed: int, size: int) -> Frame:
    """Normal scores without bounds, whose correlation is exactly rho. The machine is 6 points too strict."""
    rng = np.random.default_rng(seed)
    level = _standard(rng.standard_normal(size))
    other = rng.standard_normal(size)
    other -= other.mean()
    other -= (other @ level) / (level @ level) * level
    other /= other.std()
    return Frame(81 + 18 * level, 75 + 12 * (rho * level + np.sqrt(1 - rho**2) * other))


def _review_scores(rho: float, seed: int, size: int) -> Frame:
    """Scores of a weighted scorecard with a critical category: skewed, with zeros and hundreds.

    The machine's are rounded to 2.5 points, cut off at 0 and 100, and 8 points too low;
    their noise is searched for until the correlation is rho.
    """
    rng = np.random.default_rng(seed)
    y = _scorecard(rng, rng.standard_normal(size))
    noise, level = rng.standard_normal(size), _standard(y)
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if np.corrcoef(y, _machine(level, noise, middle))[0, 1] > rho:
            low = middle
        else:
            high = middle
    return Frame(y, _machine(level, noise, low))


def _scorecard(rng: np.random.Generator, ability: Floats) -> Floats:
    """Four categories on five points, weighted 2, 2, 1, 1, and one that makes a score 0."""
    weights = np.array([2.0, 2.0, 1.0, 1.0])
    latent = ability[:, None] * 0.8 + rng.standard_normal((len(ability), 4)) * 0.9 + 0.35
    points = np.searchsorted(np.array([-2.2, -1.5, -0.9, -0.1]), latent, side="left")
    score = (points / 4.0) @ weights / weights.sum()
    failed = rng.random(len(ability)) < 0.03 * np.exp(-0.8 * ability) / np.exp(0.32)
    return 100 * np.where(failed, 0.0, score)


def _machine(level: Floats, noise: Floats, share: float) -> Floats:
    mixed = ((1 - share) * level + share * noise) / np.sqrt((1 - share) ** 2 + share**2)
    return np.asarray(np.clip(np.round((75 + 15 * mixed) / 2.5) * 2.5, 0, 100), dtype=np.float64)


def _standard(x: Floats) -> Floats:
    return np.asarray((x - x.mean()) / x.std(), dtype=np.float64)


def simple_samples(rng: np.random.Generator, size: int, n: int, times: int) -> Ints:
    """(times, n) places of simple random samples without replacement from 0..size-1.

    Drawn with replacement; places that a sample already has are drawn anew until none is left.
    """
    places = np.sort(rng.integers(0, size, (times, n), dtype=np.int64), axis=1)
    while True:
        again = np.zeros(places.shape, dtype=np.bool_)
        again[:, 1:] = places[:, 1:] == places[:, :-1]
        rows = again.any(axis=1)
        if not rows.any():
            return places
        places[again] = rng.integers(0, size, int(again.sum()))
        places[rows] = np.sort(places[rows], axis=1)

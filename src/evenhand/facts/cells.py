"""To which draws each pair of the frame belonged: the signature that `quality` builds its estimate on."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np

from evenhand.facts.arrays import Bools, Floats, Ints, Pairs, Reviews, pairs_of, reviews_of
from evenhand.facts.filters import Filters
from evenhand.facts.load import DrawFrame, Facts
from evenhand.quality.estimates import Estimate, draws_estimate, part_of_draws
from evenhand.quality.scores import pair_means


@dataclass(frozen=True)
class Drawn:
    """A frame and what was drawn of it.

    frame: N pairs. cell: (N,) the cell of each. chance: (C,) of each cell. place: (n,) where each reviewed pair
    stands in the frame. score: (n,) its mean score.
    """

    frame: Pairs
    cell: Ints
    chance: Floats
    place: Ints
    score: Floats

    def estimate(self, part: Bools | None = None) -> Estimate:
        """The mean of the frame, or of a part of it: (N,) which pairs."""
        inside = np.ones(len(self.cell), np.bool_) if part is None else part
        size = np.bincount(self.cell[inside], minlength=len(self.chance))
        sampled = inside[self.place]
        return draws_estimate(self.score[sampled], self.cell[self.place[sampled]], size, self._chances)

    def mean(self, values: Floats, *, lower: float = 0.0, upper: float = 100.0) -> Estimate:
        """The mean of something else about the reviewed pairs, weighted as their scores are: (n,) values."""
        return draws_estimate(
            values, self.cell[self.place], self._sizes, self._chances, lower=lower, upper=upper,
        )  # fmt: skip

    def part(self, pair: Ints, values: Floats) -> Estimate:
        """The mean of what only some reviewed pairs have, such as one category's rating: (m,) pairs, each once."""
        place = np.searchsorted(self.frame.pair, pair)
        reviewed = np.bincount(self.cell[self.place], minlength=len(self.chance))
        found = part_of_draws(values, self.cell[place], reviewed, self._sizes, self._chances)
        # How many pairs of the frame have such a value is itself estimated, and not for show.
        return replace(found, population=None)

    @property
    def _sizes(self) -> Ints:
        return np.bincount(self.cell, minlength=len(self.chance)).astype(np.int64)

    @property
    def _chances(self) -> dict[Hashable, float]:
        return dict(enumerate(self.chance.tolist()))

    @property
    def sampled_agents(self) -> Ints:
        """(n,) the agent of each reviewed pair."""
        return self.frame.agent[self.place]

    def population(self) -> dict[int, int]:
        """Pairs of each agent in the frame."""
        keys, counts = np.unique(self.frame.agent, return_counts=True)
        return dict(zip(keys.tolist(), counts.tolist(), strict=True))


def drawn_of(facts: Facts, filters: Filters) -> Drawn:
    """The frame by its cells, and the scores of its drawn pairs; reviewers of one pair are averaged first."""
    frame = pairs_of(facts, filters)
    cell, chance = _cells(facts, frame.pair, frame.agent)
    reviewed = drawn_reviews(facts, filters)
    pair, score = pair_means(reviewed.score, reviewed.pair)
    return Drawn(frame, cell, chance, np.searchsorted(frame.pair, pair), score)


def drawn_reviews(facts: Facts, filters: Filters) -> Reviews:
    """The reviews of the IQS; their pairs still belong to the period's frame."""
    rows = reviews_of(facts, replace(filters, by_review_date=False)).counted
    return rows.where(rows.drawn & np.isin(rows.pair, pairs_of(facts, filters).pair))


def _cells(facts: Facts, pair: Ints, agent: Ints) -> tuple[Ints, Floats]:
    """(N,) the cell of each pair: the strata that it belonged to in each draw; and (C,) each cell's chance."""
    signature = np.zeros(len(pair), np.int64)
    missed = np.ones(len(pair), np.float64)
    for draw in facts.draws:
        stratum, chance = _membership(draw, pair, agent)
        missed *= 1.0 - chance
        _, signature = np.unique(signature * (stratum.max(initial=0) + 1) + stratum, return_inverse=True)
    _, first, cell = np.unique(signature, return_index=True, return_inverse=True)
    return cell.astype(np.int64), (1.0 - missed[first] if len(pair) else np.zeros(0))


def _membership(draw: DrawFrame, pair: Ints, agent: Ints) -> tuple[Ints, Floats]:
    """(N,) number of the pair's stratum in this draw, 0 outside of it; and its chance there."""
    inside = np.isin(pair, draw.pair_ids, assume_unique=True)
    if not draw.by_agent:
        chance = draw.chance.get(None, 0.0)
        return inside.astype(np.int64), np.where(inside, chance, 0.0)
    agents, number = np.unique(agent, return_inverse=True)
    chances = np.array([draw.chance.get(key, 0.0) for key in agents.tolist()])
    if not len(agents):
        return np.zeros(0, np.int64), np.zeros(0)
    return np.where(inside, number + 1, 0), np.where(inside, chances[number], 0.0)

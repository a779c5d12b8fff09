"""What a plan rests on: how much scores spread here and how long a review takes, or what is assumed till then."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import median

from evenhand.people.access import Seat
from evenhand.quality.planner import Spread, measured_spread, own_spreads
from evenhand.reviews import queries

LATEST = 2000
# Fewer reviews say too little about a spread, fewer clocks about a pace, and fewer of one agent about their own spread.
LEAST_SCORES, LEAST_TIMED, LEAST_OWN = 20, 5, 8
ASSUMED_SPREAD = Spread(within=18.0, between=4.0)
ASSUMED_SECONDS = 540.0


@dataclass(frozen=True)
class Measured:
    """scores, timed: how many reviews stand behind the spread and behind the seconds; 0 where these are assumed.

    own: each agent's spread, by key, of those with enough reviews.
    """

    spread: Spread = ASSUMED_SPREAD
    scores: int = 0
    seconds: float = ASSUMED_SECONDS
    timed: int = 0
    own: dict[int, float] = field(default_factory=dict)

    @property
    def minutes(self) -> float:
        return self.seconds / 60


def measured(seat: Seat) -> Measured:
    """From the newest reviews of the workspace, one query."""
    rows = queries.latest_scores(seat, LATEST)
    clocks = [seconds for _agent, _score, seconds in rows if seconds]
    spread, own = _spread([(agent, score) for agent, score, _seconds in rows])
    timed = len(clocks) >= LEAST_TIMED
    return Measured(
        spread=spread or ASSUMED_SPREAD,
        scores=len(rows) if spread else 0,
        seconds=float(median(clocks)) if timed else ASSUMED_SECONDS,
        timed=len(clocks) if timed else 0,
        own=own,
    )


def _spread(rows: list[tuple[int, float]]) -> tuple[Spread | None, dict[int, float]]:
    """Nothing is measured on too few reviews, nor on scores that are all the same."""
    agents, scores = [agent for agent, _score in rows], [score for _agent, score in rows]
    count = Counter(agents)
    if len(rows) - len(count) < LEAST_SCORES // 2 or len(rows) < LEAST_SCORES:
        return None, {}
    spread = measured_spread(scores, agents)
    if spread.within == 0:
        return None, {}
    own = own_spreads(scores, agents, spread.within)
    return spread, {agent: own[agent] for agent, n in count.items() if n >= LEAST_OWN}

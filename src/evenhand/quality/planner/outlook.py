"""What a draw will be able to say, before it is drawn: of the team, and of each agent.

Scores spread by ``within`` about their agent's level, and agents by ``between`` about the
team's. A draw by agent takes the spread between them out of the team's margin, a simple
one does not (Särndal, Swensson & Wretman 1992, 3.7).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.quality.estimates import MINIMUM_N
from evenhand.quality.shrinkage import RANKS_FROM_RELIABILITY

from .margins import margin_for_n, margin_of_strata
from .spread import Spread

PAIR = 2


@dataclass(frozen=True, slots=True)
class AgentOutlook:
    """The agent in the middle: half of the agents get more reviews, half fewer.

    n: reviews of this agent, expected and not always whole. margin: half-width for a
    number of their own, None below 4 reviews. reliability: share of the differences
    between agents' means that is no chance. without: agents who get fewer than 4.
    """

    n: float
    margin: float | None
    reliability: float
    without: int

    @property
    def comparable(self) -> bool:
        """Whether agents may be set side by side."""
        return self.margin is not None and self.reliability >= RANKS_FROM_RELIABILITY


@dataclass(frozen=True, slots=True)
class Outlook:
    """n: reviews, earlier draws' among them. team: half-width for the team's mean, infinite where n is too small."""

    n: int
    team: float
    agent: AgentOutlook


def outlook_simple(
    spread: Spread,
    n: int,
    population: Sequence[int],
    *,
    already: Sequence[int] | None = None,
    rho: float = 0.0,
    level: float = 0.95,
) -> Outlook:
    """A simple draw of n. population: (H,) of each agent. rho: as for :func:`~.margins.n_for_mean_margin`.

    already: (H,) that earlier draws took of them; they are not drawn again, and count.
    """
    taken = [0] * len(population) if already is None else already
    open_to_it = [size - got for size, got in zip(population, taken, strict=True)]
    share = n / _total(n, open_to_it)
    total = n + sum(taken)
    team = margin_for_n(spread.total, total, sum(population), rho=rho, level=level)
    expected = [got + share * left for got, left in zip(taken, open_to_it, strict=True)]
    return Outlook(total, team, _agent(spread, expected, population, rho, level))


def outlook_stratified(
    spread: Spread,
    drawn: Sequence[int],
    population: Sequence[int],
    *,
    sigma: Sequence[float] | None = None,
    rho: float = 0.0,
    level: float = 0.95,
) -> Outlook:
    """A draw by agent. drawn, population: (H,) of each. sigma: (H,) each agent's own spread, if known.

    What earlier draws took belongs to ``drawn``.

    Where an agent gets fewer than two, agents have to be put together to be weighed, and
    the team's margin is a simple draw's.
    """
    n = sum(drawn)
    total = _total(n, population)
    if any(got < min(PAIR, size) for got, size in zip(drawn, population, strict=True)):
        team = margin_for_n(spread.total, n, total, rho=rho, level=level)
    else:
        own = [spread.within] * len(drawn) if sigma is None else sigma
        team = margin_of_strata(own, drawn, population, rho=rho, level=level)
    return Outlook(n, team, _agent(spread, drawn, population, rho, level))


def _total(n: int, population: Sequence[int]) -> int:
    total = sum(population)
    if not 0 < n <= total:
        raise ValueError(f"{n} reviews cannot come from {total} conversations.")
    return total


def _agent(spread: Spread, drawn: Sequence[float], population: Sequence[int], rho: float, level: float) -> AgentOutlook:
    n, size = sorted(zip(drawn, population, strict=True))[(len(drawn) - 1) // 2]
    df = max(sum(drawn) - len(drawn), 1.0)
    few = n < MINIMUM_N and n < size
    margin = None if few else margin_for_n(spread.within, n, size, rho=rho, df=df, level=level)
    noise = spread.within**2 * (1 - rho * rho) / n if n else math.inf
    signal = spread.between**2
    reliability = signal / (signal + noise) if signal + noise > 0 else 0.0
    return AgentOutlook(n, margin, reliability, sum(got < MINIMUM_N for got in drawn))


def even(total: int, parts: int) -> list[int]:
    """Whole numbers as equal as can be, that add up; the larger ones first."""
    each, more = divmod(total, parts)
    return [each + 1] * more + [each] * (parts - more)


def hours(reviews: float, minutes: float) -> float:
    """How long so many reviews take."""
    return reviews * minutes / 60.0

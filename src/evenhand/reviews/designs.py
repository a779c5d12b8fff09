"""The designs that a draw can have, side by side, each with what it will be able to say before it is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.quality.planner import Outlook, outlook_simple, outlook_stratified
from evenhand.quality.sampling import allocate, smallest_n
from evenhand.reviews import outlooks
from evenhand.reviews.measured import Measured
from evenhand.reviews.models import Draw


@dataclass(frozen=True)
class Pool:
    """Conversations of each agent, by key: all of the frame, and those that earlier draws took."""

    frame: Mapping[str, int]
    taken: Mapping[str, int]

    @classmethod
    def of(cls, agents: Iterable[int], taken: Iterable[int]) -> Pool:
        """From the agent of each conversation of the frame, and of each that was drawn before."""
        return cls(Counter(map(str, agents)), Counter(map(str, taken)))

    @property
    def sizes(self) -> dict[str, int]:
        """What can be drawn of each agent who has any left."""
        return {label: left for label, n in self.frame.items() if (left := n - self.taken.get(label, 0))}

    @property
    def open(self) -> int:
        return sum(self.sizes.values())

    def with_taken(self, drawn: Mapping[str, int]) -> list[int]:
        return [drawn.get(label, 0) + self.taken.get(label, 0) for label in self.frame]


@dataclass(frozen=True)
class Offer:
    """One design. n: reviews that it asks for, two of what two people review.

    outlook: None where these numbers cannot be drawn, and `why` says so.
    """

    value: str
    title: str
    hint: str
    n: int
    outlook: Outlook | None
    why: str
    seconds: float

    @property
    def says(self) -> str:
        return outlooks.says(self.outlook) if self.outlook else ""

    @property
    def without(self) -> str:
        return outlooks.without(self.outlook.agent) if self.outlook else ""

    @property
    def cost(self) -> str:
        return outlooks.lasting(self.n * self.seconds)


def offers(pool: Pool, n: int, minimum: int, measured: Measured, twice: int = 0) -> list[Offer]:
    """Every design that has data to go by, the usual one first. twice: per cent that two people review."""
    hints = {
        Draw.Design.STRATIFIED: _("Every agent has their share: the usual choice."),
        Draw.Design.SIMPLE: _("Agents with few conversations may get none."),
        Draw.Design.NEYMAN: _("The team’s score gains where some agents’ scores vary more than others’."),
    }
    looks = {
        Draw.Design.STRATIFIED: _by_agent(pool, n, minimum, measured),
        Draw.Design.SIMPLE: _simple(pool, n, measured),
    }
    if has_own_spreads(pool, measured):
        looks[Draw.Design.NEYMAN] = _by_agent(pool, n, minimum, measured, sigma(pool, measured))
    reviews = n + round(n * twice / 100)
    return [
        Offer(
            design, design.label, hints[design], reviews, look, "" if look else _why(pool, n, minimum), measured.seconds
        )
        for design, look in looks.items()
    ]


def _why(pool: Pool, n: int, minimum: int) -> str:
    if n > pool.open:
        return ngettext("Only %(n)d is left to draw.", "Only %(n)d are left to draw.", pool.open) % {"n": pool.open}
    if n < 1:
        return _("Say how many.")
    return _("That many of each agent takes at least %(n)d.") % {"n": smallest_n(pool.sizes, minimum)}


def has_own_spreads(pool: Pool, measured: Measured) -> bool:
    """Whether at least half of the agents have scores enough for a spread of their own."""
    known = sum(int(label) in measured.own for label in pool.sizes)
    return known >= 2 and 2 * known >= len(pool.sizes)


def sigma(pool: Pool, measured: Measured) -> dict[str, float]:
    return {label: measured.own.get(int(label), measured.spread.within) for label in pool.frame}


def _simple(pool: Pool, n: int, measured: Measured) -> Outlook | None:
    if not 0 < n <= pool.open:
        return None
    return outlook_simple(measured.spread, n, list(pool.frame.values()), already=pool.with_taken({}))


def _by_agent(
    pool: Pool, n: int, minimum: int, measured: Measured, own: Mapping[str, float] | None = None
) -> Outlook | None:
    """own: each agent's spread, where more is drawn from those who vary more."""
    if not max(1, smallest_n(pool.sizes, minimum)) <= n <= pool.open:
        return None
    drawn = allocate(n, pool.sizes, method="neyman" if own else "proportional", sigma=own, min_n=minimum)
    return outlook_stratified(
        measured.spread,
        pool.with_taken(drawn),
        list(pool.frame.values()),
        sigma=[own[label] for label in pool.frame] if own else None,
    )

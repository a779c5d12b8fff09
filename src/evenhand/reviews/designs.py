"""The designs that a draw can have, side by side, each with what it will be able to say before it is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.quality.planner import Outlook, outlook_simple, outlook_stratified
from evenhand.quality.sampling import allocate, smallest_n
from evenhand.reviews import outlooks
from evenhand.reviews.measured import Measured
from evenhand.reviews.models import Draw


@dataclass(frozen=True)
class Offer:
    """One design. outlook: None where the draw cannot be made with these numbers."""

    value: str
    title: str
    hint: str
    outlook: Outlook | None
    seconds: float

    @property
    def says(self) -> str:
        return outlooks.says(self.outlook) if self.outlook else ""

    @property
    def without(self) -> str:
        return outlooks.without(self.outlook.agent) if self.outlook else ""

    @property
    def cost(self) -> str:
        return outlooks.lasting(self.outlook.n * self.seconds) if self.outlook else ""


def offers(agents: Mapping[str, str], size: int, minimum: int, measured: Measured) -> list[Offer]:
    """agents: of each conversation that can be drawn, by key. Designs that have no data to go by are left out."""
    sizes = Counter(agents.values())
    hints = {
        Draw.Design.STRATIFIED: _("Every agent has their share: the usual choice."),
        Draw.Design.SIMPLE: _("Agents with few conversations may get none."),
        Draw.Design.NEYMAN: _("The team’s score gains where some agents’ scores vary more than others’."),
    }  # fmt: skip
    looks = {
        Draw.Design.STRATIFIED: _by_agent(sizes, size, minimum, measured),
        Draw.Design.SIMPLE: _simple(sizes, size, measured),
    }
    if has_own_spreads(sizes, measured):
        looks[Draw.Design.NEYMAN] = _by_agent(sizes, size, minimum, measured, sigma(sizes, measured))
    return [Offer(design, design.label, hints[design], look, measured.seconds) for design, look in looks.items()]


def has_own_spreads(sizes: Mapping[str, int], measured: Measured) -> bool:
    """Whether at least half of the agents have scores enough for a spread of their own."""
    known = sum(int(label) in measured.own for label in sizes)
    return known >= 2 and 2 * known >= len(sizes)


def sigma(sizes: Mapping[str, int], measured: Measured) -> dict[str, float]:
    return {label: measured.own.get(int(label), measured.spread.within) for label in sizes}


def _simple(sizes: Mapping[str, int], n: int, measured: Measured) -> Outlook | None:
    if not 0 < n <= sum(sizes.values()):
        return None
    return outlook_simple(measured.spread, n, list(sizes.values()))


def _by_agent(
    sizes: Mapping[str, int], n: int, minimum: int, measured: Measured, own: Mapping[str, float] | None = None
) -> Outlook | None:
    """own: each agent's spread, where more is drawn from those who vary more."""
    if not max(1, smallest_n(sizes, minimum)) <= n <= sum(sizes.values()):
        return None
    drawn = allocate(n, sizes, method="neyman" if own else "proportional", sigma=own, min_n=minimum)
    return outlook_stratified(
        measured.spread,
        [drawn[label] for label in sizes],
        list(sizes.values()),
        sigma=[own[label] for label in sizes] if own else None,
    )

"""Agents side by side without a ranking: estimates, what they are worth, and what may be said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy

from evenhand.conversations.models import Agent
from evenhand.dashboards import page as dashboard
from evenhand.dashboards.agents import words
from evenhand.facts.load import Facts, load
from evenhand.quality.estimates import Estimate
from evenhand.quality.shrinkage import GroupEstimate
from evenhand.quality.tiers import tiers

# Columns by which the table can be sorted, each with its title and whether the highest comes first.
COLUMNS = {
    "name": gettext_lazy("Agent"),
    "score": gettext_lazy("Score"),
    "reviewed": gettext_lazy("Reviewed"),
    "reliability": gettext_lazy("Reliability"),
    "below": gettext_lazy("Against the team’s mean"),
}


@dataclass(frozen=True)
class Row:
    """One agent. tier, tiers: where their interval stands among how many that separate."""

    agent: Agent
    group: GroupEstimate
    tier: int | None
    tiers: int

    @property
    def estimate(self) -> Estimate:
        return self.group.estimate

    @property
    def side(self) -> str:
        return words.side(self.group.below)

    @property
    def odds(self) -> str:
        return words.odds(self.group.below)

    @property
    def standing(self) -> str:
        return words.standing(self.tier, self.tiers)

    def by(self, column: str) -> tuple[bool, float, str]:
        """Its place by a column: those without a number last, equal ones by name."""
        keys = {
            "score": self.estimate.value or 0.0,
            "reviewed": float(self.group.n),
            "reliability": self.group.reliability,
            "below": self.group.below,
        }
        wanting = column not in ("name", "reviewed") and not self.estimate.has_number
        return wanting, -keys.get(column, 0.0), self.agent.name.casefold()


@dataclass
class AgentsPage(dashboard.Page):
    """The agents of a dashboard's question. sort: a key of COLUMNS, or empty for the order that is honest."""

    sort: str = ""

    @cached_property
    def facts(self) -> Facts:
        """This page looks back at no earlier period."""
        return load(self.asked.seat.workspace, self.asked.filters)

    @property
    def reliable(self) -> bool:
        return bool(self.shrinkage and self.shrinkage.ranks_may_be_shown)

    @property
    def column(self) -> str:
        """What the table is sorted by: by score of itself only where that is more than chance."""
        if self.sort in COLUMNS:
            return self.sort
        return "score" if self.reliable else "name"

    @cached_property
    def rows(self) -> list[Row]:
        groups = [(row.agent, row.group) for row in self.agents]
        found = tiers([group.estimate for _agent, group in groups])
        most = max((tier for tier in found if tier), default=0)
        rows = [Row(agent, group, tier, most) for (agent, group), tier in zip(groups, found, strict=True)]
        return sorted(rows, key=lambda row: row.by(self.column))

    @property
    def shown(self) -> int:
        return sum(row.estimate.has_number for row in self.rows)

    @property
    def order_words(self) -> str:
        return words.order(self.reliability, self.column, self.reliable) if self.shown > 1 else ""

    @property
    def apart_words(self) -> str:
        return words.apart(max((row.tiers for row in self.rows), default=0), self.shown)

"""A plan's answers: what so many reviews will say of the team and of each agent, and how long they take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.dashboards.planner.asked import PlanForm
from evenhand.quality.planner import (
    Outlook,
    Spread,
    even,
    n_for_mean_margin,
    n_per_period_mean,
    n_to_see_one_event,
    outlook_simple,
    outlook_stratified,
    whole,
)
from evenhand.quality.shrinkage import RANKS_FROM_RELIABILITY, n_per_agent_for_reliability
from evenhand.reviews import outlooks
from evenhand.reviews.models import Draw

POINTS = 60
FEWEST, MANY, EACH = 20, 400, 30
ROUND = (5, 10, 20, 40, 60, 80, 100, 150, 200, 300, 400, 600, 800, 1000, 1500, 2000, 5000, 10_000)
MARGINS, CHANGES, RARE = (5, 3, 2), (5, 3), 0.02


@dataclass(frozen=True)
class Answer:
    """One more question: reviews that it takes alone and with AutoQA, None where there are not so many."""

    question: str
    alone: int | None
    corrected: int | None
    time: str


@dataclass(frozen=True)
class Plan:
    n: int
    population: int
    agents: int
    minutes: float
    design: str
    rho: float
    spread: Spread

    @classmethod
    def of(cls, form: PlanForm) -> Plan:
        values: dict[str, Any] = {k: v for k, v in form.settled.items() if k not in {"within", "between"}}
        return cls(**values, spread=form.spread)

    def outlook(self, n: int | None = None, rho: float = 0.0) -> Outlook:
        size, frame = n or self.n, even(self.population, self.agents)
        if self.design == Draw.Design.SIMPLE:
            return outlook_simple(self.spread, size, frame, rho=rho)
        return outlook_stratified(self.spread, even(size, self.agents), frame, rho=rho)

    @cached_property
    def alone(self) -> Outlook:
        return self.outlook()

    @cached_property
    def corrected(self) -> Outlook:
        """With AutoQA on every conversation, corrected by these reviews."""
        return self.outlook(rho=self.rho)

    @property
    def worth(self) -> str:
        """How many times as many reviews AutoQA stands for."""
        return outlooks.points_shown(1 / (1 - self.rho**2), 1).removesuffix(".0").removesuffix(",0")

    @property
    def sentence(self) -> str:
        return self._template.format(**self._words)

    @property
    def marked(self) -> SafeString:
        """The sentence with its figures set off."""
        words = {k: v if k == "verdict" else format_html("<b>{}</b>", v) for k, v in self._words.items()}
        return format_html(self._template, **words)

    @property
    def _template(self) -> str:
        if self.n == self.population:
            return _(
                "With {reviews} of {agents} in four weeks, about {time}, every conversation is reviewed: {verdict}."
            )
        if self.alone.agent.margin is None:
            return _(
                "With {reviews} of {agents} in four weeks, about {time} of reviewing, the team’s score is known to"
                " {team} points. No agent gets a number of their own: that takes four reviews each."
            )
        return _(
            "With {reviews} of {agents} in four weeks, about {time} of reviewing, the team’s score is known to {team}"
            " points, each agent’s to about {agent}: {verdict}."
        )

    @property
    def _words(self) -> dict[str, str]:
        agent = self.alone.agent
        return {
            "reviews": ngettext("%(n)s review", "%(n)s reviews", self.n) % {"n": _grouped(self.n)},
            "agents": ngettext("%(n)s agent", "%(n)s agents", self.agents) % {"n": _grouped(self.agents)},
            "time": self.time(self.n),
            "team": outlooks.margin(self.alone.team),
            "agent": outlooks.margin(agent.margin or 0.0),
            "verdict": _("nothing is left to guess") if self.n == self.population else outlooks.verdict(agent),
        }

    def time(self, n: float) -> str:
        return outlooks.lasting(n * self.minutes * 60)

    @property
    def lowest(self) -> int:
        return min(self.n, max(2, min(FEWEST, self.population // 2)), self.population)

    @property
    def highest(self) -> int:
        return max(self.n, min(self.population, max(MANY, EACH * self.agents)))

    @cached_property
    def curve(self) -> list[tuple[int, Outlook, Outlook]]:
        """Sizes from the lowest to the highest, with both outlooks of each."""
        span = self.highest - self.lowest
        sizes = dict.fromkeys(self.lowest + round(span * step / POINTS) for step in range(POINTS + 1))
        return [self._both(n) for n in sizes]

    @property
    def ladder(self) -> list[tuple[int, Outlook, Outlook]]:
        """Round sizes, and the one that is planned."""
        inside = {n for n in ROUND if self.lowest <= n <= self.highest}
        return [self._both(n) for n in sorted({*inside, self.n})]

    def _both(self, n: int) -> tuple[int, Outlook, Outlook]:
        return n, self.outlook(n), self.outlook(n, self.rho)

    @property
    def answers(self) -> Iterator[Answer]:
        """Other questions, asked the other way round."""
        sigma = self.spread.total if self.design == Draw.Design.SIMPLE else self.spread.within
        for points in MARGINS:
            alone, corrected = (n_for_mean_margin(sigma, points, self.population, rho=r) for r in (0.0, self.rho))
            yield self._answer(
                _("The team’s score to %(margin)s points") % {"margin": f"±\N{NO-BREAK SPACE}{points}"},
                alone,
                corrected,
            )
        for points in CHANGES:
            alone, corrected = (n_per_period_mean(sigma, points, rho=r) for r in (0.0, self.rho))
            yield self._answer(_("A change of %(n)d points to show, in each month") % {"n": points}, alone, corrected)
        yield self._comparing()
        rare = n_to_see_one_event(RARE)
        yield self._answer(_("A failure in 2 of 100 to be seen at least once"), rare, rare)

    def _comparing(self) -> Answer:
        question = _("All agents, close enough to compare people")
        if self.spread.between == 0:
            return Answer(question, None, None, "")
        each = n_per_agent_for_reliability(self.spread.between, self.spread.within, RANKS_FROM_RELIABILITY)
        alone, corrected = (self.agents * whole(each * (1 - r * r)) for r in (0.0, self.rho))
        return self._answer(question, alone, corrected)

    def _answer(self, question: str, alone: float, corrected: float) -> Answer:
        sizes = [size if size <= self.population else None for size in (whole(alone), whole(corrected))]
        return Answer(question, sizes[0], sizes[1], self.time(sizes[0]) if sizes[0] else "")


def _grouped(n: int) -> str:
    return number_format(n, use_l10n=True, force_grouping=True)

"""What is planned: the workspace's own figures where they are known, and whatever somebody puts in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.people.access import Seat
from evenhand.quality.estimates import MINIMUM_N
from evenhand.quality.periods import relative_period
from evenhand.quality.planner import Spread
from evenhand.reviews import queries
from evenhand.reviews.measured import Measured, measured
from evenhand.reviews.models import Draw

PERIOD = "last_28_days"
ASSUMED_CONVERSATIONS, ASSUMED_AGENTS, ASSUMED_RHO = 1000, 10, 0.7
MOST_CONVERSATIONS, MOST_AGENTS = 10_000_000, 2000
DESIGNS = (
    (Draw.Design.STRATIFIED, gettext_lazy("By agent, an equal share of each")),
    (Draw.Design.SIMPLE, gettext_lazy("Simple: every conversation has the same chance")),
)


@dataclass(frozen=True)
class Known:
    """The last four weeks of a workspace. frame: eligible conversations of each agent, empty where there are none."""

    measured: Measured
    frame: Mapping[int, int]

    @property
    def values(self) -> dict[str, Any]:
        agents = len(self.frame) or ASSUMED_AGENTS
        population = sum(self.frame.values()) or ASSUMED_CONVERSATIONS
        spread = self.measured.spread
        return {
            "n": min(population, MINIMUM_N * agents),
            "population": population,
            "agents": agents,
            "minutes": round(self.measured.minutes, 1),
            "design": str(Draw.Design.STRATIFIED),
            "rho": ASSUMED_RHO,
            "within": round(spread.within, 1),
            "between": round(spread.between, 1),
        }


def known(seat: Seat) -> Known:
    today = timezone.localdate(timezone=seat.zone)
    period = relative_period(PERIOD, today, seat.workspace.week_start)
    return Known(measured(seat), queries.frame_sizes(seat, period))


class PlanForm(forms.Form):
    """Always filled in: what an address leaves out is what the workspace has."""

    n = forms.IntegerField(label=gettext_lazy("Reviews in four weeks"), min_value=1)
    population = forms.IntegerField(
        label=gettext_lazy("Conversations in that time"), min_value=1, max_value=MOST_CONVERSATIONS
    )
    agents = forms.IntegerField(label=gettext_lazy("Agents"), min_value=1, max_value=MOST_AGENTS)
    minutes = forms.FloatField(label=gettext_lazy("Minutes a review"), min_value=0.1, max_value=600)
    design = forms.ChoiceField(label=gettext_lazy("Draw"), choices=DESIGNS, widget=forms.RadioSelect)
    rho = forms.FloatField(
        label=gettext_lazy("How well AutoQA’s scores go with reviewers’, 0 to 1"), min_value=0, max_value=0.99
    )
    within = forms.FloatField(label=gettext_lazy("Spread of scores within an agent"), min_value=0.1, max_value=50)
    between = forms.FloatField(label=gettext_lazy("Spread between agents"), min_value=0, max_value=50)

    def __init__(self, params: Mapping[str, Any], known: Known) -> None:
        self.known = known
        given = {name: params[name] for name in self.base_fields if params.get(name, "") != ""}
        super().__init__({**known.values, **given})
        steps = {"n": "1", "population": "1", "agents": "1"}
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.NumberInput):
                field.widget.attrs["step"] = steps.get(name, "any")
            field.help_text = self._replaced(name) or self._hint(name)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        population = values.get("population")
        for name in ("n", "agents"):
            if population is not None and values.get(name, 0) > population:
                self.add_error(name, _("There are %(n)d conversations in all.") % {"n": population})
        return values

    @property
    def settled(self) -> dict[str, Any]:
        """Every value; where one cannot be used, the workspace's own, and its own frame with it."""
        if not self.is_valid():
            return {**self.known.values, **{k: v for k, v in self.cleaned_data.items() if k in _HARMLESS}}
        return dict(self.cleaned_data)

    @property
    def spread(self) -> Spread:
        return Spread(self.settled["within"], self.settled["between"])

    def _replaced(self, name: str) -> str:
        """What stood in a field before somebody put a figure of their own there."""
        given, own = str(self.data[name]), self.known.values[name]
        if name in {"n", "design"} or given in {str(own), f"{own:.10g}"}:
            return ""
        return _("Your figure, instead of %(value)s") % {"value": f"{own:.10g}"}

    def _hint(self, name: str) -> str:
        figures, four_weeks = self.known.measured, bool(self.known.frame)
        hints = {
            "population": _("From your last four weeks") if four_weeks else _("Assumed: there were none in four weeks"),
            "agents": _("From your last four weeks") if four_weeks else _("Assumed"),
            "minutes": _("Measured on %(n)d reviews, active time only") % {"n": figures.timed}
            if figures.timed
            else _("Assumed until some are measured"),
            "rho": _("Assumed: no AutoQA runs here yet"),
            "within": _("Measured on %(n)d reviews") % {"n": figures.scores}
            if figures.scores
            else _("Assumed until there are more reviews"),
        }
        return hints.get(name, hints["within"] if name == "between" else "")


# What may stay as it was given while another value cannot be used.
_HARMLESS = ("minutes", "design", "rho", "within", "between")

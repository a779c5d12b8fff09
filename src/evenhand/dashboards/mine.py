"""An agent's own page: my number in plain words, each review, what to look at, praise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evenhand.conversations.filters import BadValue, dates
from evenhand.conversations.models import Agent
from evenhand.dashboards import charts
from evenhand.dashboards.asked import within_data
from evenhand.dashboards.charts import Chart
from evenhand.dashboards.words import lies
from evenhand.facts.filters import Filters
from evenhand.facts.load import Facts, load
from evenhand.facts.metrics import breakdowns, scores
from evenhand.people.access import Seat
from evenhand.people.models import Role
from evenhand.quality.estimates import MINIMUM_N, Estimate
from evenhand.quality.periods import Period, instants
from evenhand.quality.shrinkage import GroupEstimate
from evenhand.reviews import access
from evenhand.reviews.models import Praise, Review
from evenhand.scorecards.models import Lineage

PERIODS = (
    ("last_28_days", gettext_lazy("4 weeks")),
    ("last_90_days", gettext_lazy("Quarter")),
    ("last_365_days", gettext_lazy("Year")),
)
DEFAULT = "last_90_days"
LATEST = 8
# A lowest category that is as good as this is nothing to look at.
FINE = 95


def agent_of(seat: Seat) -> Agent | None:
    """Whose page it is; None for an agent whom nobody has linked to their login yet."""
    found = Agent.objects.filter(workspace=seat.workspace, user=seat.user, merged_into=None, deleted_at=None).first()
    if found is None and Role.AGENT not in seat.roles:
        raise Http404(_("You answer no customers in this workspace, so there is no page of your own."))
    return found


def period_of(seat: Seat, params: QueryDict) -> tuple[str, Period, str]:
    """The `date` of the address as the list of conversations reads it, its period, and what is wrong with it."""
    value, problem = params.get("date", "").strip() or DEFAULT, ""
    try:
        return value, within_data(seat, dates.period_of(value, seat)), ""
    except BadValue as error:
        problem = str(error)
    return DEFAULT, dates.period_of(DEFAULT, seat), problem


@dataclass
class Mine:
    seat: Seat
    agent: Agent
    period: Period

    @cached_property
    def facts(self) -> Facts:
        return load(self.seat.workspace, Filters(self.period))

    @cached_property
    def team(self) -> scores.Headline:
        return scores.headline(self.facts, Filters(self.period))

    @cached_property
    def group(self) -> GroupEstimate | None:
        """My number among the team's, as on the dashboard."""
        shrinkage = breakdowns.agents(self.facts, Filters(self.period), self.team.name)
        return shrinkage.by_group().get(self.agent.pk) if shrinkage else None

    @property
    def estimate(self) -> Estimate | None:
        return self.group.estimate if self.group else None

    @property
    def drawn(self) -> bool:
        return self.team.name == scores.IQS

    @property
    def describes(self) -> str:
        return _("drawn at random") if self.drawn else _("not drawn at random")

    @property
    def needed(self) -> int:
        """Reviews until my number reaches ten points either way."""
        return self.group.needed if self.group else MINIMUM_N

    @property
    def words(self) -> str:
        """Where my work stands beside the team's, and how finely that can be said."""
        mine, team = self.estimate, self.team.estimate.value
        if mine is None or mine.value is None or mine.low is None or mine.high is None or team is None:
            missing = max(1, MINIMUM_N - (mine.n if mine else 0))
            more = ngettext("one more review", "%(n)d more reviews", missing) % {"n": missing}
            return _("There are too few reviews for a number of your own. It takes %(more)s.") % {"more": more}
        about = {"team": lies(self.team.estimate), "reviews": _reviews(mine.n)}
        if mine.low > team:
            return _("Your work is clearly above the team’s, which lies %(team)s.") % about
        if mine.high < team:
            return _("Your reviews lie below the team’s, which lies %(team)s. Below is what they name most.") % about
        return (
            _(
                "Your work is about as good as the team’s, which lies %(team)s. With %(reviews)s we cannot say it more"
                " finely than that."
            )
            % about
        )

    @cached_property
    def reviews(self) -> list[Review]:
        """Reviews of me in the period, the newest first; what others may not see yet is hidden from me too."""
        found = access.visible(self.seat).filter(agent=self.agent)
        found = found.select_related("conversation", "reviewer", "scorecard").prefetch_related(
            "ratings__category__scale"
        )
        first, end = instants(self.period, self.seat.zone)
        rows = found.filter(dated_at__gte=first, dated_at__lt=end).exclude(kind=Review.Kind.SELF)
        return list(rows.order_by("-submitted_at"))

    @cached_property
    def feedback(self) -> list[dict[str, Any]]:
        return [
            {"review": row, "score": self.score(row), "ratings": _ratings(row),
             "by": "" if self.hide else row.reviewer.name}
            for row in self.reviews[:LATEST]
        ]  # fmt: skip

    @property
    def next_unseen(self) -> int | None:
        """The review that the key for "seen" means."""
        return next((row.pk for row in self.reviews[:LATEST] if row.seen_at is None), None)

    @property
    def hide(self) -> bool:
        """Whether the workspace keeps from this agent who reviewed and who praised."""
        return self.seat.workspace.reviewers_hidden and not self.seat.reviews

    def score(self, review: Review) -> float | None:
        return review.score if self.seat.workspace.score_method == "minmax" else review.score_over_max

    @cached_property
    def chart(self) -> Chart | None:
        """Each review as a dot, the oldest first."""
        rows = [(row, score) for row in self.reviews if (score := self.score(row)) is not None]
        rows.sort(key=lambda pair: (pair[0].dated_at, pair[0].pk))
        points = [
            {"i": i, "score": score, "day": charts.day_label(row.dated_at.astimezone(self.seat.zone).date()),
             "seen": row.seen_at is not None}
            for i, (row, score) in enumerate(rows, 1)
        ]  # fmt: skip
        return charts.dots(points) if points else None

    @cached_property
    def failed(self) -> int:
        return sum(row.critical_failed for row in self.reviews)

    @cached_property
    def look(self) -> str:
        """My lowest category and what reviewers named most, if they named it twice."""
        mine = Filters(self.period, agents=(self.agent.pk,))
        found = [c for c in breakdowns.categories(self.facts, mine, scores.AVERAGE) if c.estimate.has_number]
        if not found:
            return _("Nothing stands out yet: there are too few ratings.")
        low = found[-1]
        if (low.estimate.value or 0) >= FINE:
            return _("Nothing stands out: none of your categories is below %(fine)d.") % {"fine": FINE}
        name = Lineage.objects.get(pk=low.lineage_id).name
        told = _("%(category)s is your lowest category: between %(low).0f and %(high).0f, %(n)d ratings.") % {
            "category": name, "low": low.estimate.low, "high": low.estimate.high, "n": low.estimate.n,
        }  # fmt: skip
        causes = breakdowns.root_causes(self.facts, mine, scores.AVERAGE, low.lineage_id)
        if causes and causes[0].count > 1:
            told += " " + _("%(n)d reviews name “%(cause)s”.") % {"n": causes[0].count, "cause": causes[0].label}
        return told

    @cached_property
    def praise(self) -> list[Praise]:
        given = Praise.objects.filter(workspace=self.seat.workspace, agent=self.agent)
        return list(given.select_related("given_by", "conversation").order_by("-created_at")[:6])


def _reviews(n: int) -> str:
    return ngettext("%(n)d review", "%(n)d reviews", n) % {"n": n}


def _ratings(review: Review) -> list[dict[str, Any]]:
    """The words of each rating, in the scorecard's order, without N/A."""
    rows = [row for row in review.ratings.all() if row.deleted_at is None and not row.na]
    rows.sort(key=lambda row: row.category.position)
    return [
        {"name": row.category.name,
         "word": next((p.label for p in row.category.scale.all() if float(p.points) == row.points), f"{row.points:g}")}
        for row in rows
    ]  # fmt: skip

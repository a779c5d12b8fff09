"""Who has been reviewed how often: the frame by agent, and what has been looked at of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from evenhand.conversations.models import Agent, Conversation, Participation
from evenhand.people.access import Seat
from evenhand.quality.periods import Period, instants
from evenhand.reviews.models import DrawItem, Review


@dataclass(frozen=True)
class Coverage:
    """One agent in one period. `waiting` are drawn and not yet reviewed."""

    agent: Agent
    conversations: int
    reviewed: int
    waiting: int
    last_reviewed: datetime | None

    @property
    def share(self) -> float:
        return self.reviewed / self.conversations if self.conversations else 0.0


def of(
    seat: Seat, period: Period, conversations: QuerySet[Conversation] | None = None, only: Q | None = None
) -> list[Coverage]:
    """Agents with eligible conversations in the period, those with the fewest reviews first; `only` narrows pairs."""
    first, end = instants(period, seat.zone)
    pairs = Participation.objects.filter(
        workspace=seat.workspace, deleted_at=None, conversation__deleted_at=None, eligible=True, is_bot=False,
        dated_at__gte=first, dated_at__lt=end,
    )  # fmt: skip
    if conversations is not None:
        pairs = pairs.filter(conversation__in=conversations.order_by().values("pk"))
    if only is not None:
        pairs = pairs.filter(only)
    counts = dict(pairs.values_list("agent").annotate(n=Count("pk")))
    reviewed = _reviewed(pairs)
    waiting = _waiting(pairs)
    agents = Agent.objects.in_bulk(counts)
    rows = []
    for key, n in counts.items():
        done, last = reviewed.get(key, (0, None))
        rows.append(Coverage(agents[key], n, done, waiting.get(key, 0), last))
    return sorted(rows, key=lambda row: (row.reviewed, -row.conversations, row.agent.name))


def _reviewed(pairs: QuerySet[Participation]) -> dict[int, tuple[int, datetime | None]]:
    """Agent -> pairs with a review by somebody else, and when the last one was written."""
    found = Review.objects.filter(participation__in=pairs, state=Review.State.SUBMITTED, deleted_at=None)
    found = found.exclude(kind=Review.Kind.SELF).order_by()
    grouped = found.values_list("agent").annotate(n=Count("participation", distinct=True), last=Max("submitted_at"))
    return {key: (n, last) for key, n, last in grouped}


def _waiting(pairs: QuerySet[Participation]) -> dict[int, int]:
    """Agent -> pairs that are drawn and wait for a review."""
    found = DrawItem.objects.filter(
        participation__in=pairs, state=DrawItem.State.OPEN, draw__closed_at=None, deleted_at=None
    ).order_by()
    return dict(found.values_list("participation__agent").annotate(n=Count("participation", distinct=True)))

"""Which rows a number is about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evenhand.quality.periods import Period, previous_period

# Reviews by people about people; self reviews by the workspace's switch, calibration never.
KINDS = ("manager", "specialist", "peer")


@dataclass(frozen=True)
class Filters:
    """The period's days are local to the workspace.

    `conversations` holds the keys of the conversations that satisfy filters on columns which facts do not have;
    None means no such filter. `by_review_date` dates reviews by their submission; the review average alone knows it.
    """

    period: Period
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    connections: tuple[int, ...] = ()
    agents: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    scorecards: tuple[int, ...] = ()
    reviewers: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    conversations: tuple[int, ...] | None = None
    bots: bool = False
    by_review_date: bool = False

    def before(self) -> Filters:
        """The same question about the period of equal length before."""
        return replace(self, period=previous_period(self.period))

    def within(self, period: Period) -> Filters:
        return replace(self, period=period)

    def of_agent(self, agent: int) -> Filters:
        return replace(self, agents=(agent,))

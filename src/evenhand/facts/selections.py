"""The rows behind every number. A page that lists them counts what the number counted: it asks here, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evenhand.facts.filters import KINDS, Filters
from evenhand.facts.load import Facts
from evenhand.facts.schema import BY_REVIEW

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, Table


def counted(facts: Facts, filters: Filters) -> Table:
    """Reviews of the review average: submitted, by people, scored; message reviews too."""
    rows = reviews(facts, filters)
    return rows.filter(rows.score.notnull())


def drawn(facts: Facts, filters: Filters) -> Table:
    """Reviews of the IQS: of whole conversations, that a recorded random draw picked, by somebody else.

    Their pairs still belong to the frame: one that was answered again later is of another day now.
    """
    rows = counted(facts, replace(filters, by_review_date=False))
    return rows.filter(was_drawn(facts, rows)).semi_join(frame(facts, filters), "pair_id")


def was_drawn(facts: Facts, rows: Table) -> BooleanValue:
    """Whether a review is of a whole conversation that a draw which still stands picked, and by somebody else."""
    draws = [draw.draw_id for draw in facts.draws]
    picked = (rows.selection == "draw") & rows.draw_id.notnull() & rows.draw_id.isin(draws)
    return (picked & rows.message_id.isnull() & rows.kind.isin(list(KINDS))).fill_null(False)


def reviews(facts: Facts, filters: Filters) -> Table:
    """Submitted reviews of the asked kinds, with `score` by the workspace's method (null: nothing was rated)."""
    rows = facts.table(_dated("reviews", filters))
    rows = rows.mutate(score=rows[f"score_{facts.method}"], uncritical=rows[f"uncritical_{facts.method}"])
    rows = rows.filter(rows.kind.isin(list(_kinds(facts, filters))), rows.is_bot == filters.bots)
    rows = _in(rows, "reviewer_id", filters.reviewers)
    rows = _in(rows, "scorecard_id", filters.scorecards)
    return narrow(facts, rows, filters)


def frame(facts: Facts, filters: Filters) -> Table:
    """Eligible pairs: everything that could have been reviewed."""
    rows = facts.table("pairs")
    return narrow(facts, rows.filter(rows.eligible, rows.is_bot == filters.bots), filters)


def ratings(facts: Facts, filters: Filters, of: Table) -> Table:
    """Ratings of the given reviews, with `percent` by the workspace's method (null: not applicable)."""
    rows = facts.table(_dated("ratings", filters))
    lowest = 0.0 if facts.method == "max_ratio" else rows.scale_min
    rows = rows.mutate(percent=100.0 * (rows.points - lowest) / (rows.scale_max - lowest))
    return rows.semi_join(of, "review_id")


def causes(facts: Facts, filters: Filters, of: Table) -> Table:
    return facts.table(_dated("causes", filters)).semi_join(of, "review_id")


def responses(facts: Facts, filters: Filters, kind: str) -> Table:
    """Customers' answers of one kind, about people or about bots; an answer about nobody in particular is people's."""
    rows = facts.table("responses")
    return narrow(facts, rows.filter(rows.kind == kind, rows.is_bot.fill_null(False) == filters.bots), filters)


def narrow(facts: Facts, rows: Table, filters: Filters) -> Table:
    """Days, channel, language, connection, agent, group (as it was on that day) and conversations."""
    import ibis

    rows = rows.filter(rows.day >= ibis.literal(filters.period.start), rows.day < ibis.literal(filters.period.end))
    rows = _in(rows, "channel", filters.channels)
    rows = _in(rows, "language", filters.languages)
    rows = _in(rows, "connection_id", filters.connections)
    rows = _in(rows, "agent_id", filters.agents)
    if filters.groups:
        rows = _members(facts, rows, filters.groups)
    if filters.conversations is not None:
        import pyarrow as pa

        wanted = ibis.memtable(pa.table({"conversation_id": pa.array(filters.conversations, pa.int64())}))
        rows = rows.semi_join(wanted, "conversation_id")
    return rows


def _members(facts: Facts, rows: Table, groups: Sequence[int]) -> Table:
    members = facts.group_memberships
    members = members.filter(members.group_id.isin(list(groups)))
    on_that_day = [
        rows.agent_id == members.agent_id,
        rows.day >= members.from_day,
        members.to_day.isnull() | (rows.day < members.to_day),
    ]
    return rows.semi_join(members, on_that_day)


def _dated(table: str, filters: Filters) -> str:
    return table + BY_REVIEW if filters.by_review_date else table


def _kinds(facts: Facts, filters: Filters) -> Sequence[str]:
    if filters.kinds:
        return filters.kinds
    return (*KINDS, "self") if facts.workspace.self_reviews_count else KINDS


def _in(rows: Table, column: str, values: Sequence[Any]) -> Table:
    return rows.filter(rows[column].isin(list(values))) if values else rows

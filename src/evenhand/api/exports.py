"""Everything a workspace holds, as lines of JSON, a block of rows at a time: memory stays where it is.

`conversations` writes Evenhand JSONL (docs/import-format.md), which `evenhand import` reads again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import orjson
from django.db.models import Model, QuerySet

from evenhand.conversations.models import Agent, AgentAlias, Conversation, ConversationTag, Message
from evenhand.people.models import Workspace
from evenhand.reviews.models import Evidence, Rating, RatingCause, Review
from evenhand.surveys.models import SurveyResponse

BLOCK = 500
# What a line about a review says, and where it is read: columns, not objects, for there are many of them.
REVIEW = {
    "id": "public_id", "conversation": "conversation__external_id", "conversation_id": "conversation__public_id",
    "message": "message__position", "agent": "agent__name", "agent_id": "agent__public_id",
    "reviewer": "reviewer__name", "reviewer_id": "reviewer__public_id", "scorecard": "scorecard__name",
    "version": "version__number", "kind": "kind", "selection": "selection", "draw_id": "draw_item__draw__public_id",
    "probability": "probability", "blind": "blind", "score": "", "score_without_critical": "",
    "critical_failed": "critical_failed", "comment": "comment", "active_seconds": "active_seconds",
    "dated_at": "dated_at", "submitted_at": "submitted_at", "seen_at": "seen_at",
}  # fmt: skip
Row = dict[str, Any]


def lines(kind: str, workspace: Workspace) -> Iterator[bytes]:
    """One JSON object and a newline for each conversation, review or rating."""
    for row in KINDS[kind](workspace):
        yield orjson.dumps(row, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE)


def conversations(workspace: Workspace) -> Iterator[Row]:
    rows = Conversation.objects.filter(workspace=workspace, deleted_at=None).select_related("assignee", "connection")
    for block in blocks(rows):
        keys = [row.pk for row in block]
        messages = grouped(Message.objects.filter(conversation__in=keys).select_related("agent"), "conversation_id")
        answers = grouped(SurveyResponse.objects.filter(conversation__in=keys, deleted_at=None), "conversation_id")
        tags: dict[int, list[str]] = defaultdict(list)
        for key, name in ConversationTag.objects.filter(conversation__in=keys).values_list(
            "conversation_id", "tag__name"
        ):
            tags[key].append(name)
        people = _addresses(block, messages)
        for row in block:
            yield _conversation(row, messages[row.pk], answers[row.pk], sorted(tags[row.pk]), people)


def reviews(workspace: Workspace) -> Iterator[Row]:
    """Submitted reviews with their scores under the workspace's method, in full precision."""
    score = "score_over_max" if workspace.score_method == Workspace.Method.POINTS else "score"
    paths = {**REVIEW, "score": score, "score_without_critical": f"{score}_uncritical"}
    rows = Review.objects.filter(workspace=workspace, state=Review.State.SUBMITTED, deleted_at=None)
    last = 0
    while block := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", *paths.values())[:BLOCK]):
        for row in block:
            yield dict(zip(paths, row[1:], strict=True))
        last = block[-1][0]


def ratings(workspace: Workspace) -> Iterator[Row]:
    """Every rating with the scale, weight and flags that were in force, its root causes and evidence."""
    rows = Rating.objects.filter(
        workspace=workspace, deleted_at=None, review__state=Review.State.SUBMITTED, review__deleted_at=None
    ).select_related("review", "category", "lineage")
    for block in blocks(rows):
        keys = [row.pk for row in block]
        causes = grouped(RatingCause.objects.filter(rating__in=keys).select_related("root_cause"), "rating_id")
        evidence = grouped(Evidence.objects.filter(rating__in=keys).select_related("message"), "rating_id")
        for row in block:
            yield _rating(row, causes[row.pk], evidence[row.pk])


KINDS: dict[str, Callable[[Workspace], Iterator[Row]]] = {
    "conversations": conversations, "reviews": reviews, "ratings": ratings,
}  # fmt: skip


def blocks(rows: QuerySet[Any]) -> Iterator[Sequence[Any]]:
    """By key, so that rows added meanwhile neither repeat nor hide others."""
    last = 0
    while block := list(rows.filter(pk__gt=last).order_by("pk")[:BLOCK]):
        yield block
        last = block[-1].pk


def grouped(rows: QuerySet[Any], by: str) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Model]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[getattr(row, by)].append(row)
    return found


def _addresses(block: Sequence[Conversation], messages: dict[int, list[Message]]) -> dict[int, str]:
    """Agent -> an e-mail address of theirs, by which another workspace knows them."""
    agents = {row.assignee_id for row in block} | {m.agent_id for row in block for m in messages[row.pk]}
    known = AgentAlias.objects.filter(agent__in=agents, kind=AgentAlias.Kind.EMAIL).order_by("-pk")
    return dict(known.values_list("agent_id", "value"))


def _person(agent: Agent, people: dict[int, str]) -> Row:
    return _without_empty({"name": agent.name, "email": people.get(agent.pk)})


def _conversation(
    row: Conversation, messages: list[Message], answers: list[SurveyResponse], tags: list[str], people: dict[int, str]
) -> Row:
    said = [_message(message, people) for message in sorted(messages, key=lambda m: m.position)]
    told = _without_empty({
        "id": row.external_id, "channel": row.channel,
        # An object, which an import passes over: it is no field of the conversation's own.
        "evenhand": {"id": row.public_id, "connection": row.connection.name},
        "subject": row.subject, "status": row.status, "language": row.language,
        "customer": _without_empty({
            "id": row.customer_external_id, "name": row.customer_name, "email": row.customer_email,
        }),
        "assignee": _person(row.assignee, people) if row.assignee else None,
        "created_at": row.opened_at, "updated_at": row.source_updated_at, "closed_at": row.closed_at,
        "tags": tags, "url": row.url, "brand": row.brand, "fields": row.fields,
        "responses": [_response(answer) for answer in answers],
    })  # fmt: skip
    return {**told, "messages": said}


def _message(row: Message, people: dict[int, str]) -> Row:
    return _without_empty({
        "id": row.external_id, "role": row.role, "at": row.sent_at, "public": row.is_public,
        "author": _person(row.agent, people) if row.agent else row.author_name,
        "text": row.text, "html": row.html, "attachments": row.attachments,
    })  # fmt: skip


def _response(row: SurveyResponse) -> Row:
    return _without_empty({
        "id": row.external_id, "kind": row.kind, "score": row.score, "minimum": row.minimum, "maximum": row.maximum,
        "comment": row.comment, "at": row.responded_at,
    })  # fmt: skip


def _rating(row: Rating, causes: list[RatingCause], evidence: list[Evidence]) -> Row:
    return {
        "review_id": row.review.public_id, "category_id": row.category.public_id, "lineage_id": row.lineage.public_id,
        "category": row.category.name, "not_applicable": row.na, "points": row.points, "scale_min": row.scale_min,
        "scale_max": row.scale_max, "weight": row.weight, "critical": row.critical,
        "root_causes": [{"label": c.root_cause.label, "kind": c.root_cause.kind} for c in causes],
        "other_cause": row.other_cause, "suggested_points": row.suggested_points,
        "suggested_not_applicable": row.suggested_na, "suggestion_confidence": row.suggestion_confidence,
        "suggestion_rater": row.suggestion_rater, "suggestion_shown_at": row.suggestion_shown_at,
        "suggestion_accepted": row.suggestion_accepted,
        "evidence": [
            {"message": e.message.position, "text_version": e.text_version, "start": e.start, "end": e.end}
            for e in evidence
        ],
    }  # fmt: skip


def _without_empty(row: Row) -> Row:
    return {name: value for name, value in row.items() if value not in (None, "", [], {})}

"""Which pairs count: the workspace's rule, versioned, and its application to what is there already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from evenhand.conversations.models import Conversation, FrameRule, Participation
from evenhand.people import audit, jobs
from evenhand.people.models import Job, User, Workspace
from evenhand.people.writes import Turns

JOB = "frame"
FIELDS = ("min_agent_replies", "min_customer_messages", "excluded_statuses", "excluded_tags")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as plain values: what one pair is asked, wherever it comes from."""

    version: int
    min_agent_replies: int
    min_customer_messages: int
    excluded_statuses: frozenset[str]
    excluded_tags: frozenset[str]

    def eligible(self, replies: int, customer_messages: int, status: str, tags: set[str]) -> bool:
        """Whether a pair counts. A pair without a public reply never does, whatever the rule says."""
        return (
            replies >= max(1, self.min_agent_replies)
            and customer_messages >= self.min_customer_messages
            and status not in self.excluded_statuses
            and self.excluded_tags.isdisjoint(tags)
        )


def newest(workspace: Workspace) -> FrameRule:
    """The rule in force; unsaved defaults where the workspace has none yet."""
    return FrameRule.objects.filter(workspace=workspace).order_by("-version").first() or FrameRule(
        workspace=workspace, version=1
    )


def plain(rule: FrameRule) -> Rule:
    return Rule(
        rule.version,
        rule.min_agent_replies,
        rule.min_customer_messages,
        frozenset(rule.excluded_statuses),
        frozenset(rule.excluded_tags),
    )


def ensure(workspace: Workspace) -> FrameRule:
    """The rule in force, written down: numbers name its version."""
    rule = newest(workspace)
    return rule if rule.pk else FrameRule.objects.get_or_create(workspace=workspace, version=1)[0]


def change(workspace: Workspace, by: User | None, **values: Any) -> tuple[FrameRule, Job | None]:
    """The next version of the rule, and the job that applies it; without a change, the rule as it is and None."""
    if unknown := set(values) - set(FIELDS):
        raise ValueError(f"A rule has no {', '.join(sorted(unknown))}")
    with transaction.atomic():
        # Whoever changes it at the same moment waits here, and makes the version after this one.
        Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
        old = ensure(workspace)
        merged = {name: values.get(name, getattr(old, name)) for name in FIELDS}
        if all(merged[name] == getattr(old, name) for name in FIELDS):
            return old, None
        rule = FrameRule.objects.create(workspace=workspace, version=old.version + 1, created_by=by, **merged)
        audit.record(by, "frame.change", workspace, None, version=rule.version, **merged)
        total = Conversation.objects.filter(workspace=workspace).count()
        job = jobs.enqueue(JOB, {"workspace": workspace.pk}, workspace, by, total=total)
    return rule, job


def run(job: jobs.JobRun) -> None:
    """Apply the newest rule to every pair, a few conversations at a time."""
    workspace = Workspace.objects.get(pk=job.job.arguments["workspace"])
    rule = plain(ensure(workspace))
    turns, done, after = Turns(size=100), job.job.done, int(job.position.get("after", 0))
    while ids := list(_next_ids(workspace, after, turns.size)):
        job.check_cancel()
        changes = _changes(rule, ids)
        with turns.turn():
            for eligible, pks in changes.items():
                Participation.objects.filter(pk__in=pks).update(
                    eligible=eligible, rule_version=rule.version, updated_at=Now()
                )
            after, done = ids[-1], done + len(ids)
            job.advance({"after": after}, done)


def _next_ids(workspace: Workspace, after: int, size: int) -> Any:
    rows = Conversation.objects.filter(workspace=workspace, pk__gt=after).order_by("pk")
    return rows.values_list("pk", flat=True)[:size]


def _changes(rule: Rule, ids: list[int]) -> dict[bool, list[int]]:
    conversations = Conversation.objects.filter(pk__in=ids).prefetch_related("tags").in_bulk()
    changes: dict[bool, list[int]] = {True: [], False: []}
    for pair in Participation.objects.filter(conversation__in=ids, deleted_at=None):
        conversation = conversations[pair.conversation_id]
        tags = {tag.name for tag in conversation.tags.all()}
        eligible = rule.eligible(pair.replies, conversation.customer_message_count, conversation.status, tags)
        if eligible != pair.eligible or pair.rule_version != rule.version:
            changes[eligible].append(pair.pk)
    return changes

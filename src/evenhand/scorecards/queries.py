"""Everything that is read of scorecards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from evenhand.conversations.models import Connection, Conversation, Tag
from evenhand.people.models import Workspace
from evenhand.scorecards.conditions import ConversationFacts, matches
from evenhand.scorecards.models import (
    Category,
    CategoryGroup,
    Condition,
    RootCause,
    ScalePoint,
    Scorecard,
    ScorecardVersion,
)
from evenhand.scorecards.tree import CategoryView, CauseView, ConditionView, GroupView, PointView, VersionView

State = ScorecardVersion.State


@dataclass(frozen=True, slots=True)
class Offer:
    """A published version that one may review a conversation with, and whether its conditions fit."""

    version: ScorecardVersion
    fits: bool


def published(workspace: Workspace) -> list[ScorecardVersion]:
    """The version in use of every scorecard that is not archived, by name; `.scorecard` is loaded."""
    found = ScorecardVersion.objects.filter(
        scorecard__workspace=workspace, scorecard__archived_at=None, scorecard__deleted_at=None, state=State.PUBLISHED
    )
    return list(found.select_related("scorecard").order_by("scorecard__name", "scorecard_id"))


def for_conversation(workspace: Workspace, facts: ConversationFacts) -> list[Offer]:
    """All published scorecards: those whose conditions fit, those without conditions, then the others."""
    versions = published(workspace)
    asked = defaultdict(list)
    for condition in Condition.objects.filter(version__in=versions, category=None):
        asked[condition.version_id].append(condition)
    offers = [Offer(version, matches(asked[version.id], facts)) for version in versions]
    return sorted(offers, key=lambda offer: (not offer.fits, offer.fits and not asked[offer.version.id]))


def visible_categories(version: VersionView | ScorecardVersion, facts: ConversationFacts) -> list[CategoryView]:
    """The categories that this conversation is asked about, in the order of the scorecard."""
    tree = version if isinstance(version, VersionView) else version_tree(version)
    return [category for category in tree if matches(category.conditions, facts)]


def version_tree(version: ScorecardVersion) -> VersionView:
    return version_trees([version])[0]


def version_trees(versions: Sequence[ScorecardVersion]) -> list[VersionView]:
    """Whole versions in six queries, however many there are."""
    parts = _Parts.load(versions)
    return [parts.version(version) for version in versions]


@dataclass
class _Parts:
    """The rows of several versions by what they hang on."""

    scorecards: dict[int, Scorecard]
    groups: dict[int, list[CategoryGroup]]
    categories: dict[int, list[Category]]
    scales: dict[int, list[ScalePoint]]
    causes: dict[int, list[RootCause]]
    conditions: dict[tuple[int, int | None], list[Condition]]

    @classmethod
    def load(cls, versions: Sequence[ScorecardVersion]) -> _Parts:
        ids = [version.id for version in versions]
        below = {"category__version__in": ids}
        return cls(
            Scorecard.objects.in_bulk({version.scorecard_id for version in versions}),
            _by(CategoryGroup.objects.filter(version__in=ids).order_by("position", "id"), "version_id"),
            _by(Category.objects.filter(version__in=ids).order_by("position", "id"), "version_id"),
            _by(ScalePoint.objects.filter(**below).order_by("points"), "category_id"),
            _by(RootCause.objects.filter(**below).order_by("position", "id"), "category_id"),
            _by(Condition.objects.filter(version__in=ids).order_by("id"), "version_id", "category_id"),
        )

    def version(self, version: ScorecardVersion) -> VersionView:
        scorecard = self.scorecards[version.scorecard_id]
        return VersionView(
            id=version.id,
            public_id=version.public_id,
            scorecard_id=scorecard.id,
            scorecard_public_id=scorecard.public_id,
            scorecard_name=scorecard.name,
            workspace_id=scorecard.workspace_id,
            number=version.number,
            state=version.state,
            edits=version.edits,
            published_at=version.published_at,
            groups=tuple(self.groups_of(version)),
            conditions=self.conditions_of(version.id, None),
        )

    def groups_of(self, version: ScorecardVersion) -> Iterable[GroupView]:
        rows = self.categories.get(version.id, [])
        total = sum(row.weight for row in rows)
        for group_id, name in [(None, ""), *((group.id, group.name) for group in self.groups.get(version.id, []))]:
            inside = tuple(self.category(row, name, total) for row in rows if row.group_id == group_id)
            if inside or group_id is not None:
                yield GroupView(group_id, name, inside)

    def category(self, row: Category, group_name: str, total: int) -> CategoryView:
        scale = enumerate(self.scales.get(row.id, []), 1)
        causes = self.causes.get(row.id, [])
        return CategoryView(
            id=row.id,
            public_id=row.public_id,
            lineage_id=row.lineage_id,
            group_id=row.group_id,
            group_name=group_name,
            name=row.name,
            description=row.description,
            weight=row.weight,
            share=100 * row.weight / total if total else 0.0,
            critical=row.critical,
            allow_na=row.allow_na,
            ask_causes=row.ask_causes,
            other_cause=row.other_cause,
            scale=tuple(PointView(point.points, point.label, point.guidance, digit) for digit, point in scale),
            causes=tuple(CauseView(c.id, c.public_id, c.label, c.kind, c.get_kind_display()) for c in causes),
            conditions=self.conditions_of(row.version_id, row.id),
        )

    def conditions_of(self, version_id: int, category_id: int | None) -> tuple[ConditionView, ...]:
        rows = self.conditions.get((version_id, category_id), [])
        return tuple(ConditionView(row.id, row.field, row.negated, tuple(row.values)) for row in rows)


def _by(rows: QuerySet[Any], *names: str) -> dict[Any, list[Any]]:
    """Rows under the value of a column, or under a pair of them."""
    grouped = defaultdict(list)
    for row in rows:
        key = tuple(getattr(row, name) for name in names)
        grouped[key if len(names) > 1 else key[0]].append(row)
    return dict(grouped)


def find(workspace: Workspace, public_id: UUID) -> Scorecard | None:
    found = Scorecard.objects.filter(workspace=workspace, public_id=public_id, deleted_at=None)
    return found.select_related("workspace").first()


def was_used(scorecard: Scorecard) -> bool:
    """Whether anybody can have been judged by it."""
    return scorecard.versions.exclude(state=State.DRAFT).exists()


def before(version: ScorecardVersion) -> ScorecardVersion | None:
    """The version that was in use before this one."""
    earlier = version.scorecard.versions.exclude(state=State.DRAFT).filter(number__lt=version.number)
    return earlier.order_by("-number").first()


def connection_names(workspace: Workspace) -> dict[str, str]:
    """The workspace's connections by public id, as conditions store them."""
    found = Connection.objects.filter(workspace=workspace, deleted_at=None).order_by("name")
    return {str(public_id): name for public_id, name in found.values_list("public_id", "name")}


def languages(workspace: Workspace) -> list[str]:
    """The languages that conversations of the workspace are in, without regions."""
    found = Conversation.objects.filter(workspace=workspace).values_list("language", flat=True).distinct()
    return sorted({code.split("-")[0].split("_")[0].lower() for code in found if code})


def channels(workspace: Workspace) -> list[str]:
    found = Conversation.objects.filter(workspace=workspace).values_list("channel", flat=True).distinct()
    return sorted(set(found))


def tags(workspace: Workspace, limit: int = 200) -> list[str]:
    """Names to choose from while typing."""
    return list(Tag.objects.filter(workspace=workspace).order_by("name").values_list("name", flat=True)[:limit])


def versions_of(scorecard: Scorecard) -> list[ScorecardVersion]:
    """Newest first, with who published each."""
    return list(scorecard.versions.select_related("published_by", "edited_by").order_by("-number"))


def published_of(scorecard: Scorecard) -> ScorecardVersion | None:
    return scorecard.versions.filter(state=State.PUBLISHED).first()


def draft_of(scorecard: Scorecard) -> ScorecardVersion | None:
    return scorecard.versions.filter(state=State.DRAFT).select_related("edited_by").first()


def scorecards(workspace: Workspace, published_only: bool = False) -> QuerySet[Scorecard]:
    """All scorecards with what the list says of each: version in use, draft, number of categories."""
    found = Scorecard.objects.filter(workspace=workspace, deleted_at=None).annotate(
        in_use=Max("versions__number", filter=Q(versions__state=State.PUBLISHED)),
        published_at=Max("versions__published_at", filter=Q(versions__state=State.PUBLISHED)),
        draft=Max("versions__number", filter=Q(versions__state=State.DRAFT)),
        category_count=Count("versions__categories", filter=Q(versions__state=State.PUBLISHED)),
        draft_category_count=Count("versions__categories", filter=Q(versions__state=State.DRAFT)),
    )
    if published_only:
        found = found.exclude(in_use=None).filter(archived_at=None)
    return found.order_by("name", "id")

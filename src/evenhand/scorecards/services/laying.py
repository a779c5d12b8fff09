"""A plan becomes rows: how a template, a copy and the next version come about alike, in a few bulk statements."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.scorecards.models import (
    Category,
    CategoryGroup,
    Condition,
    Lineage,
    RootCause,
    ScalePoint,
    ScorecardVersion,
)
from evenhand.scorecards.shape import Cause, NewCategory, Plan, Point, When
from evenhand.scorecards.tree import CategoryView, ConditionView, VersionView


def lay(version: ScorecardVersion, plan: Plan) -> list[Category]:
    """Write a plan into an empty draft. Called inside a transaction."""
    groups = {
        str(group.name): group
        for group in CategoryGroup.objects.bulk_create(
            CategoryGroup(version=version, name=str(name), position=position)
            for position, name in enumerate(plan.groups)
        )
    }
    lineages = _lineages(version, plan.categories)
    rows = Category.objects.bulk_create(
        _category(version, new, lineage, groups.get(str(new.group)), position)
        for position, (new, lineage) in enumerate(zip(plan.categories, lineages, strict=True))
    )
    lay_below(version, list(zip(rows, plan.categories, strict=True)))
    Condition.objects.bulk_create(_conditions(version, None, plan.conditions))
    return rows


def lay_below(version: ScorecardVersion, pairs: list[tuple[Category, NewCategory]]) -> None:
    """The scales, root causes and conditions of categories that are there already."""
    ScalePoint.objects.bulk_create(point for row, new in pairs for point in points_of(row, new.scale))
    RootCause.objects.bulk_create(
        RootCause(category=row, label=str(cause.label), kind=cause.kind, position=position)
        for row, new in pairs
        for position, cause in enumerate(new.causes)
    )
    Condition.objects.bulk_create(c for row, new in pairs for c in _conditions(version, row, new.conditions))


def points_of(category: Category, scale: Iterable[Point]) -> list[ScalePoint]:
    return [ScalePoint(category=category, points=p.points, label=str(p.label), guidance=str(p.guidance)) for p in scale]


def _lineages(version: ScorecardVersion, categories: Iterable[NewCategory]) -> list[int]:
    """The lineage of each category: the one it goes on from, or a new one."""
    wanted = list(categories)
    fresh = iter(
        Lineage.objects.bulk_create(
            Lineage(scorecard_id=version.scorecard_id, name=str(new.name)) for new in wanted if new.lineage_id is None
        )
    )
    return [new.lineage_id if new.lineage_id is not None else next(fresh).id for new in wanted]


def _category(
    version: ScorecardVersion, new: NewCategory, lineage_id: int, group: CategoryGroup | None, position: int
) -> Category:
    return Category(
        version=version,
        lineage_id=lineage_id,
        group=group,
        name=str(new.name),
        description=str(new.description),
        position=position,
        weight=new.weight,
        critical=new.critical,
        allow_na=new.allow_na,
        ask_causes=new.ask_causes,
        other_cause=new.other_cause,
    )


def _conditions(version: ScorecardVersion, category: Category | None, whens: Iterable[When]) -> list[Condition]:
    return [
        Condition(version=version, category=category, field=w.field, negated=w.negated, values=list(w.values))
        for w in whens
    ]


def plan_of(tree: VersionView, keep_lineages: bool, without: frozenset[str] = frozenset()) -> Plan:
    """A version as a plan for another one; conditions on the fields in `without` stay behind."""
    return Plan(
        groups=tuple(group.name for group in tree.groups if group.id is not None),
        categories=tuple(_new(category, keep_lineages, without) for category in tree),
        conditions=_whens(tree.conditions, without),
    )


def _new(category: CategoryView, keep_lineages: bool, without: frozenset[str]) -> NewCategory:
    return NewCategory(
        name=category.name,
        scale=tuple(Point(point.points, point.label, point.guidance) for point in category.scale),
        weight=category.weight,
        critical=category.critical,
        group=category.group_name,
        description=category.description,
        allow_na=category.allow_na,
        ask_causes=category.ask_causes,
        other_cause=category.other_cause,
        causes=tuple(Cause(cause.label, cause.kind) for cause in category.causes),
        conditions=_whens(category.conditions, without),
        lineage_id=category.lineage_id if keep_lineages else None,
    )


def _whens(conditions: Iterable[ConditionView], without: frozenset[str]) -> tuple[When, ...]:
    return tuple(When(c.field, c.values, c.negated) for c in conditions if c.field not in without)

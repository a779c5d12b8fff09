"""Changes below a category of a draft: its scale, its root causes; and conditions of it or of the scorecard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from evenhand.people.models import User
from evenhand.scorecards import queries, scales, wording
from evenhand.scorecards.models import Category, Condition, RootCause, ScalePoint, ScorecardVersion
from evenhand.scorecards.services.editing import editing
from evenhand.scorecards.services.laying import points_of
from evenhand.scorecards.shape import Point


def set_scale(category: Category, points: Sequence[Point], by: User | None, stamp: int | None = None) -> None:
    """Replace the whole scale: 2 to 11 answers with distinct points, each with a label."""
    ordered = scales.checked(points)
    for row in points_of(category, ordered):
        row.full_clean(exclude=["category"], validate_unique=False, validate_constraints=False)
    with editing(category.version, by, stamp):
        category.scale.all().delete()
        ScalePoint.objects.bulk_create(points_of(category, ordered))


def set_preset(category: Category, name: str, by: User | None, stamp: int | None = None) -> None:
    """Take a preset scale. Labels and guidance of answers that both scales have at the same place stay."""
    wanted = scales.preset(name)
    current = list(category.scale.order_by("points"))
    if len(current) == len(wanted):
        kept = [Point(new.points, old.label, old.guidance) for new, old in zip(wanted, current, strict=True)]
        return set_scale(category, kept, by, stamp)
    return set_scale(category, wanted, by, stamp)


def add_cause(category: Category, label: str, kind: str, by: User | None, stamp: int | None = None) -> RootCause:
    with editing(category.version, by, stamp):
        last = category.root_causes.aggregate(last=Max("position"))["last"]
        cause = RootCause(category=category, label=label, kind=kind, position=0 if last is None else last + 1)
        _check_cause(cause)
        cause.save()
    return cause


def edit_cause(cause: RootCause, by: User | None, stamp: int | None = None, **values: Any) -> RootCause:
    """Set its label or kind."""
    with editing(cause.category.version, by, stamp):
        for name in ("label", "kind"):
            setattr(cause, name, values.get(name, getattr(cause, name)))
        _check_cause(cause)
        cause.save()
    return cause


def remove_cause(cause: RootCause, by: User | None, stamp: int | None = None) -> None:
    with editing(cause.category.version, by, stamp):
        cause.delete()


def _check_cause(cause: RootCause) -> None:
    cause.label = " ".join(cause.label.split())
    cause.full_clean(exclude=["category"], validate_unique=False, validate_constraints=False)
    if cause.category.root_causes.filter(label__iexact=cause.label).exclude(pk=cause.pk).exists():
        raise ValidationError({"label": _("“%(label)s” is on the list already.") % {"label": cause.label}})


def add_condition(
    draft: ScorecardVersion,
    field: str,
    values: Sequence[str],
    by: User | None,
    *,
    negated: bool = False,
    category: Category | None = None,
    stamp: int | None = None,
) -> Condition:
    """A condition of the scorecard, or of one category; values join a condition on the same field, if there is one."""
    wanted = list(dict.fromkeys(text for value in values if (text := value.strip())))
    if not wanted:
        raise ValidationError({"values": _("Say at least one value.")})
    _check_values(draft, field, wanted)
    with editing(draft, by, stamp) as row:
        same = row.conditions.filter(category=category, field=field, negated=negated).first()
        condition = same or Condition(version=row, category=category, field=field, negated=negated, values=[])
        condition.values = list(dict.fromkeys([*condition.values, *wanted]))
        condition.full_clean(exclude=["version", "category"])
        condition.save()
    return condition


def remove_condition(condition: Condition, by: User | None, stamp: int | None = None) -> None:
    with editing(condition.version, by, stamp):
        condition.delete()


def _check_values(draft: ScorecardVersion, field: str, values: Sequence[str]) -> None:
    """Channels, tags and languages may be ones that are still to come; the others must exist."""
    known: set[str] = set(values)
    if field == Condition.Field.CSAT:
        known = set(wording.CSAT)
    elif field == Condition.Field.CONNECTION:
        known = set(queries.connection_names(draft.scorecard.workspace))
    if unknown := [value for value in values if value not in known]:
        said = {"values": ", ".join(unknown), "field": Condition.Field(field).label}
        raise ValidationError({"values": _("%(field)s: there is no “%(values)s” to choose.") % said})

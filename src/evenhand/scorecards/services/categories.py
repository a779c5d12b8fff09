"""Changes of a draft's categories and groups."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from evenhand.people.models import User
from evenhand.scorecards import scales
from evenhand.scorecards.models import Category, CategoryGroup, Lineage, ScorecardVersion
from evenhand.scorecards.services.editing import editing
from evenhand.scorecards.services.laying import lay_below
from evenhand.scorecards.shape import NewCategory

FIELDS = ("name", "description", "weight", "critical", "allow_na", "ask_causes", "other_cause", "group")
KEPT = ("name", "description", "weight", "critical", "allow_na", "ask_causes", "other_cause")


def add_category(
    draft: ScorecardVersion,
    new: NewCategory,
    by: User | None,
    group: CategoryGroup | None = None,
    stamp: int | None = None,
) -> Category:
    """Append a category, with its scale, root causes and conditions, to a group or to none (`new.group` is unused)."""
    scale = tuple(scales.checked(new.scale))
    values = {name: getattr(new, name) for name in KEPT}
    values |= {"name": str(new.name), "description": str(new.description)}
    with editing(draft, by, stamp) as row:
        category = Category(version=row, group=_own_group(row, group), position=_next(row), **values)
        _check(category)
        category.lineage = Lineage.objects.create(scorecard_id=row.scorecard_id, name=category.name)
        category.save()
        lay_below(row, [(category, NewCategory(new.name, scale, causes=new.causes, conditions=new.conditions))])
    return category


def edit_category(category: Category, by: User | None, stamp: int | None = None, **values: Any) -> Category:
    """Set fields of a category: any of FIELDS."""
    if unknown := set(values) - set(FIELDS):
        raise ValueError(f"No such fields: {', '.join(sorted(unknown))}")
    with editing(category.version, by, stamp) as row:
        if "group" in values:
            values["group"] = _own_group(row, values["group"])
            if values["group"] != category.group:
                category.position = _next(row)
        for name, value in values.items():
            setattr(category, name, value)
        _check(category)
        category.save()
    return category


def remove_category(category: Category, by: User | None, stamp: int | None = None) -> None:
    """Take it out of the draft. Its lineage stays if an earlier version has it."""
    with editing(category.version, by, stamp):
        lineage = category.lineage
        category.delete()
        if not lineage.categories.exists():
            lineage.delete()


def move_category(category: Category, steps: int, by: User | None, stamp: int | None = None) -> bool:
    """Move up (-1) or down (+1), over a heading into the next group; says whether it moved."""
    with editing(category.version, by, stamp) as row:
        slots = _slots(row)
        here = slots.index(category)
        there = here + steps
        if not 0 <= there < len(slots):
            return False
        slots.insert(there, slots.pop(here))
        _store(slots)
    return True


def _slots(draft: ScorecardVersion) -> list[Category | CategoryGroup]:
    """The table as it reads: categories without a group, then each group's heading and its categories."""
    categories = list(draft.categories.order_by("position", "id"))
    slots: list[Category | CategoryGroup] = [c for c in categories if c.group_id is None]
    for group in draft.groups.order_by("position", "id"):
        slots += [group, *(c for c in categories if c.group_id == group.id)]
    return slots


def _store(slots: list[Category | CategoryGroup]) -> None:
    group = None
    changed = []
    for position, slot in enumerate(slots):
        if isinstance(slot, CategoryGroup):
            group = slot
            continue
        if (slot.position, slot.group_id) != (position, group and group.id):
            slot.position, slot.group = position, group
            changed.append(slot)
    Category.objects.bulk_update(changed, ["position", "group"])


def add_group(draft: ScorecardVersion, name: str, by: User | None, stamp: int | None = None) -> CategoryGroup:
    with editing(draft, by, stamp) as row:
        last = row.groups.aggregate(last=Max("position"))["last"]
        group = CategoryGroup(version=row, name=name.strip(), position=0 if last is None else last + 1)
        _check_group(group)
        group.save()
    return group


def rename_group(group: CategoryGroup, name: str, by: User | None, stamp: int | None = None) -> CategoryGroup:
    with editing(group.version, by, stamp):
        group.name = name.strip()
        _check_group(group)
        group.save()
    return group


def move_group(group: CategoryGroup, steps: int, by: User | None, stamp: int | None = None) -> bool:
    """Move a group with its categories up (-1) or down (+1); says whether it moved."""
    with editing(group.version, by, stamp) as row:
        groups = list(row.groups.order_by("position", "id"))
        here = groups.index(group)
        if not 0 <= here + steps < len(groups):
            return False
        groups.insert(here + steps, groups.pop(here))
        for position, other in enumerate(groups):
            other.position = position
        CategoryGroup.objects.bulk_update(groups, ["position"])
    return True


def remove_group(group: CategoryGroup, by: User | None, stamp: int | None = None) -> None:
    """Its categories stay, without a group, before all others."""
    with editing(group.version, by, stamp):
        group.delete()


def _check(category: Category) -> None:
    category.name = " ".join(category.name.split())
    if isinstance(category.weight, bool) or not isinstance(category.weight, int) or not 0 <= category.weight <= 100:
        raise ValidationError({"weight": _("The weight must be a whole number from 0 to 100.")})
    category.full_clean(exclude=["version", "lineage", "group"], validate_unique=False, validate_constraints=False)


def _check_group(group: CategoryGroup) -> None:
    group.full_clean(exclude=["version"])
    if group.version.groups.filter(name__iexact=group.name).exclude(pk=group.pk).exists():
        raise ValidationError({"name": _("There is a group called “%(name)s” already.") % {"name": group.name}})


def _own_group(draft: ScorecardVersion, group: CategoryGroup | None) -> CategoryGroup | None:
    if group is not None and group.version_id != draft.pk:
        raise ValueError("The group belongs to another version.")
    return group


def _next(draft: ScorecardVersion) -> int:
    last = draft.categories.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1

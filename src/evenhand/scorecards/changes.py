"""The changes that the editor's forms can make of a draft: each reads its form and calls one service or two.

Every one gets the draft, who changes it, what the form sent, and the stamp that the form rests on; it answers with
what the page shows next. What is wrong with a form is a ValidationError that names the field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from evenhand.people.models import User
from evenhand.scorecards import scales, services
from evenhand.scorecards.models import Category, CategoryGroup, RootCause, ScorecardVersion
from evenhand.scorecards.shape import NewCategory, Point

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Form:
    """What a change starts from."""

    draft: ScorecardVersion
    by: User
    data: QueryDict
    stamp: int | None

    def text(self, name: str) -> str:
        return self.data.get(name, "").strip()

    def on(self, name: str) -> bool:
        return name in self.data

    def whole(self, name: str, label: str) -> int:
        try:
            return int(self.text(name))
        except ValueError:
            raise ValidationError(_("%(label)s: write a whole number from 0 to 100.") % {"label": label}) from None

    def category(self) -> Category:
        return _one(self.draft.categories.select_related("version", "lineage", "group"), self.text("category"))

    def cause(self) -> RootCause:
        causes = RootCause.objects.filter(category__version=self.draft).select_related("category__version")
        return _one(causes, self.text("cause"))

    def group(self) -> CategoryGroup | None:
        key = self.text("group")
        if not key:
            return None
        found = self.draft.groups.filter(pk=key).first() if key.isdecimal() else None
        if found is None:
            raise Http404
        return found

    def some_group(self) -> CategoryGroup:
        found = self.group()
        if found is None:
            raise Http404
        return found


def _one(rows: QuerySet[M], public_id: str) -> M:
    try:
        found = rows.filter(public_id=UUID(public_id)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Outcome:
    """What the page shows next: the chosen category, whether the whole editor is drawn again, where focus goes."""

    chosen: UUID | None = None
    redraw: bool = True
    focus: str = ""
    said: str = ""


def add_category(form: Form) -> Outcome:
    scale = form.text("scale")
    new = NewCategory(form.text("name"), scales.preset(scale if scale in scales.LABELS else "binary"))
    category = services.add_category(form.draft, new, form.by, form.group(), form.stamp)
    focus = "label-2" if scale == scales.OWN else "question"
    return Outcome(category.public_id, focus=focus, said=_("%(name)s added") % {"name": category.name})


def row(form: Form) -> Outcome:
    """The controls of one line of the table: scale, weight, critical, N/A."""
    category = form.category()
    services.edit_category(
        category,
        form.by,
        form.stamp,
        weight=form.whole("weight", _("Weight of %(name)s") % {"name": category.name}),
        critical=form.text("critical"),
        allow_na=form.on("allow_na"),
    )
    wanted = form.text("scale")
    if wanted == scales.OWN:
        return Outcome(category.public_id, focus="label-1")
    if wanted in scales.LABELS and wanted != scales.name_of([point.points for point in category.scale.all()]):
        services.set_preset(category, wanted, form.by)
        return Outcome(category.public_id, said=_("Scale: %(name)s") % {"name": scales.NAMES[wanted]})
    return Outcome(category.public_id, redraw=False)


def category(form: Form) -> Outcome:
    """The words of one category, and its group."""
    found = form.category()
    group = form.group()
    moved = found.group != group
    services.edit_category(
        found,
        form.by,
        form.stamp,
        name=form.text("name"),
        description=form.text("description"),
        group=group,
    )
    return Outcome(found.public_id, redraw=moved)


def asks(form: Form) -> Outcome:
    """When root causes are asked for, and whether one may be told in words."""
    found = form.category()
    values = {"ask_causes": form.text("ask_causes"), "other_cause": form.on("other_cause")}
    services.edit_category(found, form.by, form.stamp, **values)
    return Outcome(found.public_id, redraw=False)


def remove_category(form: Form) -> Outcome:
    found = form.category()
    services.remove_category(found, form.by, form.stamp)
    return Outcome(focus="add-name", said=_("%(name)s removed") % {"name": found.name})


def move(form: Form) -> Outcome:
    found = form.category()
    services.move_category(found, _steps(form), form.by, form.stamp)
    position = next((n for n, c in enumerate(form.draft.categories.order_by("position"), 1) if c.pk == found.pk), 0)
    return Outcome(_chosen(form), said=_("%(name)s is now number %(n)s") % {"name": found.name, "n": position})


def scale(form: Form) -> Outcome:
    """All answers of a category; the empty last line may become another one."""
    found = form.category()
    before = list(found.scale.order_by("points"))
    points = [_point(form, str(digit)) for digit in range(1, len(before) + 1)]
    if fresh := _fresh(form, points):
        points.append(fresh)
    services.set_scale(found, points, form.by, form.stamp)
    ordered = sorted(points, key=lambda point: point.points)
    focus = f"guidance-{ordered.index(fresh) + 1}" if fresh else ""
    same = [point.points for point in ordered] == [point.points for point in before]
    return Outcome(found.public_id, redraw=not same, focus=focus)


def _point(form: Form, line: str) -> Point:
    return Point(scales.number(form.text(f"points-{line}")), form.text(f"label-{line}"), form.text(f"guidance-{line}"))


def _fresh(form: Form, points: list[Point]) -> Point | None:
    """The new answer, once it has a label; without points it counts one more than the best."""
    if not form.text("label-new"):
        return None
    if not form.text("points-new"):
        best = max((point.points for point in points), default=0)
        return Point(best + 1, form.text("label-new"), form.text("guidance-new"))
    return _point(form, "new")


def remove_answer(form: Form) -> Outcome:
    found = form.category()
    kept = [
        Point(point.points, point.label, point.guidance)
        for digit, point in enumerate(found.scale.order_by("points"), 1)
        if str(digit) != form.text("digit")
    ]
    services.set_scale(found, kept, form.by, form.stamp)
    return Outcome(found.public_id, focus="label-1", said=_("Answer removed"))


def add_cause(form: Form) -> Outcome:
    found = form.category()
    cause = services.add_cause(found, form.text("label"), form.text("kind"), form.by, form.stamp)
    return Outcome(found.public_id, focus="cause-new", said=_("%(name)s added") % {"name": cause.label})


def cause(form: Form) -> Outcome:
    found = form.cause()
    services.edit_cause(found, form.by, form.stamp, label=form.text("label"), kind=form.text("kind"))
    return Outcome(found.category.public_id, redraw=False)


def remove_cause(form: Form) -> Outcome:
    found = form.cause()
    services.remove_cause(found, form.by, form.stamp)
    return Outcome(found.category.public_id, focus="cause-new", said=_("%(name)s removed") % {"name": found.label})


def add_condition(form: Form) -> Outcome:
    """Of the chosen category where the form names one, else of the scorecard."""
    found = form.category() if form.text("category") else None
    field = form.text("field")
    values = [part for value in form.data.getlist("values") for part in value.split(",")]
    negated = form.text("negated") == "1"
    services.add_condition(form.draft, field, values, form.by, negated=negated, category=found, stamp=form.stamp)
    return Outcome(_chosen(form), focus="add-condition" if found else "add-offer", said=_("Condition added"))


def remove_condition(form: Form) -> Outcome:
    found = form.category() if form.text("category") else None
    negated = form.text("negated") == "1"
    same = form.draft.conditions.filter(category=found, field=form.text("field"), negated=negated)
    condition = same.select_related("version").first()
    if condition is None:
        raise Http404
    services.remove_condition(condition, form.by, form.stamp)
    return Outcome(_chosen(form), focus="add-condition" if found else "add-offer", said=_("Condition removed"))


def add_group(form: Form) -> Outcome:
    group = services.add_group(form.draft, form.text("name"), form.by, form.stamp)
    return Outcome(_chosen(form), focus="add-name", said=_("%(name)s added") % {"name": group.name})


def group(form: Form) -> Outcome:
    services.rename_group(form.some_group(), form.text("name"), form.by, form.stamp)
    return Outcome(_chosen(form), redraw=False)


def move_group(form: Form) -> Outcome:
    services.move_group(form.some_group(), _steps(form), form.by, form.stamp)
    return Outcome(_chosen(form))


def remove_group(form: Form) -> Outcome:
    found = form.some_group()
    services.remove_group(found, form.by, form.stamp)
    return Outcome(_chosen(form), focus="add-group", said=_("%(name)s removed") % {"name": found.name})


def _steps(form: Form) -> int:
    return -1 if form.text("steps") == "-1" else 1


def _chosen(form: Form) -> UUID | None:
    """The category at the side stays there."""
    try:
        return UUID(form.text("chosen"))
    except ValueError:
        return None


CHANGES: Mapping[str, Callable[[Form], Outcome]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        add_category,
        row,
        category,
        asks,
        remove_category,
        move,
        scale,
        remove_answer,
        add_cause,
        cause,
        remove_cause,
        add_condition,
        remove_condition,
        add_group,
        group,
        move_group,
        remove_group,
    )
}


def said(error: ValidationError) -> list[str]:
    """Plain sentences, without the names of fields that nobody sees."""
    return list(dict.fromkeys(error.messages))

"""A draft becomes the version in use. From then on it never changes."""

from __future__ import annotations

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.people import audit
from evenhand.people.models import User
from evenhand.scorecards import queries, scales
from evenhand.scorecards.models import Lineage, ScorecardVersion
from evenhand.scorecards.services.editing import locked
from evenhand.scorecards.services.scorecards import touch
from evenhand.scorecards.shape import Point
from evenhand.scorecards.tree import CategoryView, VersionView


def publish(version: ScorecardVersion, by: User | None, stamp: int | None = None) -> ScorecardVersion:
    """Put a draft into use and archive the version before it; a ValidationError lists what is in the way."""
    with transaction.atomic():
        row = locked(version, stamp)
        tree = queries.version_tree(row)
        if problems := problems_of(tree):
            raise ValidationError(problems)
        if before := queries.published_of(row.scorecard):
            touch(before, state=ScorecardVersion.State.ARCHIVED)
        touch(row, state=ScorecardVersion.State.PUBLISHED, published_at=timezone.now(), published_by=by)
        names = {category.lineage_id: category.name for category in tree}
        lineages = list(Lineage.objects.filter(pk__in=names))
        for lineage in lineages:
            lineage.name = names[lineage.pk]
        Lineage.objects.bulk_update(lineages, ["name"])
        audit.record(by, "version.publish", row.scorecard.workspace, row, number=row.number, name=row.scorecard.name)
    version.refresh_from_db()
    return version


def problems_of(tree: VersionView) -> list[str]:
    """What keeps a draft from being published, in the words of the page."""
    categories = list(tree)
    if not categories:
        return [_("Add at least one category.")]
    found = [_name_problem(name) for name, n in _names(categories) if n > 1]
    found += [problem for category in categories for problem in _category_problems(category)]
    if not any(category.weight for category in categories):
        found.append(_("Every weight is 0. Give at least one category a weight, or there is no score."))
    if any(not condition.values for condition in tree.conditions):
        found.append(_("A condition of the scorecard has no value. Choose one, or remove the condition."))
    return found


def _names(categories: list[CategoryView]) -> list[tuple[str, int]]:
    shown = {category.name.casefold(): category.name for category in categories}
    return [(shown[key], n) for key, n in Counter(category.name.casefold() for category in categories).items()]


def _name_problem(name: str) -> str:
    return _("Two categories are called “%(name)s”. Rename one.") % {"name": name}


def _category_problems(category: CategoryView) -> list[str]:
    found = scales.problems_of([Point(p.points, p.label) for p in category.scale])
    if not 0 <= category.weight <= 100:
        found.append(_("The weight must be a whole number from 0 to 100."))
    if category.critical == "group" and category.group_id is None:
        found.append(_("It fails its group but is in none. Put it into a group, or let it fail the review."))
    if any(not condition.values for condition in category.conditions):
        found.append(_("A condition has no value. Choose one, or remove the condition."))
    name = category.name or _("A category without a name")
    if not category.name.strip():
        found.append(_("Give it a name."))
    return [_("%(category)s: %(problem)s") % {"category": name, "problem": problem} for problem in found]

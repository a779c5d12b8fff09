"""The scales that one chooses by name; any other is a list of labels with their points."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.scorecards.shape import Point

FEWEST, MOST = 2, 11
LARGEST = Decimal("99999.99")
OWN = "own"

LABELS = {
    "binary": (gettext_lazy("No"), gettext_lazy("Yes")),
    "3": (gettext_lazy("Bad"), gettext_lazy("Satisfactory"), gettext_lazy("Good")),
    "4": (gettext_lazy("Bad"), gettext_lazy("Slightly bad"), gettext_lazy("Slightly good"), gettext_lazy("Good")),
    "5": (
        gettext_lazy("Very bad"),
        gettext_lazy("Bad"),
        gettext_lazy("Satisfactory"),
        gettext_lazy("Good"),
        gettext_lazy("Very good"),
    ),
}
NAMES: dict[str, str | Promise] = {
    "binary": gettext_lazy("Yes or no"),
    "3": gettext_lazy("3 points"),
    "4": gettext_lazy("4 points"),
    "5": gettext_lazy("5 points"),
    OWN: gettext_lazy("Own labels"),
}


def preset(name: str) -> tuple[Point, ...]:
    """The points 1, 2, 3 … with the labels that a new category starts with."""
    return tuple(Point(points, str(label)) for points, label in enumerate(LABELS[name], 1))


def name_of(points: Sequence[Decimal | int]) -> str:
    """Which preset counts like this, whatever the labels say; "own" for any other."""
    plain = [Decimal(value) for value in points]
    if plain != [Decimal(n) for n in range(1, len(plain) + 1)]:
        return OWN
    return {2: "binary", 3: "3", 4: "4", 5: "5"}.get(len(plain), OWN)


def checked(points: Sequence[Point]) -> list[Point]:
    """The scale from the lowest answer up, or what is wrong with it."""
    problems = problems_of(points)
    if problems:
        raise ValidationError(problems)
    return sorted(points, key=lambda point: point.points)


def problems_of(points: Sequence[Point]) -> list[str]:
    found = []
    if not FEWEST <= len(points) <= MOST:
        found.append(_("A scale has between 2 and 11 answers; this one has %(n)s.") % {"n": len(points)})
    if len({Decimal(point.points) for point in points}) < len(points):
        found.append(_("Two answers have the same points. Give each its own."))
    if any(not str(point.label).strip() for point in points):
        found.append(_("Each answer needs a label."))
    if any(not -LARGEST <= Decimal(point.points) <= LARGEST for point in points):
        found.append(_("Points go up to 99,999.99."))
    return found


def number(text: str) -> Decimal:
    """Points as one types them: 1, 2.5 or 2,5."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise ValidationError(_("“%(text)s” is no number of points.") % {"text": text}) from None
    if not value.is_finite() or value != round(value, 2):
        raise ValidationError(_("Points have at most two decimals: “%(text)s”.") % {"text": text})
    return value

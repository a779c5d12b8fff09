"""Fields of Django forms in the design's own dress: classes, and what belongs to them by id."""

from __future__ import annotations

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

# The class of each kind of control; whatever is not named is a plain input.
CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "check"),
    (forms.RadioSelect, "check"),
    (forms.CheckboxInput, "check"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.Widget, "input"),
]


def kind_of(field: BoundField) -> str:
    """`box` (one check box), `boxes` (several, or radio buttons), `hidden` or `line`."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "box"
    return "boxes" if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple) else "line"


def control(field: BoundField) -> SafeString:
    """The control itself: Django adds aria-invalid, and aria-describedby for the hint and the error below it."""
    widget = field.field.widget
    dress = next(name for kind, name in CLASSES if isinstance(widget, kind))
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{dress} {own}".strip()})


def choices(field: BoundField) -> list[BoundWidget]:
    """The boxes of a field with several, each with its own class."""
    for box in (boxes := list(field.subwidgets)):
        box.data["attrs"]["class"] = "check"
    return boxes

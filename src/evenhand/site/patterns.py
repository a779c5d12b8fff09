"""Every component once, in both themes: what a new page is built from, and what is looked at after each change.

Needs no database: the page is rendered without the request's own context.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from evenhand.site import drawings, samples

THEMES = ("light", "dark")


class SampleForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the view"), initial=samples.VIEW, help_text=_("Shown to you only, until you share it")
    )
    weight = forms.IntegerField(
        label=_("Weight"),
        min_value=0,
        max_value=100,
        error_messages={"max_value": _("Weights go from 0 to 100. Use a whole number.")},
    )
    reviewee = forms.ChoiceField(
        label=_("Reviewee"), choices=[("most", _("Most active agent")), ("assignee", _("Assignee"))], required=False
    )
    draw = forms.ChoiceField(
        label=_("Draw"),
        widget=forms.RadioSelect,
        choices=[("simple", _("At random")), ("stratified", _("At random, at least 4 an agent"))],
        initial="stratified",
    )
    comment = forms.CharField(label=_("Comment"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    hide = forms.BooleanField(label=_("Hide the reviewer’s name from agents"), required=False, initial=True)


def form(theme: str) -> SampleForm:
    """A form that was sent with one fault in it."""
    sent = {"name": samples.VIEW, "weight": "250", "draw": "stratified", "hide": "on"}
    return SampleForm({f"{theme}-{name}": value for name, value in sent.items()}, prefix=theme)


def context(theme: str = "") -> dict[str, Any]:
    return {
        "theme": theme if theme in THEMES else "",
        "nav": samples.NAV,
        "specimens": [{"theme": name, "form": form(name)} for name in THEMES],
        "colours": samples.COLOURS,
        "icons": drawings.ICONS,
        "samples": samples,
        "categories": samples.CATEGORIES,
        "chart": samples.chart(),
        "steps": samples.STEPS,
    }


@login_not_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    page = get_template("site/patterns.html")
    return HttpResponse(page.render({**context(request.GET.get("theme", "")), "request": request}))

"""A workspace's settings, in the order and the words of its page."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from evenhand.people.forms.setup import zone_field
from evenhand.people.models import Workspace

GROUPS: list[tuple[Any, Any, list[str]]] = [
    (
        _("The workspace"),
        _("A change of time zone or week moves conversations between days and weeks in every trend."),
        ["name", "time_zone", "week_start"],
    ),
    (
        _("How a score is computed"),
        _(
            "These apply on reading: nothing that was reviewed is changed, and you can go back. Each change is "
            "marked on every trend and kept in the audit log."
        ),
        ["score_method", "headline", "pass_baseline", "threshold", "csat_definition"],
    ),
    (
        _("Reviews"),
        "",
        ["reviewee_rule", "draws_blind", "self_reviews_allowed", "self_reviews_count", "reviewers_hidden"],
    ),
]
HELP = {
    "score_method": _(
        "Min-max gives the lowest rating 0 % and the highest 100 %. Points over maximum gives a 1 of 5 still 20"
        " %, as some older tools do. Pick the one that your earlier numbers used."
    ),
    "headline": _(
        "The number on the dashboard, chosen in advance, never the one that happens to look better. Its name "
        "always stands beside it."
    ),
    "pass_baseline": _("A review with this score or more passes; 79.9 does not pass 80."),
    "threshold": _("Scores under it are marked low on pages. It says nothing about passing."),
    "csat_definition": _("How answers of customers become one figure. The share of positive answers is the usual one."),
    "reviewee_rule": _("Whom a new review is about when several agents answered; a reviewer can choose another."),
    "draws_blind": _(
        "In a draw, other reviews and machine scores stay hidden until the reviewer submits. Only such reviews "
        "can show how people and machine agree; leave this on unless you know why."
    ),
    "self_reviews_allowed": _("Agents can then review conversations of their own, marked as self reviews."),
    "self_reviews_count": _("They never enter the Internal Quality Score."),
    "reviewers_hidden": _("Agents then read “a reviewer” instead of a name. Leads and managers still see names."),
}


class SettingsForm(forms.ModelForm):
    time_zone = zone_field()
    week_start = forms.TypedChoiceField(
        label=_("First day of the week"), coerce=int, choices=[(day, WEEKDAYS[day]) for day in range(7)]
    )

    class Meta:
        model = Workspace
        fields = [name for _title, _note, names in GROUPS for name in names]
        help_texts = HELP
        widgets = {"score_method": forms.RadioSelect, "headline": forms.RadioSelect, "reviewee_rule": forms.RadioSelect}

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        # A copy: the service compares what is there with what is wanted.
        super().__init__(*args, instance=copy.copy(workspace), **kwargs)
        # Nothing corrects an IQS yet, and a choice that changes nothing is none.
        later = {Workspace.Headline.CORRECTED} - {workspace.headline}
        headline = cast("forms.TypedChoiceField", self.fields["headline"])
        headline.choices = [choice for choice in Workspace.Headline.choices if choice[0] not in later]
        for name in ("pass_baseline", "threshold"):
            # 80, not 80.00: the decimals are the database's.
            self.initial[name] = f"{Decimal(self.initial[name]).normalize():f}"
        for field in self.fields.values():
            field.label = str(field.label)[:1].upper() + str(field.label)[1:]

    def groups(self) -> Iterator[tuple[Any, Any, list[forms.BoundField]]]:
        for title, note, names in GROUPS:
            yield title, note, [self[name] for name in names]


class NewWorkspaceForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    time_zone = zone_field()


class RenameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)

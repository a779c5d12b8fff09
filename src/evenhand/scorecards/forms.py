from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.people.models import Workspace
from evenhand.scorecards.templates import TEMPLATES

EMPTY = "none"


class NewForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    template = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(key, template.name) for key, template in TEMPLATES.items()]
        self.fields["template"].choices = [*named, (EMPTY, _("An empty scorecard"))]  # type: ignore[attr-defined]

    def clean_template(self) -> str | None:
        chosen: str = self.cleaned_data["template"]
        return None if chosen == EMPTY else chosen


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "off"}))


class DuplicateForm(NameForm):
    workspace = forms.ChoiceField(label=_("Workspace"))

    def __init__(self, *args: Any, workspaces: Iterable[Workspace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspaces = {workspace.slug: workspace for workspace in workspaces}
        choices = [(slug, workspace.name) for slug, workspace in self.workspaces.items()]
        self.fields["workspace"].choices = choices  # type: ignore[attr-defined]

    def clean_workspace(self) -> Workspace:
        return self.workspaces[self.cleaned_data["workspace"]]

"""Inviting people, and the roles they hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.people.models import Role

ROLES = [
    (Role.MANAGER, _("Manager: settings, scorecards, people, and all that a lead may")),
    (Role.LEAD, _("Lead: sees everything; draws, groups, agents, other people's reviews")),
    (Role.REVIEWER, _("Reviewer: sees every conversation and reviews anybody")),
    (Role.AGENT, _("Agent: sees their own conversations and reviews")),
]


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=ROLES,
        initial=[Role.REVIEWER],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One person may hold two, such as an agent who also reviews."),
    )
    agent = forms.ChoiceField(
        label=_("Is this agent"),
        required=False,
        help_text=_("Joins the login with an agent who came in with the conversations, so that they see their own."),
    )
    send = forms.BooleanField(label=_("Send the link by e-mail now"), required=False, initial=True)

    def __init__(self, *args: Any, agents: list[tuple[str, str]], can_mail: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent"].choices = [("", _("Nobody in particular")), *agents]  # type: ignore[attr-defined]
        if not agents:
            del self.fields["agent"]
        if not can_mail:
            del self.fields["send"]

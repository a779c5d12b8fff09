"""The form of the first start."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.people import zones
from evenhand.people.forms.account import NewPasswordMixin, password_field


def zone_field() -> forms.CharField:
    """A field that searches as one types: the page holds the names in a list with the id `zones`."""
    attrs = {"list": "zones", "autocomplete": "off", "spellcheck": "false", "data-zone": True}
    return forms.CharField(
        label=_("Time zone"),
        max_length=64,
        validators=[zones.validate],
        help_text=_("Days and weeks of your numbers begin and end here. Type a city to find it."),
        widget=forms.TextInput(attrs=attrs),
    )


class SetUpForm(NewPasswordMixin):
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True})
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("You sign in with it. Evenhand sends nothing to it unless you set up mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = password_field(_("Password"), new=True)
    workspace = forms.CharField(
        label=_("Name of your workspace"),
        max_length=120,
        help_text=_("Usually the name of the team. You can add more workspaces later."),
    )
    time_zone = zone_field()

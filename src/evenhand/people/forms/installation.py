"""The mail server, and the filters of the audit log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.people.forms import day_options
from evenhand.people.models import Installation


class MailForm(forms.ModelForm):
    smtp_security = forms.ChoiceField(
        label=_("Security"),
        choices=[
            ("starttls", _("STARTTLS, usually port 587")),
            ("tls", _("TLS, usually port 465")),
            ("none", _("None")),
        ],
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Kept in a file of its own that only the server's account can read. Leave it empty to keep the one "
            "there is."
        ),
    )
    forget = forms.BooleanField(label=_("Forget the password"), required=False)

    class Meta:
        model = Installation
        fields = ["smtp_host", "smtp_port", "smtp_security", "smtp_user", "mail_from"]
        labels = {
            "smtp_host": _("Server"),
            "smtp_port": _("Port"),
            "smtp_user": _("User"),
            "mail_from": _("Sender"),
        }
        help_texts = {
            "smtp_host": _("Such as smtp.example.com. Empty: Evenhand sends no mail, and links are copied by hand."),
            "mail_from": _("What recipients see, such as Evenhand <quality@example.com>."),
        }

    field_order = ["smtp_host", "smtp_port", "smtp_security", "smtp_user", "password", "forget", "mail_from"]

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_password:
            del self.fields["forget"]
            self.fields["password"].help_text = _("Kept in a file that only the server's account can read.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("smtp_host") and not data.get("mail_from"):
            self.add_error("mail_from", _("Say who the mail comes from; most servers refuse it otherwise."))
        return data

    def new_password(self) -> str | None:
        """The password to keep: None leaves the one there is."""
        if self.cleaned_data.get("forget"):
            return ""
        return self.cleaned_data["password"] or None


class TestMailForm(forms.Form):
    to = forms.EmailField(label=_("Send a test to"))


class AuditFilterForm(forms.Form):
    action = forms.ChoiceField(label=_("Action"), required=False)
    person = forms.ChoiceField(label=_("Person"), required=False)
    start = forms.DateField(label=_("From"), required=False, **day_options())
    end = forms.DateField(label=_("To"), required=False, **day_options())

    def __init__(self, *args: Any, actions: list[tuple[str, Any]], people: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", _("All")), *actions]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("Everybody")), *((name, name) for name in people)]  # type: ignore[attr-defined]

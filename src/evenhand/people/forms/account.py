"""Forms about oneself: signing in, a name, a password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from evenhand.people.models import User

LONGEST_PASSWORD = 1024  # hashing takes time with the length: nobody needs more


def _rules() -> str:
    return " ".join(password_validation.password_validators_help_texts())


rules = lazy(_rules, str)


def password_field(label: Any, new: bool = False) -> forms.CharField:
    kind = "new-password" if new else "current-password"
    help_text = rules() if new else ""
    return forms.CharField(
        label=label,
        max_length=LONGEST_PASSWORD,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
    )


class SignInForm(forms.Form):
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = password_field(_("Password"))


class NewPasswordMixin(forms.Form):
    """A new password, held against the rules of this installation."""

    def owner(self) -> User:
        """Whom the password must not resemble."""
        data = self.cleaned_data
        return User(email=data.get("email", ""), name=data.get("name", ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if password := data.get("password"):
            try:
                password_validation.validate_password(password, self.owner())
            except ValidationError as error:
                self.add_error("password", error)
        return data


class NewAccountForm(NewPasswordMixin):
    """Accepting an invitation without an account."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True})
    )
    password = password_field(_("Password"), new=True)

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def owner(self) -> User:
        return User(email=self.email, name=self.cleaned_data.get("name", ""))


class ChangePasswordForm(NewPasswordMixin):
    old = password_field(_("Present password"))
    password = password_field(_("New password"), new=True)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def owner(self) -> User:
        return self.user

    def clean_old(self) -> str:
        old = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise ValidationError(_("This is not your present password. Type it once more."))
        return str(old)


class AccountForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "theme"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"}), "theme": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [("", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]  # type: ignore[attr-defined]
        self.fields["theme"].required = False
        self.fields["name"].label = _("Name")
        self.fields["theme"].label = _("Theme")

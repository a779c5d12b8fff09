"""One's own name, password, theme and keys."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from evenhand.people.forms import posted
from evenhand.people.forms import shortcuts as keys
from evenhand.people.forms.account import AccountForm, ChangePasswordForm
from evenhand.people.models import User
from evenhand.people.services import accounts


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    user = User.objects.get(pk=request.user.pk)
    form = AccountForm(posted(request), instance=user)
    if form.is_bound and form.is_valid():
        accounts.rename(user, form.cleaned_data["name"])
        accounts.set_theme(user, form.cleaned_data["theme"])
        messages.success(request, _("Saved."))
        return redirect("people:account")
    return render(request, "people/account.html", {"form": form})


@sensitive_post_parameters("old", "password")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    user = User.objects.get(pk=request.user.pk)
    form = ChangePasswordForm(posted(request), user=user)
    if form.is_bound and form.is_valid():
        accounts.set_password(user, form.cleaned_data["password"])
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password is changed. You are signed out everywhere else."))
        return redirect("people:account")
    return render(request, "people/password.html", {"form": form})


@require_http_methods(["GET", "POST"])
def shortcuts(request: HttpRequest) -> HttpResponse:
    user = cast("User", request.user)
    chosen, wrong = user.shortcuts, {}
    if request.method == "POST":
        try:
            accounts.set_shortcuts(user, {} if "reset" in request.POST else keys.read(request.POST))
        except ValidationError as error:
            wrong = error.message_dict
            chosen = {name[4:]: value for name, value in request.POST.items() if name.startswith("key-")}
            chosen["off"] = bool(request.POST.get("off"))
        else:
            messages.success(request, _("Your keys are saved."))
            return redirect("people:shortcuts")
    context = {"sections": keys.sections(chosen, wrong), "off": chosen.get("off"), "wrong": wrong}
    return render(request, "people/shortcuts.html", context)

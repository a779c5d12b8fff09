"""In and out."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.people.context import THEME_COOKIE
from evenhand.people.forms import posted
from evenhand.people.forms.account import SignInForm
from evenhand.people.models import User
from evenhand.people.services import accounts, signin


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(next_page(request))
    form = SignInForm(posted(request))
    status = _try(request, form) if form.is_bound and form.is_valid() else 200
    if status == 302:
        return redirect(next_page(request))
    context = {"form": form, "next": request.GET.get("next", ""), "nobody_yet": not User.objects.exists()}
    return render(request, "people/sign_in.html", context, status=status)


def _try(request: HttpRequest, form: SignInForm) -> int:
    """Sign in, or say why not; nothing in the answer or in its time tells whether the account exists."""
    email, password = form.cleaned_data["email"], form.cleaned_data["password"]
    address = signin.address_of(request)
    if wait := signin.wait(email, address):
        form.add_error(None, _("Too many wrong passwords. Wait %(time)s, then try again.") % {"time": spoken(wait)})
        return 429
    user = authenticate(request, username=email, password=password)
    if user is None:
        signin.failed(email, address)
        form.add_error(None, _("The e-mail or the password is wrong."))
        return 200
    signin.succeeded(email)
    login(request, user)
    return 302


def next_page(request: HttpRequest) -> str:
    """Where the person was going, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def spoken(wait: timedelta) -> str:
    seconds = int(wait.total_seconds()) + 1
    if seconds < 90:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("people:sign-in")


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Change the theme and stay on the page; without an account a cookie remembers it."""
    wanted = request.POST.get("theme", "")
    wanted = wanted if wanted in {"light", "dark"} else ""
    response = redirect(next_page(request))
    if request.user.is_authenticated:
        accounts.set_theme(request.user, wanted)
    else:
        response.set_cookie(THEME_COOKIE, wanted, max_age=settings.SESSION_COOKIE_AGE, samesite="Lax")
    return response

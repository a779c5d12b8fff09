"""How this installation sends mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.people import access
from evenhand.people.forms import posted
from evenhand.people.forms.installation import MailForm, TestMailForm
from evenhand.people.services import mail as service


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    user = access.admin(request)
    row = service.configuration()
    form = MailForm(posted(request), instance=row, has_password=bool(service.password()))
    if form.is_bound and form.is_valid():
        kept = {name: form.cleaned_data[name] for name in MailForm.Meta.fields}
        service.configure(user, form.new_password(), **kept)
        messages.success(request, _("Saved. Send a test to see whether it works."))
        return redirect("people:mail")
    context = {"form": form, "test": TestMailForm(initial={"to": user.email}), "configured": service.is_configured()}
    return render(request, "people/mail.html", context)


@require_POST
def test(request: HttpRequest) -> HttpResponse:
    """Send one letter and show what the server answered."""
    access.admin(request)
    row = service.configuration()
    form = TestMailForm(request.POST)
    context = {
        "form": MailForm(instance=row, has_password=bool(service.password())),
        "test": form,
        "configured": bool(row.smtp_host),
    }
    if form.is_valid() and row.smtp_host:
        context["answer"] = service.try_out(form.cleaned_data["to"])
    return render(request, "people/mail.html", context)

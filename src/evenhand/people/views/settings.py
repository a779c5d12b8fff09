"""A workspace's settings."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.people import access, zones
from evenhand.people.forms import posted
from evenhand.people.forms.workspaces import SettingsForm
from evenhand.people.registry import registry
from evenhand.people.services import workspaces


@require_safe
def first_page(request: HttpRequest, workspace: str) -> HttpResponse:
    """The first settings page that this person may open."""
    seat = access.lead(request, workspace)
    pages = sorted(registry.settings_pages.values(), key=lambda page: page.order)
    for page in pages:
        if page.allowed(seat):
            return redirect(reverse(page.url_name, args=[workspace]))
    raise PermissionDenied(_("There are no settings for you here."))


@require_http_methods(["GET", "POST"])
def general(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = access.manager(request, workspace)
    form = SettingsForm(posted(request), workspace=seat.workspace)
    if form.is_bound and form.is_valid():
        changed = workspaces.change(seat.workspace, seat.user, **form.cleaned_data)
        said = ngettext("Saved: %(n)d setting changed.", "Saved: %(n)d settings changed.", len(changed))
        messages.success(request, said % {"n": len(changed)} if changed else _("Nothing was different."))
        return redirect("people:general", workspace)
    return render(request, "people/settings.html", {"form": form, "zones": zones.names()})

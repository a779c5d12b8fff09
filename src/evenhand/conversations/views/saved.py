"""Saved views: keep, rename, share, delete; and how many conversations each holds."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.conversations import browsing, saved_views
from evenhand.conversations.filters import select
from evenhand.people import access as people


class ViewForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    shared = forms.BooleanField(label=gettext_lazy("Share with the workspace"), required=False)
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "POST"])
def views(request: HttpRequest, workspace: str) -> HttpResponse:
    """GET: the views with their counts, as a part of the list. POST: keep these filters under a name."""
    seat = people.seat(request, workspace)
    if request.method == "GET":
        shelf = saved_views.shelf(seat, select(seat, request.GET).query)
        counts = saved_views.counts(seat, shelf.all)
        return render(request, "conversations/_views.html", {"shelf": shelf, "counts": counts, "workspace": workspace})
    form = ViewForm(request.POST)
    back = browsing.browse_address(seat, QueryDict(request.POST.get("query", ""), mutable=True))
    if not form.is_valid():
        messages.error(request, _("The view was not saved: give it a name of up to 80 characters."))
        return redirect(back)
    kept = form.cleaned_data
    try:
        view = saved_views.save(seat, kept["name"], kept["query"], shared=kept["shared"])
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Saved as “%(name)s”.") % {"name": view.name})
    return redirect(back)


@require_POST
def change(request: HttpRequest, workspace: str, view: UUID) -> HttpResponse:
    seat = people.seat(request, workspace)
    found = saved_views.changeable(seat, view)
    form = ViewForm(request.POST)
    if form.is_valid():
        saved_views.change(seat, found, form.cleaned_data["name"], shared=form.cleaned_data["shared"])
        messages.success(request, _("Changed “%(name)s”.") % {"name": found.name})
    else:
        messages.error(request, _("The view was not changed: give it a name of up to 80 characters."))
    return redirect(browsing.browse_address(seat, QueryDict(found.query, mutable=True)))


@require_POST
def delete(request: HttpRequest, workspace: str, view: UUID) -> HttpResponse:
    """The view goes, the conversations stay: the list keeps its filters."""
    seat = people.seat(request, workspace)
    found = saved_views.changeable(seat, view)
    saved_views.delete(found)
    messages.success(request, _("Deleted the view “%(name)s”. The conversations are untouched.") % {"name": found.name})
    return redirect(browsing.browse_address(seat, QueryDict(found.query, mutable=True)))

"""What counts: the rule by which a conversation of an agent enters the numbers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evenhand.conversations.forms.agents import RuleForm
from evenhand.conversations.queries import agents as queries
from evenhand.conversations.services import frame as service
from evenhand.people import access
from evenhand.people.forms import posted


@require_http_methods(["GET", "POST"])
def frame(request: HttpRequest, workspace: str) -> HttpResponse:
    seat = access.manager(request, workspace)
    form = RuleForm(posted(request), workspace=seat.workspace, rule=service.newest(seat.workspace))
    if form.is_bound and form.is_valid():
        rule, job = service.change(seat.workspace, seat.user, **form.cleaned_data)
        if job is None:
            messages.info(request, _("Nothing was different."))
        else:
            said = _("Version %(n)d is in force. A job applies it to what is here already; see Jobs.")
            messages.success(request, said % {"n": rule.version})
        return redirect("conversations:frame", workspace)
    rules = list(queries.rules(seat.workspace)[:50])
    context = {"form": form, "rules": rules, "tags": queries.tags(seat.workspace)}
    return render(request, "conversations/frame.html", context, status=422 if form.errors else 200)

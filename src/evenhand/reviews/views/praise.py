from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evenhand.conversations import access as conversations
from evenhand.people import access as people
from evenhand.reviews import praise


@require_POST
def give(request: HttpRequest, workspace: str, conversation: UUID, agent: UUID) -> HttpResponse:
    seat = people.reviewer(request, workspace)
    found = conversations.conversation(seat, conversation)
    praised = praise.agent_of(seat, found, agent)
    if "take_back" in request.POST:
        praise.take_back(seat, found, praised)
    else:
        praise.give(seat, found, praised, request.POST.get("words", ""))
        told = _("%(agent)s will find it in the inbox.") if praised.user else _("It stands beside the conversation.")
        messages.success(request, told % {"agent": praised.name})
    return redirect("conversations:conversation", workspace, found.public_id)

"""The page of one conversation: facts, transcript, what higher rooms have to say about it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evenhand.conversations import access, showing
from evenhand.people import access as people


@require_GET
def conversation(request: HttpRequest, workspace: str, conversation: UUID) -> HttpResponse:
    seat = people.seat(request, workspace)
    found = access.conversation(seat, conversation)
    shown = showing.show(request, seat, found)
    return render(request, "conversations/page.html", {"shown": shown, "conversation": found, "workspace": workspace})

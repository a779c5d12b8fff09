"""Every place of this room that holds what customers or agents wrote.

Erasing empties them and keeps the rows that scores stand on: who answered when stays, what was said goes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from evenhand.conversations.models import (
    BadRow,
    Conversation,
    ConversationSearch,
    Message,
    MessageVersion,
    RawPayload,
)
from evenhand.conversations.registry import ContentPlace, register_content_place

Ids = Collection[int]


def register() -> None:
    for label, place, erase in (
        (_("Subjects, previews, customers and custom fields"), "conversations_conversation", _conversation),
        (_("Messages"), "conversations_message.text", _messages),
        (
            _("Earlier texts of messages"),
            "conversations_messageversion.text",
            _deletes(MessageVersion, "message__conversation"),
        ),
        (_("Search terms"), "conversations_conversationsearch.terms", _deletes(ConversationSearch, "conversation")),
        (_("What the source sent"), "conversations_rawpayload.payload", _deletes(RawPayload, "conversation")),
        (_("Rows of imports that were set aside"), "conversations_badrow.raw", _bad_rows),
    ):
        register_content_place(ContentPlace(label, place, erase))


def _conversation(ids: Ids) -> int:
    return Conversation.objects.filter(pk__in=ids).update(
        subject="",
        preview="",
        customer_name="",
        customer_email="",
        customer_external_id="",
        url="",
        fields={},
        deleted_at=Now(),
        updated_at=Now(),
    )


def _messages(ids: Ids) -> int:
    everything = Message.objects.filter(conversation__in=ids)
    everything.filter(role=Message.Role.CUSTOMER).update(author_name="")
    return everything.update(text="", html="", attachments=[])


def _bad_rows(ids: Ids) -> int:
    """A row that was set aside may be about the same customer: those of the same connections and ids go."""
    gone = 0
    for connection, external_id in Conversation.objects.filter(pk__in=ids).values_list("connection", "external_id"):
        rows = BadRow.objects.filter(source__connection=connection)
        pks = [row.pk for row in rows.iterator() if external_id.encode() in bytes(row.raw)]
        gone += BadRow.objects.filter(pk__in=pks).delete()[0]
    return gone


def _deletes(model: type[models.Model], path: str) -> Callable[[Ids], int]:
    def erase(ids: Ids) -> int:
        return int(model._default_manager.filter(**{f"{path}__in": ids}).delete()[0])

    return erase

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from evenhand.people.base import Public, Stamped


class Conversation(Public, Stamped):
    """One ticket, chat, thread or call, unique by (connection, external id)."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="conversations", db_index=False)
    connection = models.ForeignKey("conversations.Connection", models.PROTECT, related_name="conversations")
    external_id = models.CharField(max_length=200)
    channel = models.CharField(max_length=40, default="other")
    language = models.CharField(max_length=12, blank=True)
    status = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    preview = models.CharField(max_length=200, blank=True)
    customer_name = models.CharField(max_length=200, blank=True)
    customer_email = models.CharField(max_length=254, blank=True)
    customer_external_id = models.CharField(max_length=200, blank=True)
    assignee = models.ForeignKey("conversations.Agent", models.SET_NULL, null=True, related_name="+")
    main_agent = models.ForeignKey("conversations.Agent", models.SET_NULL, null=True, related_name="+")
    brand = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    fields = models.JSONField(default=dict)

    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    last_message_at = models.DateTimeField(null=True)
    # What the list sorts by and dates filter on: the last message, or the import where the source has no times.
    happened_at = models.DateTimeField()
    imported_at = models.DateTimeField(db_default=Now())
    source_updated_at = models.DateTimeField(null=True)
    has_times = models.BooleanField(default=True)
    # Of everything that the source said, to tell "unchanged" from "updated" without comparing rows.
    content_hash = models.BinaryField(max_length=16)

    message_count = models.PositiveIntegerField(default=0)
    customer_message_count = models.PositiveIntegerField(default=0)
    agent_reply_count = models.PositiveIntegerField(default=0)
    # The customer's newest satisfaction score, for the list; every answer with its scale is a row of its own.
    csat_score = models.FloatField(null=True)
    csat_max = models.FloatField(null=True)
    csat_positive = models.BooleanField(null=True)

    tags: models.ManyToManyField[Tag, ConversationTag] = models.ManyToManyField(
        "conversations.Tag", through="conversations.ConversationTag", related_name="conversations"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "external_id"], name="conversation_once"),
        ]
        indexes = [
            # The list walks along this one: all that its usual filters look at, in its order.
            models.Index(
                fields=[
                    *("workspace", "-happened_at", "-id", "deleted_at", "channel", "status", "language"),
                    *("csat_positive", "csat_score", "agent_reply_count", "message_count", "connection", "main_agent"),
                ],
                name="conv_newest",
            ),
            models.Index(fields=["workspace", "channel", "-happened_at", "-id"], name="conv_channel"),
            models.Index(fields=["workspace", "language", "-happened_at", "-id"], name="conv_language"),
            models.Index(fields=["workspace", "status", "-happened_at", "-id"], name="conv_status"),
            models.Index(fields=["workspace", "main_agent", "-happened_at", "-id"], name="conv_agent"),
            models.Index(fields=["workspace", "csat_positive", "-happened_at", "-id"], name="conv_csat"),
            models.Index(fields=["workspace", "customer_email"], name="conv_customer"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What the conversation is called: its subject, else how it begins; the id only where there are no words."""
        return self.subject or Truncator(self.preview).chars(64) or self.external_id


class Message(models.Model):
    """One turn. Its text never changes in place: a source that edits it makes the next text version."""

    class Role(models.TextChoices):
        CUSTOMER = "customer", _("Customer")
        AGENT = "agent", _("Agent")
        BOT = "bot", _("Bot")
        SYSTEM = "system", _("System")

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages", db_index=False)
    position = models.PositiveIntegerField()
    external_id = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=8, choices=Role)
    agent = models.ForeignKey("conversations.Agent", models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField(default=True)
    sent_at = models.DateTimeField(null=True)
    text_version = models.PositiveIntegerField(default=1)
    text = models.TextField()
    html = models.TextField(blank=True)  # sanitised; empty where the source sent plain text
    attachments = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "position"], name="message_position_once"),
        ]


class MessageVersion(models.Model):
    """A superseded text, kept because evidence points into it."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="versions", db_index=False)
    version = models.PositiveIntegerField()
    text = models.TextField()
    html = models.TextField(blank=True)
    superseded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "version"], name="message_version_once")]


class Tag(models.Model):
    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="tags", db_index=False)
    name = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="tag_once")]


class ConversationTag(models.Model):
    conversation = models.ForeignKey(Conversation, models.CASCADE, db_index=False)
    tag = models.ForeignKey(Tag, models.CASCADE, db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "tag"], name="conversation_tag_once")]
        indexes = [models.Index(fields=["tag", "conversation"])]


class ConversationSearch(models.Model):
    """The search terms of one conversation: made by `text.search_terms`, indexed by a migration of each database."""

    conversation = models.OneToOneField(Conversation, models.CASCADE, primary_key=True, related_name="search")
    terms = models.TextField()


class RawPayload(models.Model):
    """What the source sent, compressed, so that a better mapping can be run again."""

    conversation = models.OneToOneField(Conversation, models.CASCADE, primary_key=True, related_name="raw")
    kind = models.CharField(max_length=40)
    payload = models.BinaryField()
    received_at = models.DateTimeField(db_default=Now())

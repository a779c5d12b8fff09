from __future__ import annotations

from evenhand.conversations.models.agents import Agent, AgentAlias, Group, GroupMembership
from evenhand.conversations.models.connections import Connection
from evenhand.conversations.models.conversations import (
    Conversation,
    ConversationSearch,
    ConversationTag,
    Message,
    MessageVersion,
    RawPayload,
    Tag,
)
from evenhand.conversations.models.imports import BadRow, Import
from evenhand.conversations.models.participations import FrameRule, Participation
from evenhand.conversations.models.views import SavedView

__all__ = [
    "Agent",
    "AgentAlias",
    "BadRow",
    "Connection",
    "Conversation",
    "ConversationSearch",
    "ConversationTag",
    "FrameRule",
    "Group",
    "GroupMembership",
    "Import",
    "Message",
    "MessageVersion",
    "Participation",
    "RawPayload",
    "SavedView",
    "Tag",
]

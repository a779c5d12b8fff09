"""Where higher rooms plug in: filters, columns, panels and actions, record handlers, places that hold content.

Each higher room adds its own in `AppConfig.ready`; this room knows none of them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.functional import _StrPromise

    from evenhand.conversations.filters.base import Filter
    from evenhand.conversations.models import Agent, Connection, Conversation
    from evenhand.people.access import Seat
    from evenhand.people.models import Workspace
    from evenhand.sources.records import ConversationRecord

    Label = str | _StrPromise


@dataclass(frozen=True)
class Column:
    """One column of the list: what its template needs, for all rows of a page in one go, by conversation id."""

    name: str
    label: Label
    order: int
    values: Callable[[Seat, list[Conversation]], dict[int, dict[str, Any]]]
    template: str


@dataclass(frozen=True)
class Panel:
    """A part of the conversation page beside the transcript; without a context it is left out."""

    name: str
    template: str
    context: Callable[[Seat, Conversation], dict[str, Any] | None]
    order: int = 100


@dataclass(frozen=True)
class Action:
    """A button on the conversation page, such as "Review". Without an address it is left out.

    `query` is the list that one came from, as it stands in the address bar. `shortcut` is the name of what the button
    does, by which a person may give it another key than `key`.
    """

    name: str
    label: Label
    url: Callable[[Seat, Conversation, str], str | None]
    shortcut: str = ""
    key: str = ""
    is_primary: bool = False
    order: int = 100


@dataclass(frozen=True)
class ListAction:
    """A button above the list, such as "Draw a sample"; it gets the filters as they stand in the address bar."""

    name: str
    label: Label
    url: Callable[[Seat, str], str | None]
    is_primary: bool = False
    order: int = 100


@dataclass(frozen=True)
class BulkAction:
    """A button for the selected rows: where it leads with these conversations, in the order of the list."""

    name: str
    label: Label
    url: Callable[[Seat, list[Conversation]], str]
    allowed: Callable[[Seat], bool]
    order: int = 100


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record that has just been written, and what became of it."""

    record: ConversationRecord
    conversation_id: int
    is_new: bool
    main_agent_id: int | None
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """What one transaction of an import wrote: new and updated conversations, not the unchanged ones."""

    workspace: Workspace
    connection: Connection
    records: Sequence[StoredRecord]


RecordHandler = Callable[[StoredChunk], None]
"""Runs inside the chunk's transaction, so it writes in bulk with a constant number of statements."""


@dataclass(frozen=True)
class ContentPlace:
    """One place that holds what customers or agents wrote, so that erasing a conversation misses none.

    `erase` gets ids of conversations and returns how many rows it emptied or deleted; scores stay.
    """

    label: Label
    place: str  # table.column
    erase: Callable[[Collection[int]], int]


AgentMerged = Callable[["Agent", "Agent"], None]
"""(agent, into): runs in the transaction of the merge; what the room holds of `agent` becomes `into`'s."""


@dataclass
class Registry:
    filters: dict[str, Filter] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    panels: dict[str, Panel] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    list_actions: dict[str, ListAction] = field(default_factory=dict)
    bulk_actions: dict[str, BulkAction] = field(default_factory=dict)
    record_handlers: dict[str, RecordHandler] = field(default_factory=dict)
    content_places: dict[str, ContentPlace] = field(default_factory=dict)
    agent_merged: list[AgentMerged] = field(default_factory=list)


registry = Registry()


def register_filter(item: Filter) -> None:
    registry.filters[item.name] = item


def register_column(item: Column) -> None:
    registry.columns[item.name] = item


def register_panel(item: Panel) -> None:
    registry.panels[item.name] = item


def register_action(item: Action) -> None:
    registry.actions[item.name] = item


def register_list_action(item: ListAction) -> None:
    registry.list_actions[item.name] = item


def register_bulk_action(item: BulkAction) -> None:
    registry.bulk_actions[item.name] = item


def register_record_handler(name: str, handler: RecordHandler) -> None:
    registry.record_handlers[name] = handler


def register_content_place(item: ContentPlace) -> None:
    registry.content_places[item.place] = item


def register_agent_merged(hook: AgentMerged) -> None:
    registry.agent_merged.append(hook)

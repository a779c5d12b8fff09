"""The filters that this room brings itself."""

from __future__ import annotations

from evenhand.conversations.filters.columns import COLUMNS, ConnectionFilter, PickedFilter
from evenhand.conversations.filters.custom import FieldFilter
from evenhand.conversations.filters.dates import DateFilter
from evenhand.conversations.filters.numbers import NUMBERS, SatisfactionFilter
from evenhand.conversations.filters.people import AgentFilter, CustomerFilter, GroupFilter
from evenhand.conversations.filters.tags import TagFilter
from evenhand.conversations.filters.words import WordsFilter
from evenhand.conversations.registry import register_filter

FILTERS = [
    WordsFilter(),
    DateFilter(),
    *COLUMNS,
    TagFilter(),
    AgentFilter(),
    GroupFilter(),
    SatisfactionFilter(),
    CustomerFilter(),
    ConnectionFilter(),
    *NUMBERS,
    FieldFilter(),
    PickedFilter(),
]


def register() -> None:
    for one in FILTERS:
        register_filter(one)

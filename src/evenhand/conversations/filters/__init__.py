"""The filters of the list: what they are, how they stand in the address bar, what they mean in SQL."""

from __future__ import annotations

from evenhand.conversations.filters.base import BadValue, Choice, Filter, Option, either
from evenhand.conversations.filters.selection import Chosen, Selection, select

__all__ = ["BadValue", "Choice", "Chosen", "Filter", "Option", "Selection", "either", "select"]

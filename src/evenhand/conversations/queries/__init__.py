"""Reads of the list: a page of it, how many there are, what stands next to a conversation, what can be chosen."""

from __future__ import annotations

from evenhand.conversations.queries.counts import Count, count
from evenhand.conversations.queries.deadline import TookTooLong, cut_after
from evenhand.conversations.queries.listing import Page, keys, page
from evenhand.conversations.queries.neighbour import neighbour

__all__ = ["Count", "Page", "TookTooLong", "count", "cut_after", "keys", "neighbour", "page"]

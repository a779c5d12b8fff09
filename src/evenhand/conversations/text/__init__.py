"""What the product does with message texts: clean, fold, search, highlight. Pure functions.

Offsets are Unicode code points of the text that was passed in.
"""

from __future__ import annotations

from evenhand.conversations.text.html import html_to_text, sanitise
from evenhand.conversations.text.query import Query, Term, query_terms
from evenhand.conversations.text.quotes import Segment, fold_quotes
from evenhand.conversations.text.snippets import Piece, pieces, snippet
from evenhand.conversations.text.terms import SEARCHED_CHARS, search_terms

__all__ = [
    "SEARCHED_CHARS",
    "Piece",
    "Query",
    "Segment",
    "Term",
    "fold_quotes",
    "html_to_text",
    "pieces",
    "query_terms",
    "sanitise",
    "search_terms",
    "snippet",
]

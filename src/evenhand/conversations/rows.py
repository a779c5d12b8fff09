"""The rows of the list, ready to be written: a page has fifty of them, so their words are put together here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypedDict

from django.template.loader import get_template
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from evenhand.conversations import naming, search
from evenhand.conversations.models import Conversation
from evenhand.conversations.registry import Column
from evenhand.conversations.text import Piece, Query
from evenhand.people.access import Seat


class Cell(TypedDict):
    name: str
    html: SafeString
    tag: dict[str, Any] | None


class Row(TypedDict):
    """A mapping, because templates find a key three times as fast as an attribute."""

    id: str
    url: str
    label: str
    lang: str
    subject: SafeString
    snippet: SafeString
    agent: str
    customer: str
    channel: str
    language: str
    csat: str
    at: datetime
    iso: str
    has_times: bool
    cells: list[Cell]


def rows(
    seat: Seat, conversations: list[Conversation], columns: Sequence[Column], words: Query | None, urls: Iterable[str]
) -> list[Row]:
    extracts = search.snippets(conversations, words) if words else {}
    cells = _cells(seat, conversations, columns)
    channels = {slug: naming.channel(slug) for slug in {one.channel for one in conversations}}
    languages = {code: naming.language(code) if code else "" for code in {one.language for one in conversations}}
    select, score = _("Select %(name)s"), _("%(score)s of %(max)s")
    return [
        Row(
            id=str(one.public_id),
            url=url,
            label=select % {"name": one},
            lang=one.language,
            subject=_subject(one, words),
            snippet=marked(extracts[one.pk]) if one.pk in extracts else escape(one.preview),
            agent=one.main_agent.name if one.main_agent else "",
            customer=one.customer_name or one.customer_email,
            channel=channels[one.channel],
            language=languages[one.language],
            csat=satisfaction(one, score),
            at=one.happened_at,
            iso=one.happened_at.isoformat(timespec="seconds"),
            has_times=one.has_times,
            cells=cells[one.pk],
        )
        for one, url in zip(conversations, urls, strict=True)
    ]


def satisfaction(conversation: Conversation, words: str) -> str:
    """The customer's score with the most that it could be; empty without one."""
    score, most = conversation.csat_score, conversation.csat_max
    if score is None:
        return ""
    shown = number_format(round(score, 1) if score % 1 else int(score))
    return words % {"score": shown, "max": number_format(int(most) if most % 1 == 0 else most)} if most else shown


def marked(pieces: Sequence[Piece]) -> SafeString:
    """The pieces of a text, escaped, with marks around the hits."""
    parts = (f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in pieces)
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped


def _subject(one: Conversation, words: Query | None) -> SafeString:
    if not one.subject:
        return escape(one.title)
    return marked(search.subject_pieces(one, words)) if words else escape(one.subject)


def _cells(seat: Seat, conversations: list[Conversation], columns: Sequence[Column]) -> dict[int, list[Cell]]:
    cells: dict[int, list[Cell]] = {conversation.pk: [] for conversation in conversations}
    for column in columns:
        template, values = get_template(column.template), column.values(seat, conversations)
        # Most rows have nothing to say, all in the same words.
        silent = Cell(name=column.name, html=template.render({"cell": {}}), tag=None)
        for key, row in cells.items():
            value = values.get(key)
            said = value and Cell(name=column.name, html=template.render({"cell": value}), tag=value.get("tag"))
            row.append(said or silent)
    return cells

"""A conversation as a script to read: days, turns, notes and events, with marked passages.

Marks are ranges of Unicode code points in a message's plain text. Every run of text carries its own offset, so that a
selection in the browser can be told in code points again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evenhand.conversations.models import Conversation, Message, MessageVersion
from evenhand.conversations.text import Query, fold_quotes, sanitise


@dataclass(frozen=True)
class Mark:
    """A passage [start, end) that something rests on; `tone` is "", "low" or "auto"."""

    message_id: int
    text_version: int
    start: int
    end: int
    label: str
    href: str
    tone: str = ""
    id: str = ""


@dataclass(frozen=True)
class Cover:
    """A mark over one run: the first run carries its id, the last its link."""

    mark: Mark
    is_first: bool


@dataclass(frozen=True)
class Run:
    """Text without a change of marks; `at` is its offset in code points."""

    text: str
    at: int
    covers: tuple[Cover, ...] = ()
    ends: tuple[Mark, ...] = ()
    found: bool = False


@dataclass(frozen=True)
class Block:
    """One paragraph, in lines of runs."""

    lines: list[list[Run]]


@dataclass(frozen=True)
class Part:
    """What one wrote, quoted or signed. Quotations are folded, unless something in them is marked or found."""

    kind: str
    blocks: list[Block]
    line_count: int
    is_open: bool = False


@dataclass(frozen=True)
class Former:
    """A mark on a text that the source has changed since: the words as they were."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class Day:
    on: date
    kind: str = "day"


@dataclass(frozen=True)
class Event:
    message: Message
    text: str
    at: datetime | None
    kind: str = "event"


@dataclass(frozen=True)
class Turn:
    message: Message
    role: str
    label: str | Promise
    name: str
    at: datetime | None
    is_reviewee: bool
    parts: list[Part]
    former: list[Former] = field(default_factory=list)
    html: str = ""
    kind: str = "turn"

    @property
    def is_other(self) -> bool:
        return self.role == "agent" and not self.is_reviewee


Item = Day | Event | Turn
_LABELS = {
    "customer": _("Customer"),
    "agent": _("Agent"),
    "bot": _("Bot"),
    "note": _("Private note"),
}


def build(
    conversation: Conversation,
    zone: ZoneInfo,
    marks: Iterable[Mark] = (),
    reviewee_id: int | None = None,
    terms: Query | None = None,
    only: Collection[int] | None = None,
) -> list[Item]:
    """The items of a conversation in their order; `only` limits them to these messages, without days.

    `terms` is a search whose hits are marked. Two queries, and one more where a mark points into an older text.
    """
    messages = Message.objects.filter(conversation=conversation).select_related("agent").order_by("position")
    if only is not None:
        messages = messages.filter(pk__in=only)
    by_message: dict[int, list[Mark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        by_message[mark.message_id].append(mark)
    rows = list(messages)
    former = _former(rows, by_message)
    items = [_item(message, zone, by_message[message.pk], former, reviewee_id, terms) for message in rows]
    return items if only is not None else list(_with_days(items))


def _with_days(items: Sequence[Event | Turn]) -> Iterator[Item]:
    today = None
    for item in items:
        if item.at is not None and item.at.date() != today:
            today = item.at.date()
            yield Day(today)
        yield item


def _item(
    message: Message,
    zone: ZoneInfo,
    marks: list[Mark],
    former: dict[tuple[int, int], str],
    reviewee_id: int | None,
    terms: Query | None,
) -> Event | Turn:
    at = message.sent_at.astimezone(zone) if message.sent_at else None
    if message.role == Message.Role.SYSTEM:
        return Event(message, message.text, at)
    role = message.role if message.is_public else "note"
    is_reviewee = reviewee_id is not None and message.agent_id == reviewee_id and role == message.role
    current = [mark for mark in marks if mark.text_version == message.text_version]
    return Turn(
        message=message,
        role=role,
        label=_("Agent, reviewee") if is_reviewee and role == "agent" else _LABELS[role],
        name=message.agent.name if message.agent else message.author_name,
        at=at,
        is_reviewee=is_reviewee or reviewee_id is None,
        parts=parts(message.text, current, terms),
        former=[
            Former(mark, former[message.pk, mark.text_version][mark.start : mark.end])
            for mark in marks
            if (message.pk, mark.text_version) in former
        ],
        html=sanitise(message.html) if message.html else "",
    )


def _former(rows: list[Message], by_message: dict[int, list[Mark]]) -> dict[tuple[int, int], str]:
    """Texts of older versions that marks point into."""
    versions = {message.pk: message.text_version for message in rows}
    wanted = {(m.message_id, m.text_version) for marks in list(by_message.values()) for m in marks}
    wanted = {(key, version) for key, version in wanted if key in versions and versions[key] != version}
    if not wanted:
        return {}
    texts = MessageVersion.objects.filter(message__in={key for key, _version in wanted})
    found = {(v.message_id, v.version): v.text for v in texts}
    return {key: text for key, text in found.items() if key in wanted}


def parts(text: str, marks: Sequence[Mark] = (), terms: Query | None = None) -> list[Part]:
    """A message's text in parts, their paragraphs in runs, each with its marks and hits."""
    cuts = _Cuts(text, marks, terms)
    return [
        Part(
            kind=segment.kind,
            blocks=[Block([cuts.runs(*line) for line in lines]) for lines in _paragraphs(segment.text, segment.start)],
            line_count=segment.text.strip().count("\n") + 1,
            is_open=cuts.touches(segment.start, segment.end),
        )
        for segment in fold_quotes(text)
        if segment.text.strip()
    ]


def _paragraphs(text: str, at: int) -> Iterator[list[tuple[int, int]]]:
    """Ranges of lines, gathered into paragraphs by blank lines."""
    lines: list[tuple[int, int]] = []
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, at + len(line.rstrip())))
        elif lines:
            yield lines
            lines = []
        at += len(line) + 1
    if lines:
        yield lines


class _Cuts:
    """Where runs begin and end: at the ends of marks and of search hits."""

    def __init__(self, text: str, marks: Sequence[Mark], terms: Query | None) -> None:
        self.text = text
        self.marks = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
        self.hits = terms.matches(text) if terms else []
        ranges = [*((mark.start, mark.end) for mark in self.marks), *self.hits]
        self.edges = sorted({edge for both in ranges for edge in both})
        self.last = {mark: _last_visible(text, mark) for mark in self.marks}

    def touches(self, start: int, end: int) -> bool:
        ranges = [*((mark.start, mark.end) for mark in self.marks), *self.hits]
        return any(a < end and start < b for a, b in ranges)

    def runs(self, start: int, end: int) -> list[Run]:
        cuts = [start, *(edge for edge in self.edges if start < edge < end), end]
        return [self._run(a, b, a == start) for a, b in pairwise(cuts)]

    def _run(self, start: int, end: int, is_line_start: bool) -> Run:
        over = [mark for mark in self.marks if mark.start < end and start < mark.end]
        return Run(
            text=self.text[start:end],
            at=start,
            covers=tuple(Cover(m, m.start == start or (is_line_start and self._begins_here(m, start))) for m in over),
            ends=tuple(mark for mark in over if start < self.last[mark] <= end),
            found=any(a < end and start < b for a, b in self.hits),
        )

    def _begins_here(self, mark: Mark, start: int) -> bool:
        """The mark began in the blank before this line."""
        return mark.start <= start and not self.text[mark.start : start].strip()


def _last_visible(text: str, mark: Mark) -> int:
    """Where a mark ends that reaches over the blank at the end of its line."""
    return mark.start + len(text[mark.start : mark.end].rstrip()) or mark.end

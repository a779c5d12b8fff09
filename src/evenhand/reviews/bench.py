"""The review page: what is reviewed, on which scorecard, as it stands."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from evenhand.conversations import transcript
from evenhand.conversations.models import Agent, Conversation, Message, MessageVersion, Participation
from evenhand.conversations.text import query_terms
from evenhand.people.access import Seat
from evenhand.reviews import access, fitting, queries, queue, scoring, sheet, tickets
from evenhand.reviews.answers import Answers
from evenhand.reviews.cards import Card, CardCategory, card
from evenhand.reviews.marks import marks_of
from evenhand.reviews.models import DrawItem, Review
from evenhand.reviews.services.drafts import restored
from evenhand.reviews.tickets import Ticket
from evenhand.reviews.words import shown


@dataclass(frozen=True)
class Option:
    """One line of a select; `value` goes into the address."""

    value: str
    label: str
    chosen: bool = False


@dataclass
class Bench:
    """Everything that the page shows. Without a pair there is nobody to review, without a card nothing to ask."""

    seat: Seat
    conversation: Conversation
    pairs: list[Participation]
    pair: Participation | None = None
    message: Message | None = None
    card: Card | None = None
    categories: tuple[CardCategory, ...] = ()
    item: DrawItem | None = None
    draft: Review | None = None
    answers: Answers = field(default_factory=Answers)
    ticket: Ticket | None = None
    people: list[Option] = field(default_factory=list)
    replies: list[tuple[str, list[Option]]] = field(default_factory=list)
    cards: list[Option] = field(default_factory=list)
    own: list[Review] = field(default_factory=list)
    queue: queue.Queue = field(default_factory=queue.Queue)
    items: list[transcript.Item] = field(default_factory=list)
    groups: list[sheet.GroupBox] = field(default_factory=list)
    scored: scoring.Scored | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    tab: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    # What else the address carries, to be kept when another reviewee or scorecard is chosen.
    kept: list[tuple[str, str]] = field(default_factory=list)

    @property
    def signed(self) -> str:
        return tickets.sign(self.ticket) if self.ticket else ""

    @property
    def so_far(self) -> str:
        return shown(self.scored.by(self.seat.workspace.score_method)) if self.scored else ""

    @property
    def failed(self) -> bool:
        return bool(self.scored and self.scored.critical_failed)

    @property
    def rated(self) -> int:
        return self.answers.given(self.categories)


def open_bench(seat: Seat, conversation: Conversation, params: QueryDict) -> Bench:
    """The page as its address asks for it, with the draft where there is one."""
    prefetch_related_objects([conversation], "tags")
    bench = Bench(seat, conversation, queries.pairs(conversation))
    bench.item = item_in(seat, conversation, params)
    bench.queue = queue.describe(bench.item, params.get("from", ""))
    bench.kept = [(name, value) for name, values in params.lists() if name not in ("who", "card") for value in values]
    _choose_pair(bench, params.get("who", ""))
    if bench.pair is not None:
        access.require_review(seat, bench.pair.agent)
        drafts = queries.drafts_of(seat, conversation)
        _choose_card(bench, bench.pair, params.get("card", ""), drafts)
        _options(bench)
        bench.own = queries.own_reviews(seat, bench.pair)
    if bench.pair is not None and bench.card is not None:
        _take_up(bench, bench.pair, bench.card, params.get("from", ""))
    arrange(bench, params.get("q", ""))
    return bench


def item_in(seat: Seat, conversation: Conversation, params: QueryDict) -> DrawItem | None:
    """The drawn pair that the address names, if it is one of this conversation."""
    named = params.get("item", "")
    return queries.item_of(seat, named, conversation) if _is_uuid(named) else None


def _choose_pair(bench: Bench, who: str) -> None:
    """`who` is an agent's public id, with ".POSITION" for one message of theirs."""
    agent, _dot, position = who.partition(".")
    if agent:
        bench.pair = next((pair for pair in bench.pairs if str(pair.agent.public_id) == agent), None)
        if bench.pair is None:
            raise Http404(_("This agent has no reply in the conversation."))
    elif bench.item is not None:
        bench.pair = next((pair for pair in bench.pairs if pair.pk == bench.item.participation_id), None)
    bench.pair = bench.pair or queries.first_pair(bench.seat, bench.conversation, bench.pairs)
    if bench.pair and position.isascii() and position.isdigit():
        messages = Message.objects.filter(conversation=bench.conversation, agent=bench.pair.agent, is_public=True)
        bench.message = messages.filter(position=int(position)).first()
        if bench.message is None:
            raise Http404(_("There is no such message."))
    # One message, or another agent, is not what was drawn.
    if bench.item and (bench.message or not bench.pair or bench.pair.pk != bench.item.participation_id):
        bench.item = None


def _choose_card(bench: Bench, pair: Participation, wanted: str, drafts: list[Review]) -> None:
    offered = fitting.published(bench.seat.workspace)
    message = bench.message.pk if bench.message else None
    mine = {
        draft.scorecard_id: draft
        for draft in reversed(drafts)
        if draft.agent_id == pair.agent_id and draft.message_id == message
    }
    # A draft keeps the version on which it was begun.
    offered = [card(mine[of.scorecard_id].version) if of.scorecard_id in mine else of for of in offered]
    gone = [draft for key, draft in mine.items() if key not in {of.scorecard_id for of in offered}]
    offered += [card(draft.version) for draft in gone]
    about = fitting.FactsOf(bench.conversation)
    bench.card = next((of for of in offered if of.key == wanted), None)
    if bench.card is None and mine:
        newest = list(mine)[-1]
        bench.card = next(of for of in offered if of.scorecard_id == newest)
    if bench.card is None:
        last = queries.last_scorecard(bench.seat)
        bench.card = fitting.choose(offered, about, prefer=lambda of: of.scorecard_id == last)
    bench.cards = [
        Option(of.key, _("%(name)s, v%(number)d") % {"name": of.name, "number": of.number}, of is bench.card)
        for of in offered
    ]
    if bench.card:
        bench.categories = fitting.visible(bench.card, about)
        bench.draft = mine.get(bench.card.scorecard_id)


def _options(bench: Bench) -> None:
    allowed = [pair for pair in bench.pairs if access.may_review(bench.seat, pair.agent)]
    chosen = bench.pair.agent_id if bench.pair else None
    bench.people = [
        Option(str(pair.agent.public_id), _named(pair.agent), pair.agent_id == chosen and bench.message is None)
        for pair in allowed
    ]
    written = queries.replies(bench.conversation)
    for pair in allowed:
        theirs = [message for message in written if message.agent_id == pair.agent_id]
        options = [
            Option(
                f"{pair.agent.public_id}.{message.position}",
                _said(message, pair.agent),
                bench.message is not None and bench.message.pk == message.pk,
            )
            for message in theirs
        ]
        bench.replies.append((_("One message of %(agent)s") % {"agent": pair.agent.name}, options))


def _named(agent: Agent) -> str:
    return _("%(name)s (bot)") % {"name": agent.name} if agent.is_bot else agent.name


def _said(message: Message, agent: Agent) -> str:
    words = " ".join(message.text.split())[:48]
    return _("%(number)d. %(agent)s: “%(words)s”") % {
        "number": message.position + 1, "agent": agent.name, "words": words
    }  # fmt: skip


def _take_up(bench: Bench, pair: Participation, of: Card, source: str) -> None:
    """The ticket with which this page saves and submits, and what was answered so far."""
    item = bench.item
    seen = access.visible(bench.seat).filter(participation=pair).exists()
    bench.ticket = Ticket(
        user=bench.seat.user.pk,
        workspace=bench.seat.workspace.pk,
        conversation=bench.conversation.pk,
        participation=pair.pk,
        agent=pair.agent_id,
        scorecard=of.scorecard_id,
        version=of.version_id,
        card=of.key,
        message=bench.message.pk if bench.message else None,
        selection=Review.Selection.DRAW if item else tickets.claimed(source),
        draw_item=item.pk if item else None,
        probability=item.probability if item else None,
        blind=not seen,
    )
    if bench.draft is not None:
        bench.answers = restored(bench.draft)


def arrange(bench: Bench, search: str = "") -> None:
    """Everything that follows from the answers: score, marks, rows of the panel."""
    terms = query_terms(search) if search else None
    marks = marks_of(bench.categories, bench.answers)
    reviewee = bench.pair.agent_id if bench.pair else None
    bench.items = transcript.build(bench.conversation, bench.seat.zone, marks, reviewee, terms or None)
    if bench.card is None:
        return
    bench.scored = scoring.score(bench.answers, bench.categories)
    method = bench.seat.workspace.score_method
    texts = texts_of(bench.items, bench.answers)
    bench.groups = sheet.boxes(bench.card, bench.categories, bench.answers, method, texts, bench.faults)


def texts_of(items: list[transcript.Item], answers: Answers) -> dict[tuple[int, int], str]:
    """The texts that passages point into: those on the page, and older ones."""
    messages = [item.message for item in items if isinstance(item, transcript.Turn | transcript.Event)]
    texts = {(message.pk, message.text_version): message.text for message in messages}
    older = [p for p in answers.passages() if (p.message, p.version) not in texts]
    if older:
        versions = MessageVersion.objects.filter(message__in={p.message for p in older})
        texts |= {(version.message_id, version.version): version.text for version in versions}
    return texts


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True

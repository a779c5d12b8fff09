"""Drafts live on the server: close the browser, lose nothing; a second tab is told."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from evenhand.conversations.models import Conversation
from evenhand.people.access import Seat
from evenhand.people.kept import Given, Kept
from evenhand.people.models import Role
from evenhand.reviews import queries
from evenhand.reviews.answers import Answers
from evenhand.reviews.cards import card_of
from evenhand.reviews.models import DrawItem, Review
from evenhand.reviews.services.work import Work, prepare
from evenhand.reviews.tickets import Ticket

LONGEST_SITTING = 4 * 3600
"""Seconds of active time that one save may add at most."""
_GRACE = 2.0
_TRIES = 5
_MOVING = ("draft_number", "active_seconds")
"""They only grow: a draft that has them unchanged was not written in the meantime."""
_READ = (*_MOVING, "blind", "draw_item_id", "draft", "comment", "updated_at")


class Conflict(Exception):
    """The draft is not the one that the page knows: another tab has saved it, or it was submitted or discarded."""

    def __init__(self, review: Review | None = None) -> None:
        super().__init__("draft conflict")
        self.review = review


@dataclass(frozen=True)
class Save:
    """What a page sends: answers, the draft's number that it knows, which tab it is, its turn, seconds worked.

    Turns of one tab count up, so that an answer that was lost on the way, or overtaken, is no conflict.
    """

    answers: Answers
    number: int = 0
    tab: str = ""
    turn: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Saved:
    number: int
    at: datetime
    work: Work
    before: Answers
    active_seconds: int


def save_draft(seat: Seat, conversation: Conversation, ticket: Ticket, save: Save) -> Saved:
    """Keep what has been answered so far. Raises `Refused` or `Conflict`; then nothing is written.

    The lock is held for one statement alone, which writes if the draft still is what was read; else it is read again.
    """
    work = prepare(conversation, card_of(ticket.version, ticket.card), save.answers)
    for _ in range(_TRIES):
        review = _found(ticket, save) or _made(seat, ticket, save)
        before, known = restored(review), {name: getattr(review, name) for name in _MOVING}
        review.active_seconds += worked(review, ticket, save)
        if is_newer(review, save) and (before != save.answers or not review.draft_number):
            review.draft_number += 1
            review.draft = stored(save)
            review.comment = save.answers.comment
        if _write(review, work, known, seen=not ticket.blind):
            return Saved(review.draft_number, timezone.now(), work, before, review.active_seconds)
    raise Conflict(review)


def start_or_get_draft(seat: Seat, ticket: Ticket) -> Review:
    """The one draft of this person for this pair (or message) and scorecard; made where there is none."""
    if found := drafts_of(ticket).select_for_update().first():
        return found
    try:
        with transaction.atomic():
            return _new(seat, ticket)
    except IntegrityError:
        # Another tab made it in the meantime.
        return drafts_of(ticket).select_for_update().first() or _new(seat, ticket)


def drafts_of(ticket: Ticket) -> QuerySet[Review]:
    """The one draft that a page with this ticket writes, if it was begun."""
    return _drafts(ticket.user, ticket.conversation, ticket.agent, ticket.scorecard, ticket.message)


def _drafts(user: Any, conversation: Any, agent: Any, scorecard: Any, message: Any) -> QuerySet[Review]:
    return Review.objects.filter(
        reviewer_id=user, conversation_id=conversation, agent_id=agent, scorecard_id=scorecard, message_id=message,
        state=Review.State.DRAFT, deleted_at=None,
    )  # fmt: skip


def _kept(message: Given | None) -> Kept[Review]:
    keys = [Given(name) for name in ("user", "conversation", "agent", "scorecard")]
    return Kept(lambda: _drafts(*keys, message).only(*_READ))


# "IS NULL" takes no value, so it is another query.
_OF_PAIR, _OF_MESSAGE = _kept(None), _kept(Given("message"))


def claim(seat: Seat, ticket: Ticket, save: Save) -> Review:
    """The draft, for this page to write to; inside a transaction."""
    found = drafts_of(ticket).select_for_update().first()
    if found is None and save.number:
        raise Conflict
    review = found or start_or_get_draft(seat, ticket)
    _refuse_another_tab(review, save)
    if ticket.draw_item and review.draw_item_id != ticket.draw_item:
        _take_item(review, ticket)
    return review


def _found(ticket: Ticket, save: Save) -> Review | None:
    """The draft as it is now, unless this save begins it, or gives it a drawn pair."""
    drafts = _OF_PAIR if ticket.message is None else _OF_MESSAGE
    review = next(iter(drafts.ask(**vars(ticket))), None)
    if review is None or (ticket.draw_item and review.draw_item_id != ticket.draw_item):
        return None
    _refuse_another_tab(review, save)
    return review


def _made(seat: Seat, ticket: Ticket, save: Save) -> Review:
    with transaction.atomic():
        return claim(seat, ticket, save)


def _refuse_another_tab(review: Review, save: Save) -> None:
    same_tab = review.draft.get("tab") == save.tab
    if review.draft_number != save.number and not same_tab and restored(review) != save.answers:
        raise Conflict(review)


def is_newer(review: Review, save: Save) -> bool:
    return review.draft.get("tab") != save.tab or save.turn > review.draft.get("turn", -1)


def worked(review: Review, ticket: Ticket, save: Save) -> int:
    """The active seconds to add: never more than the clock allows since the last save or the page's beginning."""
    since = max(ticket.issued, review.updated_at.timestamp() if review.draft_number else 0.0)
    possible = max(0.0, time.time() - since) + _GRACE
    return round(max(0.0, min(save.seconds, possible, LONGEST_SITTING)))


def discard(seat: Seat, review: Review) -> None:
    """Throw a draft away; its drawn pair stays open for somebody else."""
    Review.objects.filter(pk=review.pk, reviewer=seat.user, state=Review.State.DRAFT).update(
        deleted_at=Now(), updated_at=Now(), draw_item=None
    )


def stored(save: Save) -> dict[str, object]:
    return {"answers": save.answers.stored(), "tab": save.tab, "turn": save.turn}


def restored(review: Review) -> Answers:
    return Answers.restored(review.draft.get("answers", {}), review.comment)


def kind_of(seat: Seat, agent_user_id: int | None) -> str:
    """Self for oneself; else by what the reviewer is in this workspace."""
    if agent_user_id == seat.user.pk:
        return Review.Kind.SELF
    if seat.leads:
        return Review.Kind.MANAGER
    return Review.Kind.PEER if Role.AGENT in seat.roles else Review.Kind.SPECIALIST


def _new(seat: Seat, ticket: Ticket) -> Review:
    review = Review(
        workspace_id=ticket.workspace, conversation_id=ticket.conversation, participation_id=ticket.participation,
        agent_id=ticket.agent, message_id=ticket.message, reviewer_id=ticket.user, scorecard_id=ticket.scorecard,
        version_id=ticket.version, selection=ticket.selection, blind=ticket.blind,
        started_at=datetime.fromtimestamp(ticket.issued, tz=timezone.get_current_timezone()),
    )  # fmt: skip
    pair = review.participation
    review.dated_at = pair.dated_at
    review.kind = kind_of(seat, pair.agent.user_id)
    _give_item(review, ticket)
    review.save(force_insert=True)
    review.refresh_from_db(fields=["created_at"])
    return review


def _give_item(review: Review, ticket: Ticket) -> bool:
    """Let the review answer a drawn pair, unless the draw is closed or this person has submitted one for it already.

    A draft of theirs on another scorecard gives the pair up: one drawn pair wants one review from each.
    """
    if ticket.draw_item is None:
        return False
    others = Review.objects.filter(draw_item=ticket.draw_item, reviewer=ticket.user, deleted_at=None)
    closed = not queries.wanted_items().filter(pk=ticket.draw_item).exists()
    if closed or others.filter(state=Review.State.SUBMITTED).exists():
        if review.selection == Review.Selection.DRAW:
            review.selection = Review.Selection.LINK
        return False
    others.update(draw_item=None, probability=None, selection=Review.Selection.LINK, updated_at=Now())
    review.draw_item_id = ticket.draw_item
    review.probability = ticket.probability
    review.selection = Review.Selection.DRAW
    return True


def _take_item(review: Review, ticket: Ticket) -> None:
    if _give_item(review, ticket):
        fields = {name: getattr(review, name) for name in ("draw_item_id", "probability", "selection")}
        Review.objects.filter(pk=review.pk).update(**fields)


def _write(review: Review, work: Work, known: dict[str, Any], seen: bool) -> bool:
    """Whether the draft still was what was known of it, and is now what this page says. Once seen is never blind."""
    scored = work.scored
    values: dict[str, Any] = {
        "draft": review.draft, "draft_number": review.draft_number, "comment": review.comment,
        "active_seconds": review.active_seconds, "score": scored.score, "score_over_max": scored.over_max,
        "critical_failed": scored.critical_failed, "updated_at": Now(),
    }  # fmt: skip
    if seen:
        values["blind"] = False
    still = Review.objects.filter(pk=review.pk, state=Review.State.DRAFT, deleted_at=None, **known)
    return bool(still.update(**values))


def settle_item(item_id: int) -> None:
    """A drawn pair is reviewed when as many people as it wants have submitted, and open while they have not."""
    done = Review.objects.filter(draw_item=item_id, state=Review.State.SUBMITTED, deleted_at=None)
    reviewers = list(done.order_by("submitted_at", "pk").values_list("reviewer_id", flat=True))
    item = DrawItem.objects.filter(pk=item_id).exclude(state=DrawItem.State.REFUSED)
    item.filter(wanted__lte=len(reviewers)).update(
        state=DrawItem.State.REVIEWED, reviewer=reviewers[-1] if reviewers else None, updated_at=Now()
    )
    item.filter(wanted__gt=len(reviewers)).update(state=DrawItem.State.OPEN, reviewer=None, updated_at=Now())

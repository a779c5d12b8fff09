"""Reviews told from the past, submitted through the service that the review page uses."""

from __future__ import annotations

import random
from datetime import datetime

from evenhand.conversations.models import Message, Participation
from evenhand.people.access import Seat
from evenhand.reviews.answers import Answer, Answers, Passage
from evenhand.reviews.cards import CardCategory, card_of
from evenhand.reviews.models import DrawItem, Review
from evenhand.reviews.services import Save, submit
from evenhand.reviews.tickets import Ticket
from evenhand.scorecards.models import ScorecardVersion

CAUSE_NAMED = 0.8


def submit_past(
    seat: Seat, pair: Participation, version: ScorecardVersion, ratings: dict[str, int | None], comment: str,
    at: datetime, item: DrawItem | None, chance: random.Random,
) -> Review:  # fmt: skip
    card = card_of(version.pk)
    answers = {c.key: _answer(c, ratings[c.name], chance) for c in card.categories}
    lowest = min(card.categories, key=lambda c: _percent(c, ratings[c.name]))
    if _percent(lowest, ratings[lowest.name]) < 50 and (passage := _opening(pair, chance)):
        answers[lowest.key] = _with_passage(answers[lowest.key], passage)
    ticket = Ticket(
        user=seat.user.pk, workspace=seat.workspace.pk, conversation=pair.conversation_id, participation=pair.pk,
        agent=pair.agent_id, scorecard=version.scorecard_id, version=version.pk,
        selection=Review.Selection.DRAW if item else Review.Selection.LIST, draw_item=item.pk if item else None,
        probability=item.probability if item else None, blind=item is not None,
    )  # fmt: skip
    return submit(seat, pair.conversation, ticket, Save(Answers(answers, comment)), confirmed=True, at=at)


def _answer(category: CardCategory, points: int | None, chance: random.Random) -> Answer:
    if points is None:
        return Answer(na=True)
    causes: tuple[str, ...] = ()
    if category.asks(category.step(float(points))) and category.causes and chance.random() < CAUSE_NAMED:
        causes = (chance.choice(category.causes).key,)
    return Answer(points=float(points), causes=causes)


def _percent(category: CardCategory, points: int | None) -> float:
    step = category.step(None if points is None else float(points))
    return step.minmax if step else 101.0


def _opening(pair: Participation, chance: random.Random) -> Passage | None:
    """A sentence of one of the agent's own replies, for the rating that a low score rests on."""
    theirs = Message.objects.filter(conversation=pair.conversation_id, agent=pair.agent_id, is_public=True)
    replies = list(theirs.order_by("position"))
    long_enough = [m for m in replies if len(m.text) > 60]
    if not long_enough:
        return None
    message = chance.choice(long_enough)
    start = message.text.find("\n\n") + 2 if "\n\n" in message.text[:60] else 0
    end = next((i + 1 for i in range(start + 30, len(message.text)) if message.text[i] in ".?!。؟"), len(message.text))
    return Passage(message.pk, message.text_version, start, end)


def _with_passage(answer: Answer, passage: Passage) -> Answer:
    return Answer(answer.points, answer.na, answer.causes, answer.other, (passage,))

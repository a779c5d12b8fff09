"""What is computed before a transaction begins: categories, checks, scores."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.conversations.models import Conversation, Message, MessageVersion
from evenhand.reviews import fitting, scoring
from evenhand.reviews.answers import Answers, Refused, check
from evenhand.reviews.cards import Card, CardCategory


@dataclass(frozen=True)
class Work:
    """Answers that passed every check but completeness, with the categories they answer and their score."""

    answers: Answers
    card: Card
    categories: tuple[CardCategory, ...]
    scored: scoring.Scored


def prepare(conversation: Conversation, of: Card, answers: Answers, extra: frozenset[str] = frozenset()) -> Work:
    """Check answers against the scorecard and the conversation. `extra` names categories shown all the same.

    Raises `Refused` with what is wrong, by category.
    """
    shown = fitting.visible(of, fitting.FactsOf(conversation))
    if extra:
        keys = {category.key for category in shown} | extra
        shown = tuple(category for category in of.categories if category.key in keys)
    check(answers, shown)
    check_passages(conversation, answers)
    return Work(answers, of, shown, scoring.score(answers, shown))


def check_passages(conversation: Conversation, answers: Answers) -> None:
    """Every passage lies inside a text of this conversation."""
    passages = answers.passages()
    if not passages:
        return
    lengths = text_lengths(conversation, {passage.message for passage in passages})
    wrong = {p for p in passages if not 0 <= p.start < p.end <= lengths.get(p.message, {}).get(p.version, 0)}
    hit = [key for key, answer in answers.by_category.items() if not wrong.isdisjoint(answer.passages)]
    if hit:
        raise Refused(dict.fromkeys(hit, _("A passage lies outside its message: attach it again.")))


def text_lengths(conversation: Conversation, messages: set[int]) -> dict[int, dict[int, int]]:
    """How many code points each text version of these messages has."""
    lengths: dict[int, dict[int, int]] = defaultdict(dict)
    current = Message.objects.filter(conversation=conversation, pk__in=messages)
    for key, version, text in current.values_list("pk", "text_version", "text"):
        lengths[key][version] = len(text)
    older = MessageVersion.objects.filter(message__in=list(lengths))
    for key, version, text in older.values_list("message_id", "version", "text"):
        lengths[key].setdefault(version, len(text))
    return lengths

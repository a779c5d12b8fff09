"""Evidence as marks of the transcript: the rating's name leads to the passage, the passage to the rating."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.conversations.transcript import Mark
from evenhand.reviews.answers import Answers, Passage
from evenhand.reviews.cards import CardCategory


def anchor(category: CardCategory, passage: Passage) -> str:
    return f"e-{category.key[-12:]}-{passage.message}-{passage.start}-{passage.end}"


def marks_of(categories: Iterable[CardCategory], answers: Answers) -> list[Mark]:
    return [_mark(category, answers, passage) for category in categories for passage in answers.of(category).passages]


def _mark(category: CardCategory, answers: Answers, passage: Passage) -> Mark:
    step = category.step(answers.of(category).points)
    return Mark(
        message_id=passage.message,
        text_version=passage.version,
        start=passage.start,
        end=passage.end,
        label=f"{category.name} {step.number}" if step else category.name,
        href=f"#c-{category.key}",
        tone="low" if step and step.is_low else "",
        id=anchor(category, passage),
    )

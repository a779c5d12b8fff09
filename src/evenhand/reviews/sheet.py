"""The rating panel's rows: groups, categories, scales with what each answer comes to, what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evenhand.reviews.answers import Answer, Answers, Passage
from evenhand.reviews.cards import Card, CardCategory, Cause, Step
from evenhand.reviews.marks import anchor
from evenhand.scorecards.models import RootCause

_EXCERPT = 32


@dataclass(frozen=True)
class StepLine:
    step: Step
    percent: float
    chosen: bool
    asks: bool


@dataclass(frozen=True)
class PassageLine:
    passage: Passage
    href: str
    excerpt: str


@dataclass(frozen=True)
class CauseLine:
    cause: Cause
    kind: str
    chosen: bool


@dataclass(frozen=True)
class Line:
    """One category as the panel shows it."""

    category: CardCategory
    share: float
    answer: Answer
    steps: list[StepLine]
    causes: list[CauseLine]
    passages: list[PassageLine]
    fault: str = ""

    @property
    def chosen(self) -> StepLine | None:
        return next((line for line in self.steps if line.chosen), None)

    @property
    def is_low(self) -> bool:
        return bool(self.chosen and self.chosen.step.is_low)

    @property
    def guided(self) -> bool:
        return any(line.step.guidance for line in self.steps)

    @property
    def told_causes(self) -> list[str]:
        named = [f"{line.cause.label} ({line.kind})" for line in self.causes if line.chosen]
        return [*named, self.answer.other] if self.answer.other else named

    @property
    def asks(self) -> bool:
        return bool(self.chosen and self.chosen.asks)


@dataclass(frozen=True)
class GroupBox:
    name: str
    share: float
    lines: list[Line]


def boxes(
    card: Card,
    categories: Iterable[CardCategory],
    answers: Answers,
    method: str,
    texts: Mapping[tuple[int, int], str],
    faults: Mapping[str, str] | None = None,
) -> list[GroupBox]:
    """The categories by group. Shares are of the weights of what is shown, between 0 and 1."""
    shown = list(categories)
    total = sum(category.weight for category in shown) or 1
    lines = [_line(category, answers, method, total, texts, faults or {}) for category in shown]
    names: dict[int | None, str] = {None: "", **dict(card.groups)}
    found = []
    for group in dict.fromkeys(category.group_id for category in shown):
        inside = [line for line in lines if line.category.group_id == group]
        found.append(GroupBox(names.get(group, ""), sum(line.share for line in inside), inside))
    return found


def _line(
    category: CardCategory,
    answers: Answers,
    method: str,
    total: int,
    texts: Mapping[tuple[int, int], str],
    faults: Mapping[str, str],
) -> Line:
    answer = answers.of(category)
    chosen = category.step(answer.points)
    return Line(
        category=category,
        share=category.weight / total,
        answer=answer,
        steps=[StepLine(s, s.percent(method), s is chosen, category.asks(s)) for s in category.steps],
        causes=[CauseLine(c, str(RootCause.Kind(c.kind).label), c.key in answer.causes) for c in category.causes],
        passages=[PassageLine(p, f"#{anchor(category, p)}", excerpt(p, texts)) for p in answer.passages],
        fault=faults.get(category.key, ""),
    )


def excerpt(passage: Passage, texts: Mapping[tuple[int, int], str]) -> str:
    words = " ".join(texts.get((passage.message, passage.version), "")[passage.start : passage.end].split())
    return words if len(words) <= _EXCERPT else words[: _EXCERPT - 1].rstrip() + "…"

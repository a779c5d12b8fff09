"""What a reviewer has answered so far: read from a form, kept in a draft, checked before it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.reviews.cards import CardCategory

LONGEST_COMMENT = 20_000
LONGEST_CAUSE = 300
MOST_PASSAGES = 50
_PASSAGE = re.compile(r"(\d{1,18}):(\d{1,9}):(\d{1,9}):(\d{1,9})", re.ASCII)


class Refused(ValueError):
    """What keeps a review from being taken: a sentence for each category, "" for the whole."""

    def __init__(self, faults: Mapping[str, str], confirm: bool = False) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = dict(faults)
        self.confirm = confirm


@dataclass(frozen=True, order=True)
class Passage:
    """Code points [start, end) of one text version of one message."""

    message: int
    version: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.message}:{self.version}:{self.start}:{self.end}"

    @classmethod
    def parse(cls, text: str) -> Passage:
        found = _PASSAGE.fullmatch(text.strip())
        if not found:
            raise ValueError(text)
        return cls(*(int(part) for part in found.groups()))


@dataclass(frozen=True)
class Answer:
    """One category: points, or not applicable, or neither yet."""

    points: float | None = None
    na: bool = False
    causes: tuple[str, ...] = ()
    other: str = ""
    passages: tuple[Passage, ...] = ()

    @property
    def is_given(self) -> bool:
        return self.na or self.points is not None

    @property
    def is_empty(self) -> bool:
        return self == Answer()

    def stored(self) -> dict[str, Any]:
        return {
            "points": self.points,
            "na": self.na,
            "causes": list(self.causes),
            "other": self.other,
            "passages": [str(passage) for passage in self.passages],
        }

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> Answer:
        return cls(
            points=kept.get("points"),
            na=kept.get("na", False),
            causes=tuple(kept.get("causes", ())),
            other=kept.get("other", ""),
            passages=tuple(Passage.parse(text) for text in kept.get("passages", ())),
        )


@dataclass(frozen=True)
class Answers:
    """A whole review as it stands, by the public ids of its categories."""

    by_category: Mapping[str, Answer] = field(default_factory=dict)
    comment: str = ""

    def of(self, category: CardCategory) -> Answer:
        return self.by_category.get(category.key, Answer())

    def given(self, categories: Iterable[CardCategory]) -> int:
        return sum(self.of(category).is_given for category in categories)

    def passages(self) -> set[Passage]:
        return {passage for answer in self.by_category.values() for passage in answer.passages}

    def stored(self) -> dict[str, Any]:
        return {key: answer.stored() for key, answer in sorted(self.by_category.items()) if not answer.is_empty}

    @classmethod
    def restored(cls, kept: Mapping[str, Any], comment: str) -> Answers:
        return cls({key: Answer.restored(answer) for key, answer in kept.items()}, comment)


def check(answers: Answers, categories: Iterable[CardCategory]) -> None:
    """Refuse points that are on no scale, N/A where it is not allowed, causes of another category."""
    shown = {category.key: category for category in categories}
    faults = {}
    for key, answer in answers.by_category.items():
        category = shown.get(key)
        if category is None:
            faults[""] = _("This scorecard does not ask that here: load the page again.")
        elif fault := _fault(answer, category):
            faults[key] = fault
    if len(answers.comment) > LONGEST_COMMENT:
        faults[""] = _("The comment is longer than %(most)d characters.") % {"most": LONGEST_COMMENT}
    if faults:
        raise Refused(faults)


def _fault(answer: Answer, category: CardCategory) -> str:
    name = category.name
    if answer.na and not category.allow_na:
        return _("%(category)s has to be rated: not applicable is switched off for it.") % {"category": name}
    if answer.na and answer.points is not None:
        return _("%(category)s is both rated and not applicable.") % {"category": name}
    if answer.points is not None and category.step(answer.points) is None:
        return _("%(points)g is not on the scale of %(category)s.") % {"points": answer.points, "category": name}
    if not set(answer.causes) <= {cause.key for cause in category.causes}:
        return _("%(category)s does not have that root cause: load the page again.") % {"category": name}
    if len(answer.other) > LONGEST_CAUSE:
        return _("The other root cause of %(category)s is too long.") % {"category": name}
    if len(answer.passages) > MOST_PASSAGES:
        return _("%(category)s has more than %(most)d passages.") % {"category": name, "most": MOST_PASSAGES}
    return ""


def check_complete(answers: Answers, categories: Iterable[CardCategory], confirmed: bool = False) -> None:
    """Refuse while something is not answered; ask once where everything is not applicable."""
    asked = list(categories)
    open_ = [category for category in asked if not answers.of(category).is_given]
    if not asked:
        raise Refused({"": _("This scorecard asks nothing of this conversation. Choose another one.")})
    if open_:
        raise Refused({category.key: _unanswered(category) for category in open_} | {"": _missing(open_)})
    if not confirmed and all(answers.of(category).na for category in asked):
        raise Refused(
            {"": _("Nothing was applicable, so this review will have no score. Submit once more if that is so.")},
            confirm=True,
        )


def _unanswered(category: CardCategory) -> str:
    if category.allow_na:
        return _("%(category)s is not rated yet; 0 is for not applicable.") % {"category": category.name}
    return _("%(category)s is not rated yet.") % {"category": category.name}


def _missing(open_: list[CardCategory]) -> str:
    names = get_text_list([category.name for category in open_], _("and"))
    return ngettext("%(names)s is not rated yet.", "%(names)s are not rated yet.", len(open_)) % {"names": names}

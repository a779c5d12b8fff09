"""What a rater is: a card that says what it promises, and a function of one conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Protocol

from .conversation import Conversation
from .features import Features
from .needs import Need
from .rating import Rating


class Kind(StrEnum):
    """category: may serve a scorecard's category. measure: a number of how it was handled. spotlight: a flag."""

    CATEGORY = "category"
    MEASURE = "measure"
    SPOTLIGHT = "spotlight"


@dataclass(frozen=True, slots=True)
class Scale:
    """The values that a rater gives. points: of a closed scale, lowest first, empty for any number."""

    points: tuple[float, ...] = ()
    unit: str = ""

    @property
    def low(self) -> float | None:
        return self.points[0] if self.points else None

    @property
    def high(self) -> float | None:
        return self.points[-1] if self.points else None


BINARY = Scale((0.0, 1.0))
THREE_POINT = Scale((1.0, 2.0, 3.0))
FIVE_POINT = Scale((1.0, 2.0, 3.0, 4.0, 5.0))
FLAG = BINARY


@dataclass(frozen=True, slots=True)
class Card:
    """What is promised of a rater.

    code: stable, in data for ever. version: raised with every change of behaviour.
    per_agent: one rating for each agent, else one for the conversation. measured:
    languages in which a set by somebody else with at least 100 labelled messages gave a
    printed score, with the name of that set. tried: languages with own cases only; off by
    default. In any other language the rater abstains. solved_only: waits until the
    conversation is solved or closed.
    """

    code: str
    name: str
    version: int
    kind: Kind
    scale: Scale
    per_agent: bool
    measured: Mapping[str, str] = field(default_factory=dict)
    tried: frozenset[str] = frozenset()
    needs: frozenset[Need] = frozenset()
    solved_only: bool = False
    any_language: bool = False

    def speaks(self, language: str) -> bool:
        """Whether the rater may speak of texts in this language at all."""
        return self.any_language or language in self.measured or language in self.tried


class Rater(Protocol):
    """One file a rater in :mod:`~evenhand.raters.suite`; its module's docstring is its documentation page.

    config: fingerprint of settings that change its answers, empty for the built-in ones.
    """

    card: ClassVar[Card]
    config: str

    def rate(self, conversation: Conversation, features: Features) -> Iterable[Rating]:
        """One rating for each agent who replied, or one with agent None; in the order of their first reply."""
        ...

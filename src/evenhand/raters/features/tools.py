"""What features are made with. A process makes each once; a test can hand in its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from evenhand.quality.arrays import Floats
from evenhand.raters.needs import Need


class LanguageModel(Protocol):
    def identify(self, text: str) -> tuple[str, float]:
        """ISO 639-1 code and score 0..1 of a text; an empty code where it cannot tell."""
        ...


class Encoder(Protocol):
    """A sentence encoder. fingerprint: sha256 of its weights; heads refuse any other."""

    fingerprint: str
    width: int

    def encode(self, texts: Sequence[str]) -> Floats:
        """(n, width) unit vectors. A text's vector never depends on the texts beside it."""
        ...


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of spelling or grammar: code points start..end, a rule's code, its kind, what to write instead."""

    start: int
    end: int
    rule: str
    kind: str
    suggestions: tuple[str, ...] = ()


class Grammar(Protocol):
    def speaks(self, language: str) -> bool: ...

    def check(self, text: str, language: str) -> list[Finding]: ...


@dataclass(frozen=True, slots=True)
class Tools:
    """None where a model or a library is missing."""

    language: LanguageModel | None = None
    encoder: Encoder | None = None
    grammar: Grammar | None = None

    @property
    def met(self) -> frozenset[Need]:
        have = {Need.LANGUAGE: self.language, Need.ENCODER: self.encoder, Need.GRAMMAR: self.grammar}
        return frozenset(need for need, tool in have.items() if tool is not None)

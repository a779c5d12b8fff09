"""A finished draw, and the order that anybody can repeat."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

DESIGN_VERSION = 1

Id = TypeVar("Id", str, int)
Rank = Callable[[str, str | int], bytes]


@dataclass(frozen=True, slots=True)
class StratumDraw:
    """One stratum: its label, frame size, how many were drawn, and its units' chance.

    In draws with unequal chances there is one stratum, and this is the mean chance.
    """

    stratum: str
    population: int
    drawn: int

    @property
    def probability(self) -> float:
        return self.drawn / self.population


@dataclass(frozen=True, slots=True)
class Draw(Generic[Id]):
    """A finished draw and all that is needed to weigh and to repeat it.

    ids: drawn units in random order, so that the first k reviewed of them are a random
    sample too. stratum, probability: of each drawn unit, in the same order. strata: every
    stratum of the frame, sorted; also those of which nothing was drawn. fingerprint:
    sha256 over the frame's sorted ids.
    """

    design: str
    version: int
    seed: int
    fingerprint: str
    ids: tuple[Id, ...]
    stratum: tuple[str, ...]
    probability: tuple[float, ...]
    strata: tuple[StratumDraw, ...]

    @property
    def n(self) -> int:
        return len(self.ids)

    @property
    def population(self) -> int:
        return sum(stratum.population for stratum in self.strata)


def frame_fingerprint(frame: Sequence[Id]) -> str:
    """sha256 over the sorted ids as text, one a line; the frame's order plays no part."""
    digest = hashlib.sha256()
    for text in sorted(map(str, frame)):
        if "\n" in text:
            raise ValueError(f"An id must be one line of text: {text!r}.")
        digest.update(text.encode() + b"\n")
    return digest.hexdigest()


def new_seed() -> int:
    """A fresh seed from the operating system, small enough for a signed 64-bit column."""
    return secrets.randbelow(2**63)


def ranker(design: str, seed: int, fingerprint: str) -> Rank:
    """The number of each unit, given its stratum: see the package's docstring."""
    prefix = f"{design}|{DESIGN_VERSION}|{seed}|{fingerprint}|".encode()

    def rank(stratum: str, unit: str | int) -> bytes:
        return hashlib.sha256(prefix + f"{stratum}|{unit}".encode()).digest()

    return rank


def check_frame(frame: Sequence[Id], n: int) -> None:
    """Raises ValueError for an empty frame, for an id that comes twice, or for n under 1."""
    if not frame:
        raise ValueError("There is nothing to draw from: the frame is empty.")
    if n < 1:
        raise ValueError(f"A draw takes one unit or more, not {n}.")
    if len(set(map(str, frame))) < len(frame):
        raise ValueError("The frame names a unit twice.")

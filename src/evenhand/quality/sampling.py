"""Random draws that anybody can repeat: same frame, same seed, same sample.

Each unit gets the number ``sha256(design | version | seed | fingerprint | stratum | id)``;
a draw takes the units with the smallest numbers. The hash is a keyed pseudo-random order,
so this is simple random sampling without replacement within strata, and it depends on no
library's generator: an auditor can repeat it in any language. The frame's fingerprint is
part of the key, so draws from two frames are independent even under one seed; two draws
from one frame need two seeds (see :func:`new_seed`).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats

DESIGN_VERSION = 1

Id = TypeVar("Id", str, int)
Allocation = Literal["proportional", "neyman"]


@dataclass(frozen=True, slots=True)
class StratumDraw:
    """One stratum: its label, frame size, how many were drawn, and each unit's chance."""

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


def simple_draw(frame: Sequence[Id], n: int, seed: int) -> Draw[Id]:
    """n units of the frame, each with the same chance; all of it where n is larger.

    frame: unique ids in any order. Raises ValueError for an empty frame, for an id that
    comes twice, or for n under 1.
    """
    _check(frame, n)
    fingerprint = frame_fingerprint(frame)
    return _take("simple", frame, dict.fromkeys(frame, ""), {"": min(n, len(frame))}, seed, fingerprint)


def stratified_draw(frame: Mapping[Id, str], n: int, seed: int, *, minimum: int = 0) -> Draw[Id]:
    """n units, at least ``minimum`` from every stratum, otherwise in proportion to size.

    frame: the stratum (for example the agent) of each id. A stratum smaller than the
    minimum is taken whole. Raises ValueError as :func:`simple_draw` does, and where n is
    too small for the minimum: :func:`smallest_n` tells how many it takes.
    """
    ids = list(frame)
    _check(ids, n)
    sizes: dict[str, int] = {}
    for stratum in frame.values():
        sizes[stratum] = sizes.get(stratum, 0) + 1
    wanted = allocate(min(n, len(ids)), sizes, min_n=minimum)
    return _take("stratified", ids, frame, wanted, seed, frame_fingerprint(ids))


def allocate(
    n: int,
    pop_size: Mapping[str, int],
    *,
    method: Allocation = "proportional",
    sigma: Mapping[str, float] | None = None,
    min_n: int = 0,
) -> dict[str, int]:
    """How many of n units each stratum gets; no more than it has, no fewer than min_n.

    ``"proportional"`` to size, or ``"neyman"``: to size times ``sigma``, the spread
    within the stratum (Neyman 1934). Whole numbers by largest remainder; ties go to the
    label that sorts first, so the order of the mapping plays no part. Raises ValueError
    where n exceeds the frame or falls short of the minimum.
    """
    labels = sorted(pop_size)
    total, least = sum(pop_size.values()), smallest_n(pop_size, min_n)
    if n > total:
        raise ValueError(f"{n} units cannot be drawn from {total}.")
    if n < least:
        raise ValueError(f"{n} units are too few for {min_n} of each of {len(labels)} strata; it takes {least}.")
    sizes = np.array([pop_size[label] for label in labels], dtype=np.float64)
    measure = sizes * _spread(labels, sizes, method, sigma)
    floor = np.minimum(sizes, float(min_n))
    return dict(zip(labels, _largest_remainder(n, measure, floor, sizes), strict=True))


def smallest_n(pop_size: Mapping[str, int], min_n: int) -> int:
    """The fewest units that give every stratum its minimum, or all that it has."""
    return sum(min(size, min_n) for size in pop_size.values())


def inclusion_probabilities(size: npt.ArrayLike, n: int) -> Floats:
    """Probabilities proportional to size that sum to n, none above 1.

    size: (N,) positive. Units whose share would exceed 1 are taken for certain and the
    rest is shared out again, until none does (Tillé 2006, 2.10).
    """
    measure = np.asarray(size, dtype=np.float64)
    if not (measure > 0).all() or not 0 < n <= len(measure):
        raise ValueError("Sizes must be above 0 and n between 1 and their number.")
    certain = np.zeros(len(measure), dtype=np.bool_)
    while True:
        pi = np.where(certain, 1.0, 0.0)
        rest = n - int(certain.sum())
        if rest == 0:
            return pi
        pi[~certain] = rest * measure[~certain] / measure[~certain].sum()
        over = (pi >= 1.0) & ~certain
        if not over.any():
            return pi
        certain |= over


def union_probability(probabilities: npt.ArrayLike) -> Floats:
    """Chance to be in at least one of several independent draws: ``1 - Π (1 - π)``.

    probabilities: (draws, units); 0 where a unit was not in a draw's frame. Where a draw
    passed over units that earlier draws took, its probability for the others, given that
    they were not taken, gives the same formula.
    """
    p = np.atleast_2d(np.asarray(probabilities, dtype=np.float64))
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("Probabilities must lie between 0 and 1.")
    return np.asarray(1.0 - np.prod(1.0 - p, axis=0), dtype=np.float64)


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


def _take(
    design: str,
    ids: Sequence[Id],
    stratum_of: Mapping[Id, str],
    wanted: Mapping[str, int],
    seed: int,
    fingerprint: str,
) -> Draw[Id]:
    rank = _ranker(design, seed, fingerprint)
    members: dict[str, list[tuple[bytes, Id]]] = {label: [] for label in wanted}
    for unit in ids:
        members[stratum_of[unit]].append((rank(stratum_of[unit], unit), unit))
    strata = tuple(StratumDraw(label, len(members[label]), wanted[label]) for label in sorted(wanted))
    chance = {stratum.stratum: stratum.probability for stratum in strata}
    drawn = sorted((key, unit) for label, rows in members.items() for key, unit in sorted(rows)[: wanted[label]])
    taken = tuple(unit for _, unit in drawn)
    labels = tuple(stratum_of[unit] for unit in taken)
    probabilities = tuple(chance[label] for label in labels)
    return Draw(design, DESIGN_VERSION, seed, fingerprint, taken, labels, probabilities, strata)


def _ranker(design: str, seed: int, fingerprint: str) -> Callable[[str, str | int], bytes]:
    prefix = f"{design}|{DESIGN_VERSION}|{seed}|{fingerprint}|".encode()

    def rank(stratum: str, unit: str | int) -> bytes:
        return hashlib.sha256(prefix + f"{stratum}|{unit}".encode()).digest()

    return rank


def _check(frame: Sequence[Id], n: int) -> None:
    if not frame:
        raise ValueError("There is nothing to draw from: the frame is empty.")
    if n < 1:
        raise ValueError(f"A draw takes one unit or more, not {n}.")
    if len(set(map(str, frame))) < len(frame):
        raise ValueError("The frame names a unit twice.")


def _spread(labels: list[str], sizes: Floats, method: Allocation, sigma: Mapping[str, float] | None) -> Floats:
    if method == "proportional":
        return np.ones(len(sizes))
    if method != "neyman" or sigma is None:
        raise ValueError("method must be 'proportional', or 'neyman' with a sigma for every stratum.")
    return np.array([sigma[label] for label in labels], dtype=np.float64)


def _largest_remainder(n: int, measure: Floats, floor: Floats, cap: Floats) -> list[int]:
    """Whole numbers nearest to shares of n by measure, within floor and cap."""
    share = _bounded_shares(float(n), measure, floor, cap)
    whole = np.floor(share + 1e-9)
    missing = n - int(whole.sum())
    remainder = np.where(whole < cap, share - whole, -np.inf)
    for i in np.argsort(-np.round(remainder, 9), kind="stable")[:missing]:
        whole[i] += 1
    return [int(count) for count in whole]


def _bounded_shares(n: float, measure: Floats, floor: Floats, cap: Floats) -> Floats:
    """``clip(t * measure, floor, cap)`` with the t that makes it sum to n, by bisection."""
    if not (measure > 0).all():
        measure = measure + 1e-12 * max(float(measure.max(initial=0.0)), 1.0)
    low, high = 0.0, float((cap / measure).max())
    for _ in range(200):
        middle = (low + high) / 2
        if float(np.clip(middle * measure, floor, cap).sum()) < n:
            low = middle
        else:
            high = middle
    return np.asarray(np.clip(high * measure, floor, cap), dtype=np.float64)

"""Who rated what how: a table of conversations by reviewers, read once and counted."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, Ints

MISSING = -1


@dataclass(frozen=True, slots=True)
class Ratings:
    """Ratings by place on their scale.

    codes: (U, R) index of each rating among the categories, -1 where missing.
    categories: the Q answers that could be given, in their order.
    """

    codes: Ints
    categories: tuple[Hashable, ...]

    @property
    def counts(self) -> Floats:
        """(U, Q) how many raters gave each unit each answer."""
        given = self.codes[:, :, None] == np.arange(len(self.categories))
        return np.asarray(given.sum(axis=1), np.float64)

    @property
    def values(self) -> Floats:
        """(Q,) the answers as numbers; raises ValueError where they are names."""
        try:
            return np.asarray(self.categories, dtype=np.float64)
        except (TypeError, ValueError):
            raise ValueError("These answers are names: a distance between them needs numbers.") from None

    def pairable(self) -> Ratings:
        """Without the units that fewer than two raters rated: they say nothing about agreement."""
        return Ratings(self.codes[(self.codes != MISSING).sum(axis=1) >= 2], self.categories)


def read(ratings: npt.ArrayLike | Sequence[Sequence[Any]], categories: Sequence[Hashable] | None = None) -> Ratings:
    """Read units x raters; ``None`` and NaN are missing.

    categories: the answers that could be given, in their order; without it, those that
    were given, sorted. Raises ValueError for another shape, and for an answer that is no
    category.
    """
    table = np.asarray(ratings, dtype=object)
    if table.ndim != 2:
        raise ValueError(f"Ratings must be units x raters, not of shape {table.shape}.")
    missing = np.frompyfunc(_is_missing, 1, 1)(table).astype(np.bool_)
    known = tuple(categories) if categories is not None else _distinct(table[~missing])
    place = {category: code for code, category in enumerate(known)}
    odd = {value for value in table[~missing].tolist() if value not in place}
    if odd:
        raise ValueError(f"These answers are no categories: {sorted(map(str, odd))}.")
    codes = np.full(table.shape, MISSING, np.int64)
    codes[~missing] = [place[value] for value in table[~missing].tolist()]
    return Ratings(codes, known)


def _distinct(given: npt.NDArray[np.object_]) -> tuple[Hashable, ...]:
    try:
        return tuple(sorted(set(given.tolist())))
    except TypeError:
        raise ValueError("Answers that mix numbers and names have no order: name the categories.") from None


def _is_missing(value: object) -> bool:
    return value is None or value != value

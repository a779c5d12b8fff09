"""Estimates from pairs that were drawn by one or by several random draws.

Give every pair of the frame the list of (draw, stratum) that it belonged to: its
*signature*. Pairs with one signature had the same chance in every draw, so within such a
*cell* the drawn pairs are a simple random sample, however many draws there were and
however they overlapped. So the estimate is the mean of the cells' means, weighted by the
cells' sizes: a post-stratified mean (Holt & Smith 1979), unbiased given how many of each
cell were reviewed. Refused and unfinished reviews are non-response inside their cell.

A signature must not depend on what an earlier draw picked. Where a draw passes over pairs
that are already drawn, count those pairs as members of its stratum all the same.

Cells with fewer than two reviewed pairs (unless that is all of the cell) cannot stand
alone. They are merged with the neighbour whose probability is nearest until every merged
cell has two, and inside a merged cell pairs are weighted by one over their union
probability (Hájek 1971). If everything is merged this is the Hájek mean; if nothing is,
the stratified one. Cells that no draw could reach are left out and counted in
``uncovered``: the estimate does not speak for them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, Ints, finite, floats, sums

from .cells import Sample
from .estimate import UNCOVERED, Estimate
from .means import SEED, sample_estimate

SMALLEST_CELL = 2

Probability = npt.ArrayLike | Mapping[Hashable, float]


def draws_estimate(
    y: npt.ArrayLike,
    cell: Sequence[Hashable] | npt.NDArray[np.generic],
    cell_population: Mapping[Hashable, int] | npt.ArrayLike,
    probability: Probability | None = None,
    *,
    level: float = 0.95,
    seed: int = SEED,
    lower: float = 0.0,
    upper: float = 100.0,
) -> Estimate:
    """Estimate of the frame's mean from randomly drawn pairs (the IQS).

    y: (n,) one value a pair, reviewers of a pair averaged first. cell: (n,) each pair's
    cell. cell_population: frame pairs in each cell, as a mapping or, for integer cells,
    an array indexed by cell; cells without reviewed pairs belong in it too.
    probability: union inclusion probability, in 0..1: a mapping from cell (preferred: it
    tells empty cells that a draw could reach, which are merged, from those that none
    could, which are uncovered), or (n,) one a pair (then every empty cell is
    uncovered). Default: the reviewed share of each cell.

    The interval follows the table of :mod:`~.means`, on Kish's effective number for the
    envelope. ``design`` is ``simple`` for one cell, ``stratified``, or ``hajek`` when
    cells had to be merged. Raises ValueError for a cell that the frame does not have,
    for more reviewed pairs than a cell holds, and for probabilities outside 0..1.
    """
    drawn = drawn_sample(y, cell, cell_population, probability)
    return sample_estimate(
        drawn.sample, drawn.population, drawn.design, level=level, seed=seed, lower=lower, upper=upper,
        note=UNCOVERED if drawn.uncovered else "", uncovered=drawn.uncovered,
    )  # fmt: skip


def stratified_mean(
    y: npt.ArrayLike,
    stratum: Sequence[Hashable] | npt.NDArray[np.generic],
    population: Mapping[Hashable, int] | npt.ArrayLike,
    *,
    level: float = 0.95,
    seed: int = SEED,
    lower: float = 0.0,
    upper: float = 100.0,
) -> Estimate:
    """Mean of one stratified sample; :func:`draws_estimate` with strata as cells."""
    return draws_estimate(y, stratum, population, level=level, seed=seed, lower=lower, upper=upper)


@dataclass(frozen=True, slots=True)
class DrawnSample:
    """The reviewed pairs in cells that can stand alone, and how these lie in the frame.

    sample: the pairs in merged cells. keys, size: name and frame pairs of each of the C
    original cells. merged: (C,) the merged cell of each, -1 for uncovered ones. cell: (n,)
    the original cell of each pair. population: pairs that the sample stands for.
    """

    sample: Sample
    keys: list[Hashable]
    size: Ints
    merged: Ints
    cell: Ints
    population: int
    design: str

    @property
    def uncovered(self) -> int:
        return int(self.size.sum()) - self.population


def drawn_sample(
    y: npt.ArrayLike,
    cell: Sequence[Hashable] | npt.NDArray[np.generic],
    cell_population: Mapping[Hashable, int] | npt.ArrayLike,
    probability: Probability | None = None,
) -> DrawnSample:
    """Put reviewed pairs into cells and merge the weak ones; see :func:`draws_estimate`."""
    values = finite(y, "y")
    frame = _frame(values, cell, cell_population, probability)
    merged = _merge(frame)
    weight, fraction, population = _weights(frame, merged)
    cells = int(merged.max(initial=-1)) + 1
    joined = cells < int((merged >= 0).sum())
    design = "hajek" if joined else "simple" if cells == 1 else "stratified"
    sample = Sample(values, weight, merged[frame.cell], fraction)
    return DrawnSample(sample, frame.keys, frame.size, merged, frame.cell, population, design)


@dataclass(frozen=True, slots=True)
class _Frame:
    """keys: names of the cells. cell: (n,) index of each unit's cell. size: (C,) frame units. count: (C,) sampled.

    chance: (C,) probability, 0 where no draw reached. unit: (n,) probability of each unit.
    """

    keys: list[Hashable]
    cell: Ints
    size: Ints
    count: Ints
    chance: Floats
    unit: Floats


def _frame(
    y: Floats,
    cell: Sequence[Hashable] | npt.NDArray[np.generic],
    cell_population: Mapping[Hashable, int] | npt.ArrayLike,
    probability: Probability | None,
) -> _Frame:
    keys, size = _sizes(cell_population)
    place = {key: i for i, key in enumerate(keys)}
    labels = cell.tolist() if isinstance(cell, np.ndarray) else list(cell)
    if len(labels) != len(y):
        raise ValueError(f"cell has {len(labels)} entries, y has {len(y)}.")
    unknown = [label for label in labels if label not in place]
    if unknown:
        raise ValueError(f"The frame has no cell {unknown[0]!r}.")
    index = np.array([place[label] for label in labels], dtype=np.int64)
    count = np.bincount(index, minlength=len(size)).astype(np.int64)
    if (count > size).any():
        i = int(np.argmax(count > size))
        raise ValueError(f"Cell {keys[i]!r} holds {size[i]} pairs, but {count[i]} were reviewed.")
    chance, unit = _chances(keys, index, size, count, probability)
    return _Frame(keys, index, size, count, chance, unit)


def _sizes(cell_population: Mapping[Hashable, int] | npt.ArrayLike) -> tuple[list[Hashable], Ints]:
    if isinstance(cell_population, Mapping):
        return list(cell_population), np.array(list(cell_population.values()), dtype=np.int64)
    size = np.asarray(cell_population, dtype=np.int64)
    return list(range(len(size))), size


def _chances(
    keys: list[Hashable], index: Ints, size: Ints, count: Ints, probability: Probability | None
) -> tuple[Floats, Floats]:
    """Probability of each cell and of each unit; a cell of units that differ has their mean."""
    if probability is None:
        chance = count / np.maximum(size, 1)
        return chance, chance[index]
    if isinstance(probability, Mapping):
        chance = np.array([float(probability.get(key, 0.0)) for key in keys], dtype=np.float64)
        unit = chance[index]
    else:
        unit = floats(probability, "probability")
        if len(unit) != len(index):
            raise ValueError(f"probability has {len(unit)} entries, y has {len(index)}.")
        chance = sums(index, unit, len(size)) / np.maximum(count, 1)
    if not ((unit > 0) & (unit <= 1)).all() or not ((chance >= 0) & (chance <= 1)).all():
        raise ValueError("A drawn pair's probability must be above 0 and at most 1.")
    return chance, unit


def _merge(frame: _Frame) -> Ints:
    """(C,) index of the merged cell of each cell; -1 for those that stay uncovered."""
    reached = (frame.size > 0) & ((frame.count > 0) | (frame.chance > 0))
    order = [int(i) for i in np.argsort(frame.chance, kind="stable") if reached[i]]
    groups = [_Group([i], int(frame.count[i]), int(frame.size[i]), float(frame.chance[i])) for i in order]
    merged = np.full(len(frame.size), -1, dtype=np.int64)
    for g, group in enumerate(_joined(groups)):
        merged[group.cells] = g
    return merged


@dataclass(slots=True)
class _Group:
    """Cells put together. chance: the sum of their probabilities."""

    cells: list[int]
    n: int
    size: int
    chance: float

    @property
    def weak(self) -> bool:
        return self.n < min(SMALLEST_CELL, self.size)

    @property
    def level(self) -> float:
        return self.chance / len(self.cells)

    def absorb(self, other: _Group) -> None:
        self.cells += other.cells
        self.n += other.n
        self.size += other.size
        self.chance += other.chance


def _joined(groups: list[_Group]) -> list[_Group]:
    """Neighbours put together until none is weak, in one pass from the least probable up."""
    waiting = deque(groups)
    done: list[_Group] = []
    while waiting:
        group = waiting.popleft()
        if not group.weak or not (done or waiting):
            done.append(group)
        elif done and (not waiting or group.level - done[-1].level <= waiting[0].level - group.level):
            done[-1].absorb(group)
            waiting.appendleft(done.pop())
        else:
            group.absorb(waiting.popleft())
            waiting.appendleft(group)
    return done


def _weights(frame: _Frame, merged: Ints) -> tuple[Floats, Floats, int]:
    """(n,) share of the frame of each unit, (G,) sampled fraction, and the frame covered."""
    cells = int(merged.max(initial=-1)) + 1
    kept = merged >= 0
    size = sums(merged[kept], frame.size[kept].astype(np.float64), cells)
    group = merged[frame.cell]
    inverse = 1.0 / frame.unit
    total = sums(group, inverse, cells)
    covered = size[total > 0].sum()
    weight = size[group] * inverse / total[group] / max(float(covered), 1.0)
    count = np.bincount(group, minlength=cells)
    return weight, count / np.maximum(size, 1.0), int(covered)

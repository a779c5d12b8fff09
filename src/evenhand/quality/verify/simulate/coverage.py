"""How often each interval of the product holds the truth.

Every design from which a number is estimated, and every rule for few values, is tried on
made-up frames whose truth is known. An interval of 95 % should hold it at least 93 times
in 100 from ten values up, and at least 95 times where the envelope stands in for a rule.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from itertools import chain
from multiprocessing import get_context
from typing import TextIO

from . import designs, groups
from .trials import SEED, Row, Tally, measure

REPLICATIONS = 2000
PORTION = 250


def run(replications: int | None, out: TextIO) -> bool:
    """Print the table; whether every row held as often as it promises."""
    times = replications or REPLICATIONS
    error = 100 * math.sqrt(0.95 * 0.05 / times)
    out.write(
        f"Coverage of 95 % intervals, in 100 cases: {times} replications of each row, seed {SEED}; "
        f"chance moves these shares by about {error:.1f}.\n\n"
        f"{'sample':52s} {'holds':>5s} {'promise':>7s} {'below':>5s} {'above':>5s} {'±':>6s}  rule\n"
    )
    kept = [_print(row, tally, out) for row, tally in zip(table(), _measured(times), strict=True)]
    out.write(f"\n{len(kept)} rows, {sum(kept)} as promised\n")
    return all(kept)


@lru_cache(maxsize=1)
def table() -> tuple[Row, ...]:
    return tuple(chain(designs.rows(), groups.rows()))


def _measured(times: int) -> Iterator[Tally]:
    """The tally of each row, in order; over all processors unless the work is not worth it."""
    if times <= PORTION:
        yield from (measure(row, range(times)) for row in table())
        return
    portions = [range(start, min(start + PORTION, times)) for start in range(0, times, PORTION)]
    # Processes whose linear algebra takes several threads each get in each other's way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=get_context("spawn")) as pool:
        work = [[pool.submit(_portion, at, portion) for portion in portions] for at in range(len(table()))]
        for row in work:
            yield _joined([future.result() for future in row])


def _portion(at: int, portion: range) -> Tally:
    """Runs in a process of its own, which makes the frames for itself."""
    return measure(table()[at], portion)


def _joined(parts: Sequence[Tally]) -> Tally:
    whole = Tally()
    for part in parts:
        whole.join(part)
    return whole


def _print(row: Row, tally: Tally, out: TextIO) -> bool:
    kept = tally.held >= row.promise
    below, above = (100 * part / tally.count for part in (tally.below, tally.above))
    out.write(
        f"{row.name:52s} {tally.held:5.1f} {row.promise:7.0f} {below:5.1f} {above:5.1f} {tally.half_width:6.1f}"
        f"  {tally.rule}{'' if kept else '  BELOW ITS PROMISE'}\n"
    )
    out.flush()
    return kept

"""Tables by simulation: how often the intervals hold the truth.

A golden vector shows that a formula was computed as the books have it. Only a simulation
shows that the rule keeps its promise. Each table is a module with
``run(replications: int | None, out: TextIO) -> bool``: it prints its seed, its
replications and its rows, and answers whether every row kept the promise that the table
states. None stands for the table's own number of replications.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TextIO

# Name of the table -> its module here.
TABLES = {
    "coverage": "coverage",
    "corrected": "corrected",
    "corrected-designs": "corrected_designs",
}


def main(tables: Sequence[str] = (), out: TextIO | None = None, replications: int | None = None) -> int:
    """Print the named tables, or all of them. 0 if every row kept its promise, else 1.

    Raises ValueError for a table that does not exist, before anything is simulated.
    """
    stream = out or sys.stdout
    unknown = [name for name in tables if name not in TABLES]
    if unknown:
        raise ValueError(f"There is no table {unknown[0]!r}. Tables: {', '.join(TABLES)}.")
    kept = [_run(name, replications, stream) for name in tables or TABLES]
    return 0 if all(kept) else 1


def _run(name: str, replications: int | None, out: TextIO) -> bool:
    module = import_module(f"{__name__}.{TABLES[name]}")
    return bool(module.run(replications, out))

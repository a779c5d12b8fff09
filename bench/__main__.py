"""`make bench`: the budgets of the product, each beside a yardstick of the same run. `make bench BENCH="import list"`.

These machines are noisy and shared: trust the ratios, and the budgets only on a quiet machine. A line over its budget
is marked, and the exit status is 1.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

BENCHES = {
    "import": "bench.import_conversations",
    "list": "bench.list",
    "saves": "bench.saves",
    "pages": "bench.pages",
    "start": "bench.start",
    "statistics": "bench.statistics",
}


SECONDS = {"s": 1.0, "ms": 0.001}


class Report:
    """Prints a line for each figure: its budget, whether it holds, and how many yardsticks of the same run it is."""

    def __init__(self) -> None:
        self.over = 0
        self.known: dict[str, float] = {}

    def __call__(self, what: str, value: float, unit: str, budget: float | None = None, least: bool = False) -> None:
        """One figure. `budget` is the most that it may be, or with `least` the least."""
        missed = budget is not None and (value < budget if least else value > budget)
        self.over += missed
        told = f"budget {'≥' if least else '≤'} {budget:g} {unit}" if budget is not None else ""
        print(
            f"  {what:<64} {value:>9.3g} {unit:<7} {told:<24} {self._ratio(value, unit):<9}"
            f" {'' if budget is None else 'OVER' if missed else 'ok'}".rstrip(),
            flush=True,
        )

    def yardstick(self, what: str, value: float, unit: str) -> None:
        """What the machine does, at this moment, with something that no change of ours makes faster or slower."""
        self.known[_kind(unit)] = value * SECONDS.get(unit, 1.0)
        print(f"  {f'yardstick: {what}':<64} {value:>9.3g} {unit}", flush=True)

    def _ratio(self, value: float, unit: str) -> str:
        yard = self.known.get(_kind(unit))
        return f"{value * SECONDS.get(unit, 1.0) / yard:.2g}x" if yard else ""


def _kind(unit: str) -> str:
    return "time" if unit in SECONDS else unit


def _load() -> str:
    one, five, _ = os.getloadavg()
    return f"load {one:.1f} now, {five:.1f} in five minutes, on {os.cpu_count()} processors"


def main(names: list[str]) -> int:
    report = Report()
    if unknown := set(names) - set(BENCHES):
        print(f"There is no bench {', '.join(sorted(unknown))}. Choose from: {', '.join(BENCHES)}")
        return 2
    for name in names or BENCHES:
        print(f"\n{name} ({_load()})", flush=True)
        report.known.clear()
        import_module(BENCHES[name]).run(report)
    print(f"\n{report.over} over budget" if report.over else "\nEverything within its budget")
    return 1 if report.over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

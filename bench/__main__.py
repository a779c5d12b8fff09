"""`make bench`: the budgets of the product, each beside a yardstick of the same run. `make bench BENCH="import list"`.

These machines are noisy and shared: trust the ratios, and the budgets only on a quiet machine. A line over its budget
is marked, and the exit status is 1.
"""

from __future__ import annotations

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


class Report:
    def __init__(self) -> None:
        self.over = 0

    def __call__(self, what: str, value: float, unit: str, budget: float | None = None, least: bool = False) -> None:
        """One figure. `budget` is the most that it may be, or with `least` the least."""
        missed = budget is not None and (value < budget if least else value > budget)
        self.over += missed
        said = (
            "" if budget is None else f"  budget {'≥' if least else '≤'} {budget:g} {unit}{'   OVER' if missed else ''}"
        )
        print(f"  {what:<64} {value:>10.3g} {unit}{said}", flush=True)


def main(names: list[str]) -> int:
    report = Report()
    if unknown := set(names) - set(BENCHES):
        print(f"There is no bench {', '.join(sorted(unknown))}. Choose from: {', '.join(BENCHES)}")
        return 2
    for name in names or BENCHES:
        print(f"\n{name}", flush=True)
        import_module(BENCHES[name]).run(report)
    print(f"\n{report.over} over budget" if report.over else "\nEverything within its budget")
    return 1 if report.over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

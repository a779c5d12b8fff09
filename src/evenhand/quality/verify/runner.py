"""Run files of cases and say what passed."""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from .adapters import ADAPTERS
from .compare import Deviation, worst_deviation


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: what was checked, how far off it was at worst, and whether that passes."""

    file: str
    case: str
    function: str
    deviation: Deviation

    @property
    def passed(self) -> bool:
        return self.deviation.within


def main(paths: Sequence[str | Path], out: TextIO | None = None) -> int:
    """Check the files, and the ``*.json`` in folders; print a table. 0 if all passed, else 1."""
    stream = out or sys.stdout
    results = [result for path in _files(paths) for result in verify_file(path)]
    _print(results, stream)
    return 0 if results and all(result.passed for result in results) else 1


def verify_file(path: str | Path) -> list[CaseResult]:
    """The result of every case; one failed result where the file cannot be read as cases."""
    name = Path(path).name
    try:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
        cases = document["cases"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [_failed(name, "-", "-", f"cannot be read as golden cases: {error!r}")]
    if not isinstance(cases, list) or not cases:
        return [_failed(name, "-", "-", "holds no cases")]
    return [_check(name, case) for case in cases]


def _check(file: str, case: object) -> CaseResult:
    if not isinstance(case, Mapping) or "function" not in case or "input" not in case:
        return _failed(file, "-", "-", "a case needs 'function' and 'input'")
    name, function = str(case.get("id", "-")), str(case["function"])
    adapter = ADAPTERS.get(function)
    if adapter is None:
        return _failed(file, name, function, "unknown function")
    try:
        got = adapter(copy.deepcopy(case["input"]))
    except Exception as error:
        return _failed(file, name, function, f"{type(error).__name__}: {error}")
    if "expected" not in case:
        return _failed(file, name, function, "a case needs 'expected'")
    tolerance: Mapping[str, Any] = case.get("tolerance") or {}
    return CaseResult(file, name, function, worst_deviation(got, case["expected"], tolerance))


def _failed(file: str, case: str, function: str, problem: str) -> CaseResult:
    return CaseResult(file, case, function, Deviation("", 0.0, 0.0, problem))


def _files(paths: Sequence[str | Path]) -> Iterator[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(path.glob("*.json"))
        else:
            yield path


def _print(results: Sequence[CaseResult], out: TextIO) -> None:
    head = ("file", "case", "function", "worst deviation", "tolerance", "result")
    rows: list[tuple[str, ...]] = [head, *map(_row, results)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        out.write("  ".join(cells).rstrip() + "\n")
    failed = sum(not result.passed for result in results)
    out.write(f"\n{len(results)} cases, {len(results) - failed} passed, {failed} failed\n")


def _row(result: CaseResult) -> tuple[str, ...]:
    deviation = result.deviation
    at = f" at {deviation.where}" if deviation.where and not deviation.within else ""
    worst = f"{deviation.problem}{at}" if deviation.problem else f"{deviation.size:.2e}{at}"
    allowed = "" if deviation.problem else f"{deviation.allowed:.1e}"
    verdict = "pass" if result.passed else "FAIL"
    return result.file, result.case, result.function, worst, allowed, verdict

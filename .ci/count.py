"""Adds up the runs and refuses a skip that skips.txt does not name.

Ends with what failed, a few lines for each, and the plain count line.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

MOST, LINES, WIDTH = 20, 8, 160
PLACE = re.compile(r"^tests/\S+:\d+", re.MULTILINE)


@dataclass
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    told: list[str] = field(default_factory=list)  # a paragraph for each failure
    surprises: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def main(allowed_file: str, *reports: str) -> int:
    allowed = {line.strip() for line in Path(allowed_file).read_text().splitlines() if line.strip()}
    counts = Counts()
    for report in map(Path, reports):
        if report.exists():
            for case in ET.parse(report).iter("testcase"):  # noqa: S314 - our own report
                _add(counts, case, report.stem, allowed)
        else:
            counts.failed += 1
            counts.told.append(f"{report.stem}: the tests ended without a report")
    more = [f"and {len(counts.told) - MOST} more"] if len(counts.told) > MOST else []
    print("\n".join([*counts.told[:MOST], *more, *counts.surprises, str(counts)]))
    return 1 if counts.failed or counts.surprises or not counts.passed else 0


def _add(counts: Counts, case: ET.Element, database: str, allowed: set[str]) -> None:
    name = f"{case.get('classname')}::{case.get('name')}"
    faults = [fault for kind in ("failure", "error") for fault in case.findall(kind)]
    skip = case.find("skipped")
    if faults:
        counts.failed += 1
        counts.told.append(_told(f"{database}: {name}", faults[0]))
    elif skip is not None:
        counts.skipped += 1
        if name not in allowed:
            said = f"skipped, and .ci/skips.txt does not name it: {database}: {name}: {skip.get('message')}"
            counts.surprises.append(said)
    else:
        counts.passed += 1


def _told(name: str, fault: ET.Element) -> str:
    """The name, where in the tests it happened, and how the message begins: a page's snapshot may be very long."""
    text = fault.text or ""
    places = PLACE.findall(text)
    said = [line[1:] for line in text.splitlines() if line.startswith("E ")] or (
        fault.get("message") or ""
    ).splitlines()
    lines = [f"  {_cut(line.strip())}" for line in said if line.strip()][:LINES]
    return "\n".join([f"FAILED {name}{f' at {places[-1]}' if places else ''}", *lines])


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

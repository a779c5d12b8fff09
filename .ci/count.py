"""Adds up the runs and refuses a skip that skips.txt does not name. Ends with the plain count line."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def main(allowed_file: str, *reports: str) -> int:
    allowed = {line.strip() for line in Path(allowed_file).read_text().splitlines() if line.strip()}
    passed = failed = skipped = 0
    surprises = []
    for report in reports:
        if not Path(report).exists():
            print(f"{Path(report).stem}: the tests ended without a report")
            failed += 1
            continue
        for case in ET.parse(report).iter("testcase"):  # noqa: S314 - our own report
            name = f"{case.get('classname')}::{case.get('name')}"
            if case.find("failure") is not None or case.find("error") is not None:
                failed += 1
            elif (skip := case.find("skipped")) is not None:
                skipped += 1
                if name not in allowed:
                    surprises.append(f"{Path(report).stem}: {name}: {skip.get('message')}")
            else:
                passed += 1
    for surprise in surprises:
        print(f"skipped, and .ci/skips.txt does not name it: {surprise}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or surprises or not passed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

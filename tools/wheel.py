"""Looks into a wheel: is everything in it that Evenhand needs at run time, and nothing that it does not?

`python tools/wheel.py dist/evenhand-….whl`
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "evenhand"
MADE = ("evenhand/site/static/evenhand/vega/vega-bundle.js", "evenhand/locale/en/LC_MESSAGES/django.mo")
LEAST_BUNDLE_BYTES = 500_000


def expected() -> set[str]:
    """Every file of the package as it lies in the checkout, and those that are made when the wheel is built."""
    files = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {f"evenhand/{path.relative_to(PACKAGE).as_posix()}" for path in files} | set(MADE)


def faults(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        held = {item.filename: item.file_size for item in archive.infolist()}
    package = {name for name in held if ".dist-info/" not in name}
    found = [f"{name} is missing" for name in sorted(expected() - package)]
    found += [f"{name} does not belong there" for name in sorted(package - expected())]
    if held.get(MADE[0], 0) < LEAST_BUNDLE_BYTES:
        found.append(f"{MADE[0]} is too small to be the chart library")
    if not any(name.endswith("/licenses/LICENSE") for name in held):
        found.append("the licence is missing")
    return found


def main(names: list[str]) -> int:
    found = [f"{name}: {fault}" for name in names for fault in faults(Path(name))]
    print("\n".join(found) or f"{', '.join(names)}: complete")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""CSV for spreadsheets, which run what begins like a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    def write(self, line: str) -> str:
        return line


def neutral(value: Any) -> Any:
    """Text that a spreadsheet shows and does not run: a quote stands in front. Numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def line(cells: Iterable[Any]) -> str:
    """One row as CSV, with its line end."""
    return str(csv.writer(_Echo()).writerow([neutral(cell) for cell in cells]))

"""The strip of weights: each category as wide as its share of the score."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.scorecards.tree import VersionView

# The strip is about 900 px wide, a letter of its small type about 6.5 px.
LETTERS_PER_PERCENT = 900 / 100 / 6.5


@dataclass(frozen=True, slots=True)
class Piece:
    name: str  # as much of it as fits
    x: str
    width: str
    share: str
    critical: bool
    narrow: bool  # its figure fits only on a wide screen


def pieces(tree: VersionView) -> list[Piece]:
    """From left to right in the order of the scorecard; categories of weight 0 take no room."""
    found = []
    start = 0.0
    for category in tree:
        if category.weight:
            found.append(
                Piece(
                    fitting(category.name, category.share),
                    f"{start:.2f}%",
                    f"{category.share:.2f}%",
                    share(category.share) if category.share >= 4 else "",
                    bool(category.critical),
                    category.share < 10,
                )
            )
        start += category.share
    return found


def fitting(name: str, percent: float) -> str:
    letters = int(percent * LETTERS_PER_PERCENT - 2)
    if len(name) <= letters:
        return name
    return f"{name[: letters - 1].rstrip()}…" if letters >= 5 else ""


def share(percent: float) -> str:
    """17 %; a share that is not nothing is never written as 0."""
    return _("under 1\u202f%%") % () if 0 < percent < 0.5 else f"{percent:.0f}\u202f%"

"""What a rater cannot work without."""

from __future__ import annotations

from enum import StrEnum


class Need(StrEnum):
    """Where a need is not met the rater is unavailable, and says so; raters without it go on."""

    LANGUAGE = "language"
    ENCODER = "encoder"
    GRAMMAR = "grammar"

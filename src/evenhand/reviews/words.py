"""How a review's score is said: whole points, half up."""

from __future__ import annotations

import math

from django.utils.formats import number_format


def shown(score: float | None) -> str:
    """ "65"; empty without a score. 72.4999999999 that ought to be 72.5 is mended first."""
    return "" if score is None else number_format(math.floor(round(score, 9) + 0.5), 0, use_l10n=True)

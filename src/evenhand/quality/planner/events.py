"""Reviews until something rare shows, or is certified not to be common."""

from __future__ import annotations

import math

from .margins import whole


def n_zero_error_certificate(target: float, delta: float = 0.05) -> int:
    """Random checks, all of them without an error, that certify a share of at least ``target`` right ones.

    ``ln δ / ln target``: were the share lower, so many checks without an error would
    happen less often than ``delta``. Both lie between 0 and 1.
    """
    _inside(target, delta)
    return whole(math.log(delta) / math.log(target))


def n_to_see_one_event(rate: float, confidence: float = 0.95) -> int:
    """Random reviews until at least one event of this rate is among them with this confidence."""
    _inside(rate, confidence)
    return whole(math.log1p(-confidence) / math.log1p(-rate))


def _inside(*shares: float) -> None:
    if not all(0 < share < 1 for share in shares):
        raise ValueError(f"These must lie between 0 and 1: {shares}.")

"""How figures are written for people. Full values stay in exports."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

THIN = "\u202f"
MINUS = "\u2212"


def rounded(value: float, decimals: int) -> Decimal:
    """Half goes up, as one does by hand; 72.4999999999 that ought to be 72.5 is mended first."""
    step = Decimal(1).scaleb(-decimals)
    result = Decimal(repr(round(float(value), 9))).quantize(step, ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def points(value: float | None, half_width: float | None = None) -> str:
    """A score in points: whole while the half-width of its interval is at least 1, else with one decimal."""
    if value is None or value != value:
        return ""
    decimals = 1 if half_width is not None and half_width < 1 else 0
    return number_format(rounded(value, decimals), decimals, use_l10n=True)


def figure(value: float | None, half_width: float | None, decimals: int | None) -> str:
    """A number as points are written, or with decimals of its own: alpha is 0.77 and no whole point."""
    if decimals is None or value is None:
        return points(value, half_width)
    text = number_format(rounded(abs(value), decimals), decimals, use_l10n=True)
    return MINUS + text if value < 0 and float(rounded(value, decimals)) else text


def coefficient(value: float | None) -> str:
    """What goes from −1 to 1, with two decimals."""
    return figure(value, None, 2)


def signed(value: float | None, half_width: float | None = None) -> str:
    """A difference in points with its sign: +2, −3, 0."""
    text = points(None if value is None else abs(value), half_width)
    if not text or value is None or not float(rounded(value, 1 if half_width is not None and half_width < 1 else 0)):
        return text
    return ("+" if value > 0 else MINUS) + text


def percent(value: float | None, decimals: int = 0) -> str:
    """A share between 0 and 1 as per cent: 0.71 is 71 %."""
    if value is None or value != value:
        return ""
    return number_format(rounded(value * 100, decimals), decimals, use_l10n=True) + THIN + "%"


def count(value: int | None) -> str:
    return "" if value is None else number_format(value, use_l10n=True, force_grouping=True)

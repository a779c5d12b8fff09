"""Dates and times as files write them, to aware UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from evenhand.sources.errors import RowError, expected

_FORMS = "a date such as 2024-05-31T14:05:00Z, or seconds or milliseconds since 1970"
_SPACED_ZONE = re.compile(r"(?<=\d) (?=[+-]\d\d:?\d\d$)")
_EARLIEST, _LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_MILLISECONDS_FROM = 100_000_000_000  # as seconds, the year 5138


def moment(value: object, field: str) -> datetime | None:
    """UTC time of an ISO 8601 text or an epoch number; None for null and empty text.

    A text without a zone is UTC. A date alone is its midnight. Raises RowError for anything else,
    for days that do not exist and for years outside 1970 to 2199.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        found = _from_text(value.strip(), field)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = _from_number(value, field)
    else:
        raise expected(field, _FORMS, value)
    if not _EARLIEST <= found < _LATEST:
        raise expected(field, "a date between 1970 and 2199", value)
    return found


def _from_text(value: str, field: str) -> datetime:
    if value.isascii() and value.isdigit() and len(value) in (10, 13):
        return _from_number(int(value), field)
    try:
        found = datetime.fromisoformat(_SPACED_ZONE.sub("", value))
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        reason = str(error)
        if "out of range" in reason or "must be in" in reason:
            raise RowError(field, f'there is no such date: "{value[:40]}" ({reason})', value) from None
        raise expected(field, _FORMS, value) from None


def _from_number(value: float, field: str) -> datetime:
    seconds = value / 1000 if abs(value) >= _MILLISECONDS_FROM else value
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        raise expected(field, "a date between 1970 and 2199", value) from None

"""Periods of local days: named ones, the one before, and their weeks and months.

A period is half-open: it holds its start and not its end. "Today" is an argument, never
read from a clock; weeks begin on any weekday, counted as Python does, 0 for Monday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

MONDAY = 0

Step = Literal["day", "week", "month", "quarter", "year"]

NAMED = (
    "today", "yesterday",
    "this_week", "last_week", "this_month", "last_month",
    "this_quarter", "last_quarter", "this_year", "last_year",
)  # fmt: skip

_LAST = re.compile(r"last_(\d{1,4})_(days|weeks|months)")
_MONTHS_OF: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The local days from ``start`` up to, and not including, ``end``."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"A period cannot end ({self.end}) before it starts ({self.start}).")

    @classmethod
    def of_days(cls, first: date, last: date) -> Period:
        """The period from the first to the last day, both included."""
        return cls(first, last + timedelta(days=1))

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def last(self) -> date:
        """The last day inside; of an empty period the day before it would start."""
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __iter__(self) -> Iterator[date]:
        return (self.start + timedelta(days=i) for i in range(self.days))


def relative_period(name: str, today: date, first_weekday: int = MONDAY) -> Period:
    """The period that a name means on a given day.

    Names: those of :data:`NAMED`, and ``last_N_days``, ``last_N_weeks``,
    ``last_N_months`` for any N. ``last_7_days`` are today and the six days before;
    ``last_4_weeks`` are 28 days in the same way; ``last_3_months`` reach back to the same
    day of the month. ``this_...`` reach to the end of the calendar unit, ``last_week``,
    ``last_month``, ... are whole ones. Raises ValueError for an unknown name.
    """
    tomorrow = today + timedelta(days=1)
    if name == "today":
        return Period(today, tomorrow)
    if name == "yesterday":
        return Period(today - timedelta(days=1), today)
    counted = _LAST.fullmatch(name)
    if counted:
        return _last(int(counted[1]), counted[2], tomorrow)
    which, _, unit = name.partition("_")
    if which in ("this", "last") and unit in ("week", *_MONTHS_OF):
        now = start_of(unit, today, first_weekday)  # type: ignore[arg-type]
        if which == "this":
            return Period(now, _next(now, unit))
        return Period(start_of(unit, now - timedelta(days=1), first_weekday), now)  # type: ignore[arg-type]
    raise ValueError(f"{name!r} is no period. Known: {', '.join(NAMED)}, last_N_days, last_N_weeks, last_N_months.")


def previous_period(period: Period) -> Period:
    """The period of the same number of days that ends where this one starts."""
    return Period(period.start - timedelta(days=period.days), period.start)


def start_of(unit: Step, day: date, first_weekday: int = MONDAY) -> date:
    """First day of the week, month, quarter or year that holds ``day``."""
    if not 0 <= first_weekday <= 6:
        raise ValueError(f"A weekday is 0 (Monday) to 6 (Sunday), not {first_weekday}.")
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=(day.weekday() - first_weekday) % 7)
    months = _MONTHS_OF[unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def split(period: Period, step: Step, first_weekday: int = MONDAY) -> list[Period]:
    """The period cut at calendar units; the first and last piece may be part of a unit."""
    pieces = []
    start = period.start
    while start < period.end:
        end = min(_next(start_of(step, start, first_weekday), step), period.end)
        pieces.append(Period(start, end))
        start = end
    return pieces


def step_for(period: Period) -> Step:
    """A step that cuts a period into a readable number of pieces, about 6 to 30."""
    if period.days <= 14:
        return "day"
    if period.days <= 210:
        return "week"
    return "month" if period.days <= 1100 else "quarter"


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The day on which an instant falls in a time zone. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("An instant needs a time zone.")
    return instant.astimezone(zone).date()


def instants(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """UTC instants at which the period starts and ends in a time zone, half-open.

    Where a change of clocks skips midnight, the day starts with its first real instant.
    """
    return _midnight(period.start, zone), _midnight(period.end, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    # fold=0, the default, reads a skipped midnight as the instant of the change itself
    # and a repeated one as its first occurrence: in both cases the day's first instant.
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _next(start: date, unit: str) -> date:
    if unit == "day":
        return start + timedelta(days=1)
    if unit == "week":
        return start + timedelta(days=7)
    return _add_months(start, _MONTHS_OF[unit])


def _add_months(day: date, months: int) -> date:
    """The same day of the month, or that month's last day where it has none."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def _last(count: int, unit: str, tomorrow: date) -> Period:
    if count == 0:
        raise ValueError("A period needs one day or more.")
    if unit == "months":
        return Period(_add_months(tomorrow, -count), tomorrow)
    return Period(tomorrow - timedelta(days=count * (7 if unit == "weeks" else 1)), tomorrow)

"""Named periods, the one before, and days in a time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.periods import (
    NAMED,
    Period,
    instants,
    local_day,
    previous_period,
    relative_period,
    split,
    start_of,
    step_for,
)

from .strategies import steady

TODAY = date(2026, 5, 14)  # a Thursday
SUNDAY = 6

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
zones = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "America/Havana", "Asia/Beirut"]
)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("today", "2026-05-14", "2026-05-14"),
        ("yesterday", "2026-05-13", "2026-05-13"),
        ("last_7_days", "2026-05-08", "2026-05-14"),
        ("last_30_days", "2026-04-15", "2026-05-14"),
        ("last_4_weeks", "2026-04-17", "2026-05-14"),
        ("last_3_months", "2026-02-15", "2026-05-14"),
        ("this_week", "2026-05-11", "2026-05-17"),
        ("last_week", "2026-05-04", "2026-05-10"),
        ("this_month", "2026-05-01", "2026-05-31"),
        ("last_month", "2026-04-01", "2026-04-30"),
        ("this_quarter", "2026-04-01", "2026-06-30"),
        ("last_quarter", "2026-01-01", "2026-03-31"),
        ("this_year", "2026-01-01", "2026-12-31"),
        ("last_year", "2025-01-01", "2025-12-31"),
    ],
)
def test_names_mean_days(name, first, last):
    found = relative_period(name, TODAY)
    assert (found.start.isoformat(), found.last.isoformat()) == (first, last)


def test_weeks_begin_where_the_workspace_says():
    assert relative_period("this_week", TODAY, SUNDAY).start == date(2026, 5, 10)
    assert start_of("week", date(2026, 5, 10), SUNDAY) == date(2026, 5, 10)
    with pytest.raises(ValueError, match="weekday"):
        start_of("week", TODAY, 7)


def test_the_months_before_the_last_of_may_end_in_february():
    assert relative_period("last_3_months", date(2026, 5, 30)).start == date(2026, 2, 28)


@pytest.mark.parametrize("name", ["", "last_0_days", "this_decade", "last_days", "next_week", "last_7_days "])
def test_other_names_are_refused(name):
    with pytest.raises(ValueError, match="period"):
        relative_period(name, TODAY)


def test_the_period_before_has_as_many_days():
    found = previous_period(Period.of_days(date(2026, 5, 1), date(2026, 5, 28)))
    assert found == Period.of_days(date(2026, 4, 3), date(2026, 4, 30))


def test_a_period_holds_its_first_day_and_not_its_end():
    period = Period(date(2026, 5, 1), date(2026, 5, 3))
    assert list(period) == [date(2026, 5, 1), date(2026, 5, 2)]
    assert date(2026, 5, 3) not in period
    assert date(2026, 5, 2) in period


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2026, 5, 2), date(2026, 5, 1))


def test_months_are_cut_at_calendar_months():
    found = split(Period.of_days(date(2026, 1, 20), date(2026, 3, 5)), "month")
    assert [(p.start.month, p.days) for p in found] == [(1, 12), (2, 28), (3, 5)]


@pytest.mark.parametrize(
    ("length", "step"), [(7, "day"), (28, "week"), (112, "week"), (365, "month"), (2000, "quarter")]
)
def test_a_trend_gets_a_readable_step(length, step):
    assert step_for(Period(TODAY, TODAY + timedelta(days=length))) == step


def test_a_day_starts_at_local_midnight():
    start, end = instants(Period.of_days(TODAY, TODAY), ZoneInfo("Europe/Berlin"))
    assert start == datetime(2026, 5, 13, 22, tzinfo=UTC)
    assert end - start == timedelta(hours=24)


def test_the_day_on_which_clocks_go_forward_has_23_hours():
    day = date(2026, 3, 29)
    start, end = instants(Period.of_days(day, day), ZoneInfo("Europe/Berlin"))
    assert end - start == timedelta(hours=23)


def test_a_day_without_midnight_starts_with_its_first_instant():
    day, zone = date(2018, 11, 4), ZoneInfo("America/Sao_Paulo")
    start, _ = instants(Period.of_days(day, day), zone)
    assert start.astimezone(zone).isoformat() == "2018-11-04T01:00:00-02:00"
    assert local_day(start - timedelta(microseconds=1), zone) == date(2018, 11, 3)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2026, 5, 14), ZoneInfo("UTC"))


@steady
@given(days, zones)
def test_days_follow_each_other_without_gap_or_overlap(day, zone):
    info = ZoneInfo(zone)
    start, end = instants(Period.of_days(day, day), info)
    assert start < end
    assert local_day(start, info) == day == local_day(end - timedelta(microseconds=1), info)
    assert local_day(start - timedelta(microseconds=1), info) == day - timedelta(days=1)


@steady
@given(days, st.sampled_from([*NAMED, "last_7_days", "last_4_weeks", "last_5_months"]), st.integers(0, 6))
def test_pieces_put_together_are_the_period(day, name, weekday):
    period = relative_period(name, day, weekday)
    for step in ("day", "week", "month", "quarter", "year"):
        pieces = split(period, step, weekday)
        assert [d for piece in pieces for d in piece] == list(period)
        assert all(piece.start == start_of(step, piece.start, weekday) for piece in pieces[1:])


@steady
@given(days, st.sampled_from(NAMED), st.integers(0, 6))
def test_this_holds_today_and_last_ends_before_it(day, name, weekday):
    period = relative_period(name, day, weekday)
    if name.startswith(("this", "today")):
        assert day in period
    else:
        assert period.end == relative_period(name.replace("last", "this").replace("yester", "to"), day, weekday).start

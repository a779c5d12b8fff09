from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evenhand.sources.clock import moment
from evenhand.sources.errors import RowError

NOON = datetime(2024, 5, 31, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2024-05-31T12:00:00Z",
        "2024-05-31T14:00:00+02:00",
        "2024-05-31 04:00:00 -0800",
        "2024-05-31 12:00:00",
        " 2024-05-31T12:00:00.000Z ",
        "20240531T120000Z",
        1717156800,
        1717156800.0,
        1717156800000,
        "1717156800",
        "1717156800000",
    ],
)
def test_one_moment_in_many_forms(value):
    assert moment(value, "at") == NOON


def test_a_day_is_its_midnight_and_nothing_is_none():
    assert moment("2024-05-31", "at") == datetime(2024, 5, 31, tzinfo=UTC)
    assert moment(None, "at") is None
    assert moment("", "at") is None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("2023-02-29", "there is no such date"),
        ("2023-13-01T00:00:00Z", "there is no such date"),
        ("2023-01-01T25:00:00", "there is no such date"),
        ("yesterday", "expected a date such as"),
        ("31.05.2024", "expected a date such as"),
        (True, "expected a date such as"),
        ([], "expected a date such as"),
        (-1, "between 1970 and 2199"),
        (10**30, "between 1970 and 2199"),
        ("0001-01-01", "between 1970 and 2199"),
        ("9999-12-31T23:59:59-12:00", ""),
    ],
)
def test_what_is_no_date_is_refused(value, reason):
    with pytest.raises(RowError) as error:
        moment(value, "at")
    assert error.value.field == "at"
    assert reason in error.value.reason

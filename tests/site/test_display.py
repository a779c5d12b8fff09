"""Numbers and times as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from evenhand.quality.estimates import Estimate, no_number
from evenhand.site import display


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(258, "4:18"), (402.4, "6:42"), (3909, "1:05:09"), (0, "0:00"), (timedelta(minutes=2), "2:00")],
)
def test_review_times_read_like_a_watch(seconds, shown):
    assert display.duration(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(402, "6 min 42 s"), (93600, "1 day 2 h"), (172800, "2 days"), (9, "9 s"), (0, "0 s"), (3605, "1 h")],
)
def test_long_times_are_told_in_their_two_largest_units(seconds, shown):
    assert display.lasting(seconds) == shown


def test_times_are_shown_in_the_workspace_s_zone():
    moment = datetime(2025, 11, 17, 23, 30, tzinfo=UTC)
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert display.clock(moment) == "08:30"
        assert display.clock(moment, "exact") == "08:30:00"
        assert display.day(moment) == "18 Nov 2025"
        assert display.stamp(moment) == "Tue 18 Nov 2025, 08:30"


def test_near_days_are_told_shortly():
    now = timezone.now()
    today = timezone.localdate()
    assert display.day(now, "near") == display.clock(now)
    assert display.day(today - timedelta(days=2), "near") == (today - timedelta(days=2)).strftime("%a %-d")
    assert display.day(date(2019, 3, 5), "near") == "5 Mar 2019"
    assert display.day(date(2019, 3, 5), "long") == "Tuesday 5 March 2019"


def test_an_estimate_is_told_with_interval_and_n():
    told = display.told(Estimate(84.3, 80.1, 88.4, 1142))
    assert (told["value"], told["low"], told["high"], told["n_words"]) == ("84", "80", "88", "1,142 reviews")
    told = display.told(Estimate(90.0, 89.6, 90.4, 1))
    assert (told["value"], told["low"], told["n_words"]) == ("90.0", "89.6", "1 review")


def test_what_knows_its_frame_tells_it():
    drawn = Estimate(84.0, 80.0, 88.0, 142, 3912, method="t-skew", design="stratified")
    assert display.told(drawn)["n_words"] == "142 of 3,912 conversations"
    assert display.told(drawn, n=150)["n_words"] == "150 reviews of 3,912 conversations"
    assert display.told(drawn, describes="in all")["n_words"] == "142 conversations"


def test_what_is_no_score_has_decimals_of_its_own():
    told = display.told(Estimate(-0.11, -0.181, 0.104, 120), "agreement")
    assert (told["value"], told["low"], told["high"], told["n_words"]) == (
        "−0.11",
        "−0.18",
        "0.10",
        "120 conversations",
    )


def test_without_a_number_it_says_how_many_reviews_are_missing():
    assert display.told(no_number(4), missing=7)["wanting"] == "not enough reviews yet: 7 more for ±10"
    assert display.told(no_number(3), missing=1)["wanting"] == "not enough reviews yet: 1 more for a number"
    assert display.told(no_number(0), "csat")["wanting"] == "not enough answers yet"
    assert display.told(None)["wanting"] == "not enough reviews yet"


@pytest.mark.parametrize(("low", "start"), [(80, 60), (74, 60), (98, 60), (64, 40), (30, 20), (3, 0), (None, 0)])
def test_a_headline_s_axis_begins_at_a_round_number(low, start):
    assert display.axis_start(low) == start

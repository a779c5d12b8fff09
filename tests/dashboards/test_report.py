"""`evenhand report`: what the terminal says where there is little to say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.dashboards import report
from evenhand.quality.estimates import no_number
from evenhand.quality.periods import Period


@pytest.fixture
def empty(world):
    last = report.today(world.workspace)
    return report.build(world.workspace, Period.of_days(last - timedelta(days=6), last))


def test_without_reviews_nothing_is_said_about_how_they_were_drawn(empty):
    told = report.text(empty)
    assert told.endswith("No reviews in this period. A number takes four.")


@pytest.mark.parametrize(("n", "needed", "words"), [(3, 1, "1 more for a number"), (4, 7, "7 more for ±10")])
def test_what_is_missing_is_a_number_first_and_then_a_useful_one(n, needed, words):
    assert words in report._value(report.Line("Tom", no_number(n), needed=needed))

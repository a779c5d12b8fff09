"""Figures as people read them."""

from __future__ import annotations

import pytest

from evenhand.facts.words import figures


@pytest.mark.parametrize(
    ("value", "half_width", "shown"),
    [
        (84.31, 4.0, "84"),
        (84.31, 1.0, "84"),
        (84.31, 0.99, "84.3"),
        (84.31, None, "84"),
        (72.5, None, "73"),
        (73.5, None, "74"),
        (72.49999999999, None, "73"),
        (-0.2, None, "0"),
        (None, 4.0, ""),
        (float("nan"), 4.0, ""),
    ],
)
def test_points_are_whole_while_the_interval_is_wide(value, half_width, shown):
    assert figures.points(value, half_width) == shown


@pytest.mark.parametrize(("value", "shown"), [(2.2, "+2"), (-3.4, "−3"), (0.3, "0"), (-0.3, "0"), (None, "")])
def test_a_difference_wears_its_sign(value, shown):
    assert figures.signed(value) == shown


def test_a_share_is_shown_in_per_cent():
    assert figures.percent(0.714) == "71\u202f%"
    assert figures.percent(0.714, 1) == "71.4\u202f%"
    assert figures.percent(None) == ""

"""Drawings keep their geometry in attributes, and numbers where they belong."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from evenhand.site import drawings


def svg(drawn):
    return BeautifulSoup(str(drawn), "html.parser")


def test_a_whisker_lies_where_its_numbers_are():
    drawn = svg(drawings.whisker(80, 84, 88, 60, 100))
    span, dot = drawn.select_one(".span"), drawn.select_one(".dot")
    assert (span["x1"], span["x2"], dot["cx"]) == ("50.00%", "70.00%", "60.00%")
    assert drawn.svg["aria-label"] == "84, between 80 and 88, on a scale from 60 to 100"


def test_without_an_interval_there_is_no_whisker():
    assert drawings.whisker(None, 84, None) == ""


def test_what_lies_outside_the_axis_stands_at_its_end():
    assert drawings.along(120, 0, 100) == "100.00%"
    assert drawings.along(-5, 0, 100) == "0.00%"
    assert drawings.along(5, 50, 50) == "50.00%"


@pytest.mark.parametrize(
    ("low", "high", "figures"),
    [(80, 88, ["60", "100", "80", "88"]), (61, 98, ["61", "98"]), (83.5, 84.5, ["60", "100", "83.5–84.5"])],
)
def test_figures_under_a_whisker_never_touch(low, high, figures):
    drawn = svg(drawings.whisker(low, (low + high) / 2, high, 60, 100, tall=True))
    assert [text.string for text in drawn.select("text")] == figures


def test_boxes_show_how_many_reviews_are_missing():
    drawn = svg(drawings.until(3, 7))
    assert (len(drawn.select("rect")), len(drawn.select(".have"))) == (10, 3)


@pytest.mark.parametrize(
    ("at", "total", "done", "todo"), [(7, 20, 6, 13), (1, 3, 0, 2), (300, 300, 19, 0), (0, 0, 0, 0)]
)
def test_a_queue_shows_what_is_done_and_what_is_to_do(at, total, done, todo):
    drawn = svg(drawings.queue(at, total))
    assert (len(drawn.select(".done")), len(drawn.select(".todo"))) == (done, todo)


def test_a_row_shows_estimate_team_and_plain_mean():
    drawn = svg(drawings.dot_row(81, 90, 98, 60, 100, mean=84, raw=93))
    assert drawn.select_one(".mean-line")["x1"] == "60.00%"
    assert drawn.select_one("svg svg")["x"] == "82.50%"
    assert not svg(drawings.dot_row(81, 90, 98)).select(".mean-line, .raw")


@pytest.mark.parametrize("name", drawings.ICONS)
def test_an_icon_is_hidden_from_screen_readers_and_has_no_style(name):
    drawn = drawings.icon(name)
    assert 'aria-hidden="true"' in drawn
    assert "style" not in drawn


@pytest.mark.parametrize(
    ("axis", "figures"),
    [
        ((0, 100), [0, 25, 50, 75, 100]),
        ((20, 100), [20, 40, 60, 80, 100]),
        ((40, 100), [40, 60, 80, 100]),
        ((60, 100), [60, 70, 80, 90, 100]),
        ((-20, 20), [-20, -10, 0, 10, 20]),
        ((-60, 60), [-60, -30, 0, 30, 60]),
        ((37, 100), [40, 60, 80, 100]),
    ],
)
def test_an_axis_has_round_figures_and_its_rows_a_line_at_each(axis, figures):
    assert drawings.ticks(*axis) == figures
    assert [text.text for text in svg(drawings.axis_row(*axis)).select("text")] == [
        f"{n}".replace("-", "\u2212") for n in figures
    ]
    assert len(svg(drawings.dot_row(50, 60, 70, *axis)).select(".grid")) == len(figures)

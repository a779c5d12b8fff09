"""What pooled benchmarks may say."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from evenhand.quality.publication import NotPublished, dp_mean_plan, dp_mean_release, publish_cell

VALUES = [71.2, 74.9, 78.0, 80.5, 81.1, 83.3, 84.6, 86.0, 90.4, 92.5]


def test_ten_companies_are_published_in_whole_points():
    cell = publish_cell(VALUES, 2026)
    assert (cell.mean, cell.quarter, cell.middle, cell.three_quarters) == (82, 79, 82, 86)
    assert (cell.companies, cell.refused, cell.wording) == (10, "", "aggregated with a minimum group size")


def test_nine_are_not_and_their_number_is_kept_back():
    cell = publish_cell(VALUES[:9], 2026)
    assert (cell.mean, cell.middle, cell.companies, cell.refused) == (None, None, None, "too_few_companies")


@pytest.mark.parametrize(("largest", "refused"), [(3.0, ""), (3.1, "one_too_large")])
def test_nobody_may_be_above_a_quarter_of_a_weighted_cell(largest, refused):
    cell = publish_cell(VALUES, 2026, volumes=[1.0] * 9 + [largest])
    assert cell.refused == refused


def test_a_cell_is_published_once_a_year():
    assert publish_cell(VALUES, 2026, published_years=[2026]).refused == "published_this_year"
    assert publish_cell(VALUES, 2027, published_years=[2026]).mean == 82


def test_values_are_clipped_before_they_count():
    assert publish_cell([*VALUES[:9], 900.0], 2026).mean == publish_cell([*VALUES[:9], 100.0], 2026).mean


def test_ten_companies_drown_in_the_noise():
    assert dp_mean_plan(10, 1.0, 50, 100).sd == pytest.approx(7.07, abs=0.01)
    with pytest.raises(NotPublished, match="100 companies"):
        dp_mean_release([80.0] * 99)


def test_a_private_mean_without_its_extra_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "opendp.prelude", None)
    with pytest.raises(ModuleNotFoundError, match=r"evenhand\[benchmark\]"):
        dp_mean_release([80.0] * 100)


def test_a_private_mean_is_near_the_mean_in_whole_points():
    pytest.importorskip("opendp", reason="needs the extra: benchmark")
    found = dp_mean_release(np.linspace(60, 90, 400), 1.0, 50, 100)
    assert isinstance(found.value, int)
    assert found.value == pytest.approx(75, abs=1 + 40 * found.plan.scale)
    assert (found.companies, found.epsilon) == (400, 1.0)


@pytest.mark.parametrize(
    "call",
    [
        lambda: dp_mean_plan(0, 1.0),
        lambda: dp_mean_plan(10, 0),
        lambda: publish_cell(VALUES, 2026, volumes=[0] * 10),
        lambda: publish_cell(VALUES, 2026, volumes=[1] * 9),
    ],
)
def test_what_makes_no_sense_is_refused(call):
    with pytest.raises(ValueError):
        call()

"""Means of what only some of the drawn pairs have."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.estimates import draws_estimate, part_of_draws

from .strategies import scores, steady

values = st.lists(st.tuples(scores, st.booleans()), min_size=2, max_size=8)


def drawn(cells):
    y = np.array([v for rows in cells for v, _ in rows])
    has = np.array([rated for rows in cells for _, rated in rows])
    cell = np.repeat(np.arange(len(cells)), [len(rows) for rows in cells])
    return y, has, cell, np.bincount(cell)


@steady
@given(st.lists(values, min_size=1, max_size=4), st.integers(1, 9))
def test_each_value_weighs_what_its_pair_weighs(cells, times):
    y, has, cell, reviewed = drawn(cells)
    size = reviewed * np.arange(1, len(cells) + 1) * times
    rated = np.bincount(cell[has], minlength=len(cells))
    found = part_of_draws(y[has], cell[has], reviewed, size)
    weight = (size / reviewed)[cell] * has
    if (rated >= 2).all() and has.sum() >= 4:
        assert found.value == pytest.approx(weight @ y / weight.sum())
    assert found.n == has.sum()


@steady
@given(st.lists(values, min_size=1, max_size=4), st.integers(0, 50))
def test_a_part_that_is_all_is_the_estimate_of_all(cells, more):
    y, _, cell, reviewed = drawn(cells)
    assert part_of_draws(y, cell, reviewed, reviewed + more) == draws_estimate(y, cell, reviewed + more)


def test_a_cell_without_reviews_counts_with_the_share_of_the_others():
    found = part_of_draws([80, 90, 70, 60], [0, 0, 1, 1], [4, 4, 0], [10, 20, 40], {0: 0.4, 1: 0.2, 2: 0.1})
    assert found.population == 5 + 10 + 20


def test_more_values_than_reviews_are_refused():
    with pytest.raises(ValueError, match="2 values of 1"):
        part_of_draws([80, 90], [0, 0], [1], [10])

"""Importance of drivers; the digits are in the golden files."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.quality.drivers import MOST_DRIVERS, lmg, lmg_bootstrap, mcfadden_r2
from tests.quality.strategies import steady

seeds = st.integers(0, 10_000)


def world(seed, n=40, p=3):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, p)) + rng.normal(size=(n, 1))
    return x, x @ rng.normal(size=p) + 2 * rng.normal(size=n)


def by_all_orders(r2, p):
    """Shapley shares by their definition: what each adds, averaged over every order of entering."""
    share = np.zeros(p)
    orders = list(permutations(range(p)))
    for order in orders:
        for i, driver in enumerate(order):
            share[driver] += r2(sorted(order[: i + 1])) - r2(sorted(order[:i]))
    return share / len(orders)


@steady
@given(seeds)
def test_it_is_what_each_driver_adds_over_all_orders(seed):
    x, y = world(seed)

    def r2(columns):
        design = np.column_stack([np.ones(len(y)), x[:, columns]])
        rest = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
        return 1 - rest @ rest / ((y - y.mean()) @ (y - y.mean()))

    found = lmg(x, y)
    assert found.share == pytest.approx(by_all_orders(r2, 3), abs=1e-9)
    assert found.share.sum() == pytest.approx(found.r2)


def test_yes_and_no_by_mcfadden_over_all_orders():
    x, y = world(3, n=120, p=3)
    yes, once = (y > 0).astype(float), np.ones((1, 120))
    found = lmg(x, yes, binary=True)

    def r2(columns):
        return float(mcfadden_r2(x, yes, once, np.isin(np.arange(3), columns)[None])[0, 0])

    assert found.share == pytest.approx(by_all_orders(r2, 3))
    assert found.r2 == pytest.approx(r2([0, 1, 2]))
    assert found.kind == "mcfadden"


@steady
@given(seeds, st.floats(0.1, 50), st.floats(-100, 100))
def test_units_and_order_do_not_matter(seed, scale, shift):
    x, y = world(seed)
    shares = lmg(x, y).share
    assert lmg(x * scale + shift, y * scale - shift).share == pytest.approx(shares, abs=1e-8)
    assert lmg(x[:, ::-1], y).share == pytest.approx(shares[::-1], abs=1e-9)


def test_twins_share_and_the_silent_get_nothing():
    x, y = world(1, p=2)
    found = lmg(np.column_stack([x, x[:, 0], np.full(40, 3.0)]), y)
    assert found.share[0] == pytest.approx(found.share[2])
    assert found.share[3] == 0
    assert found.r2 == pytest.approx(lmg(x, y).r2)


def test_answers_that_a_driver_tells_apart_end_near_one():
    x = np.linspace(-1, 1, 40)[:, None]
    assert lmg(x, (x[:, 0] > 0).astype(float), binary=True).r2 > 0.99
    assert lmg(x, np.ones(40), binary=True).r2 == 0


def test_rows_with_a_gap_are_left_out_and_counted():
    x, y = world(2)
    holes = x.copy()
    holes[:5, 1] = np.nan
    assert lmg(holes, y).n == 35
    assert lmg(holes, y).share == pytest.approx(lmg(x[5:], y[5:]).share)


def test_too_many_drivers_and_too_few_rows_are_refused():
    with pytest.raises(ValueError, match="1 to 12"):
        lmg(np.zeros((50, MOST_DRIVERS + 1)), np.zeros(50))
    with pytest.raises(ValueError, match="6 rows"):
        lmg(np.zeros((5, 4)), np.zeros(5))
    with pytest.raises(ValueError, match="0 or 1"):
        lmg(*world(1), binary=True)


def test_the_bootstrap_tells_firm_ranks_from_loose_ones():
    rng = np.random.default_rng(4)
    x = rng.normal(size=(200, 3))
    y = 2 * x[:, 0] + 0.1 * x[:, 1] + 0.1 * x[:, 2] + rng.normal(size=200)
    found = lmg_bootstrap(x, y, samples=300)
    assert found.rank[0] == 1
    assert found.keeps[0] == 1
    assert max(found.keeps[1:]) < 1
    assert found.low[0] < found.importance.share[0] < found.high[0]
    assert found.ranks.sum(axis=1) == pytest.approx(1)
    assert lmg_bootstrap(x, y, samples=300).low == pytest.approx(found.low)


def test_the_bootstrap_of_yes_and_no():
    x, y = world(5, n=80, p=2)
    found = lmg_bootstrap(x, (y > 0).astype(float), binary=True, samples=20)
    assert found.importance.kind == "mcfadden"
    assert (found.low <= found.high).all()

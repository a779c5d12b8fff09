"""The table of coverage measures what it says."""

from __future__ import annotations

import io

import numpy as np
import pytest

from evenhand.quality.verify import simulate
from evenhand.quality.verify.simulate import coverage
from evenhand.quality.verify.simulate.trials import Row, Tally, Tried, measure, promise


def normal(factor):
    """Intervals of ± factor standard errors around a mean whose truth is 0."""

    def trial(rng):
        at = rng.normal()
        return [Tried(at - factor, at + factor, 0.0, "z")]

    return trial


def test_every_row_can_be_tried_and_no_interval_is_upside_down():
    for row in coverage.table():
        for tried in row.trial(np.random.default_rng(3)):
            assert np.isfinite(tried.truth), row.name
            assert tried.low <= tried.high, row.name
    names = [row.name for row in coverage.table()]
    assert len(set(names)) == len(names) > 70


def test_a_share_of_replications_is_counted():
    exact, narrow = (measure(Row("z", normal(factor)), range(3000)).held for factor in (1.96, 1.0))
    assert exact == pytest.approx(95, abs=1.5)
    assert narrow == pytest.approx(68.3, abs=3)


def test_portions_of_replications_add_up():
    row = Row("z", normal(1.5), every=2)
    whole, joined = measure(row, range(40)), Tally()
    for part in (range(10), range(10, 40)):
        joined.join(measure(row, part))
    assert whole == joined
    assert whole.count == 20


def test_a_rule_below_its_promise_fails_the_table(monkeypatch):
    rows = (Row("honest", normal(2.2)), Row("boastful", normal(1.0)))
    monkeypatch.setattr(coverage, "table", lambda: rows)
    out = io.StringIO()
    assert coverage.run(200, out) is False
    table = out.getvalue()
    assert "200 replications of each row, seed 5" in table
    assert table.count("BELOW ITS PROMISE") == 1
    assert table.endswith("2 rows, 1 as promised\n")
    monkeypatch.setattr(coverage, "table", lambda: rows[:1])
    assert simulate.main(["coverage"], io.StringIO(), 200) == 0


def test_few_values_are_promised_the_envelope():
    assert (promise(9), promise(9, answers=True), promise(10)) == (95, 90, 93)


def test_a_table_that_does_not_exist_is_refused_before_anything_runs():
    with pytest.raises(ValueError, match="no table 'x'"):
        simulate.main(["coverage", "x"], io.StringIO())

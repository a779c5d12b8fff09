"""The simulation of corrected intervals: its samples, its frames, its verdict."""

from __future__ import annotations

import io

import numpy as np
import pytest

from evenhand.quality.verify.compare import worst_deviation
from evenhand.quality.verify.simulate import corrected
from evenhand.quality.verify.simulate.corrected import ppi_simulation
from evenhand.quality.verify.simulate.populations import frame, simple_samples


def test_samples_are_without_replacement_and_reach_every_place():
    places = simple_samples(np.random.default_rng(1), 40, 30, 400)
    assert all(len(set(row)) == 30 for row in places.tolist())
    assert np.bincount(places.ravel(), minlength=40) == pytest.approx(np.full(40, 300), rel=0.25)


def test_frames_have_the_correlation_that_was_asked_for():
    assert frame("gaussian", 0.7).rho == pytest.approx(0.7, abs=1e-12)
    assert frame("iqs", 0.7).rho == pytest.approx(0.7, abs=1e-3)
    with pytest.raises(ValueError, match="no population"):
        frame("uniform", 0.7)


def test_review_scores_look_like_review_scores():
    y = frame("iqs", 0.5).y
    assert (y.min(), y.max()) == (0, 100)
    assert np.mean(y == 0) > 0.01
    assert np.mean(y == 100) > 0.1


def test_the_machine_alone_never_holds_the_truth_and_the_correction_does():
    found = ppi_simulation("iqs", 0.7, 50, replications=500)
    assert found["autoqa_mean_only"].coverage == 0.0
    assert found["greg_hc3"].coverage > 0.9
    assert found["greg_hc3"].width < found["classical_t"].width


def test_a_row_that_misses_its_tolerance_fails_the_table(monkeypatch):
    row = corrected.EXPECTED[0]
    wrong = type(row)(row.population, row.rho, row.n, row.coverage, {**row.methods, "greg_hc3": (0.5, 0.95)})
    out = io.StringIO()
    monkeypatch.setattr(corrected, "EXPECTED", (wrong,))
    assert corrected.run(500, out) is False
    assert "FAIL" in out.getvalue()
    assert "seed 20240" in out.getvalue()
    monkeypatch.setattr(corrected, "EXPECTED", (row,))
    assert corrected.run(4000, io.StringIO()) is True


def test_a_tolerance_may_hold_for_one_field():
    tolerance = {"coverage_abs": 0.012, "rmse_rel": 0.05}
    expected = {"greg": {"coverage": 0.95, "rmse": 2.0}, "mean": 81.0}
    assert worst_deviation({"greg": {"coverage": 0.96, "rmse": 2.09}, "mean": 81.0}, expected, tolerance).within
    assert not worst_deviation({"greg": {"coverage": 0.97, "rmse": 2.0}, "mean": 81.0}, expected, tolerance).within
    assert not worst_deviation({"greg": {"coverage": 0.95, "rmse": 2.0}, "mean": 81.1}, expected, tolerance).within

"""Two periods. The files of this suite take the first sample minus the second."""

from __future__ import annotations

from typing import Any

import numpy as np

from evenhand.quality.change import Change, hedges_g, paired_change, stratified_change, welch_change
from evenhand.quality.estimates import survey_stratified


def welch_case(given: dict[str, Any]) -> dict[str, Any]:
    first, second = given["x"], given["y"]
    return _answer(welch_change(before=second, after=first)) | {"hedges_g": hedges_g(second, first)}


def paired_case(given: dict[str, Any]) -> dict[str, Any]:
    return _answer(paired_change(before=given["y"], after=given["x"]))


def stratified_case(given: dict[str, Any]) -> dict[str, Any]:
    """Means of two periods, each stratified; here the later one minus the earlier."""
    y, stratum = np.asarray(given["y"], np.float64), np.asarray(given["stratum"])
    period, size = np.asarray(given["period"]), np.asarray(given["fpc"])
    before, after = (
        survey_stratified(y[at], stratum[at], dict(zip(stratum[at].tolist(), size[at].tolist(), strict=True)))
        for at in (period == value for value in np.unique(period))
    )
    names = [str(value) for value in np.unique(period)]
    change = stratified_change(before, after)
    return _answer(change) | {"mean": {names[0]: before.value, names[1]: after.value}}


def _answer(change: Change) -> dict[str, Any]:
    return {
        "diff": change.value, "se": change.se, "t": change.t, "df": change.df, "p": change.p,
        "low": change.low, "high": change.high,
    }  # fmt: skip


ADAPTERS = {"welch_change": welch_case, "paired_change": paired_case, "stratified_change": stratified_case}

"""A year in which nothing changed, forty reviews a month."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from django.utils.translation import gettext as _

from evenhand.dashboards.guide.drawing import Line, Picture, band, intervals
from evenhand.dashboards.guide.world import SIZE, rng, team
from evenhand.quality.change import Change, Verdict, difference, plain_change
from evenhand.quality.estimates import Estimate, mean_interval

MONTHS, REVIEWS = 12, 40


@cache
def found() -> tuple[tuple[Estimate, ...], tuple[Change, ...]]:
    chance, all_of_it = rng("change"), team()
    months = tuple(
        mean_interval(all_of_it.score[all_of_it.draw(chance, REVIEWS)], SIZE) for _month in range(MONTHS)
    )  # fmt: skip
    return months, tuple(difference(before, after) for before, after in pairwise(months))


def picture() -> Picture:
    (months, changes), truth = found(), team().truth
    line = band(
        _("Twelve months in which nothing changed"), [(i, one) for i, one in enumerate(months, 1)], _("month"),
        truth=truth, start=50,
    )  # fmt: skip
    names = [_("month %(a)d to %(b)d") % {"a": i, "b": i + 1} for i in range(1, MONTHS)]
    steps = [Line(name, _as_line(one)) for name, one in zip(names, changes, strict=True)]
    drawn = intervals(
        _("The differences between neighbouring months, in points"), steps, 0.0, _("No difference is"),
        start=-30, end=30, n_name=_("Reviews a month"),
    )  # fmt: skip
    largest = max(range(len(changes)), key=lambda i: abs(changes[i].value or 0))
    told = {
        "months": MONTHS, "reviews": REVIEWS, "steps": len(changes), "largest": changes[largest],
        "largest_size": abs(changes[largest].value or 0), "from": largest + 1, "to": largest + 2,
        "clear": sum(plain_change(one) is not Verdict.NO_CLEAR_CHANGE for one in changes),
        "lowest": min(months, key=lambda e: e.value or 0), "highest": max(months, key=lambda e: e.value or 0),
    }  # fmt: skip
    return Picture((line, drawn), told)


def _as_line(one: Change) -> Estimate:
    return Estimate(one.value, one.low, one.high, one.n_after, method=one.method)

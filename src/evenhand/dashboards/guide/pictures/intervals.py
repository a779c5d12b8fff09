"""Fifty people draw thirty conversations each: how many of their intervals hold the truth."""

from __future__ import annotations

from functools import cache

from django.utils.translation import gettext as _

from evenhand.dashboards.guide.drawing import Line, Picture
from evenhand.dashboards.guide.drawing import intervals as drawn
from evenhand.dashboards.guide.world import SIZE, rng, team
from evenhand.quality.estimates import Estimate, mean_interval

PEOPLE, REVIEWS = 50, 30


@cache
def found() -> tuple[Estimate, ...]:
    chance, all_of_it = rng("intervals"), team()
    samples = (all_of_it.score[all_of_it.draw(chance, REVIEWS)] for _person in range(PEOPLE))
    return tuple(mean_interval(sample, SIZE) for sample in samples)


def picture() -> Picture:
    truth, estimates = team().truth, found()
    title = _("Fifty draws of thirty conversations each, and the truth")
    chart = drawn(title, [Line("", one) for one in estimates], truth, _("The truth is"), start=50)
    values = sorted(one.value or 0 for one in estimates)
    holds = sum(one.contains(truth) for one in estimates)
    told = {
        "people": PEOPLE, "reviews": REVIEWS, "size": SIZE, "truth": truth, "lowest": values[0], "highest": values[-1],
        "holds": holds, "misses": PEOPLE - holds, "first": estimates[0],
    }  # fmt: skip
    return Picture((chart,), told)

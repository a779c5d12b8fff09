"""What a suggestion on the screen does to a score: twenty draws read blind, and the same twenty read beside it."""

from __future__ import annotations

from functools import cache

import numpy as np
from django.utils.translation import gettext as _

from evenhand.dashboards.guide.drawing import Line, Picture, intervals
from evenhand.dashboards.guide.world import SIZE, rng, team
from evenhand.quality.estimates import Estimate, mean_interval

DRAWS, REVIEWS = 20, 150
PULL = 0.25
# The machine of this page finds nearly everything good.
MACHINE = (95.0, 4.0)


@cache
def found() -> tuple[tuple[Estimate, ...], tuple[Estimate, ...], float]:
    """Blind, beside the suggestion, and the machine's own mean."""
    chance, all_of_it = rng("blind-review"), team()
    suggested = np.clip(chance.normal(*MACHINE, SIZE), 0, 100)
    seen = (1 - PULL) * all_of_it.score + PULL * suggested
    draws = [all_of_it.draw(chance, REVIEWS) for _draw in range(DRAWS)]
    blind, beside = (tuple(mean_interval(y[draw], SIZE) for draw in draws) for y in (all_of_it.score, seen))
    return blind, beside, float(suggested.mean())


def picture() -> Picture:
    (blind, beside, machine), truth = found(), team().truth
    titles = (
        _("Twenty draws, each reviewed blind"),
        _("The same twenty draws, each reviewed beside a suggestion"),
    )
    charts = tuple(
        intervals(title, [Line("", one) for one in row], truth, _("The truth is"), start=60, end=100)
        for title, row in zip(titles, (blind, beside), strict=True)
    )
    told = {
        "draws": DRAWS, "reviews": REVIEWS, "pull": round(100 * PULL), "machine": machine, "truth": truth,
        "blind": sum(one.contains(truth) for one in blind), "beside": sum(one.contains(truth) for one in beside),
        "shift": sum((b.value or 0) - (a.value or 0) for a, b in zip(blind, beside, strict=True)) / DRAWS,
    }  # fmt: skip
    return Picture(charts, told)

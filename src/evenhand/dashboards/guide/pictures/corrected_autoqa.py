"""A machine that reads everything and is too kind, corrected by reviews of a few."""

from __future__ import annotations

from functools import cache

import numpy as np
from django.utils.translation import gettext as _

from evenhand.dashboards.guide.drawing import Line, Picture, intervals
from evenhand.dashboards.guide.world import SIZE, rng, team
from evenhand.quality.corrected import Corrected, corrected_mean
from evenhand.quality.estimates import Estimate, mean_interval

DRAWS, REVIEWS = 20, 100
# How the machine reads: it follows the reviewers, not so far, with errors of its own, and starts too high.
FOLLOWS, ERROR, HIGH = 0.6, 8.0, 9.0


@cache
def found() -> tuple[tuple[Estimate, ...], tuple[Corrected, ...], float]:
    """Reviews alone and corrected, for each draw, and the machine's mean of everything."""
    chance, all_of_it = rng("corrected-autoqa"), team()
    y, middle = all_of_it.score, all_of_it.truth
    machine = np.clip(middle + HIGH + FOLLOWS * (y - middle) + chance.normal(0, ERROR, SIZE), 0, 100)
    draws = [all_of_it.draw(chance, REVIEWS) for _draw in range(DRAWS)]
    alone = tuple(mean_interval(y[draw], SIZE) for draw in draws)
    mean = float(machine.mean())
    return alone, tuple(corrected_mean(y[draw], machine[draw], mean, SIZE) for draw in draws), mean


def picture() -> Picture:
    (alone, corrected, machine), truth = found(), team().truth
    estimates = [one.estimate for one in corrected]
    first = [Line(_("reviews alone"), alone[0]), Line(_("corrected"), estimates[0])]
    charts = (
        intervals(_("One draw: reviews alone, and the machine corrected by them"), first, truth, _("The truth is"),
                  start=60),
        intervals(_("Twenty draws, each corrected"), [Line("", one) for one in estimates], truth, _("The truth is"),
                  start=60),
    )  # fmt: skip
    told = {
        "reviews": REVIEWS, "size": SIZE, "truth": truth, "machine": machine, "alone": alone[0],
        "corrected": estimates[0], "worth": corrected[0].effective_n, "draws": DRAWS,
        "holds": sum(one.contains(truth) for one in estimates),
        "half_alone": alone[0].half_width, "half_corrected": estimates[0].half_width,
    }  # fmt: skip
    return Picture(charts, told)

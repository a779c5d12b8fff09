"""One team, reviewed further and further: how the interval closes in."""

from __future__ import annotations

from functools import cache

from django.utils.translation import gettext as _

from evenhand.dashboards.guide.drawing import Picture, band
from evenhand.dashboards.guide.world import SIZE, rng, team
from evenhand.quality.estimates import Estimate, mean_interval

STEPS = (4, 6, 8, 10, 15, 20, 30, 60, 120, 200)


@cache
def found() -> dict[int, Estimate]:
    all_of_it = team()
    order = all_of_it.draw(rng("small-samples"), STEPS[-1])
    return {n: mean_interval(all_of_it.score[order[:n]], SIZE) for n in STEPS}


def picture() -> Picture:
    steps, truth = found(), team().truth
    chart = band(
        _("One sample as it grows, with its interval, and the truth"), list(steps.items()),
        _("reviews so far"), truth=truth, start=40, log=True,
    )  # fmt: skip
    halves = {f"half_{n}": steps[n].half_width for n in (10, 30, 120)}
    return Picture((chart,), {"four": steps[4], "thirty": steps[30], "most": steps[200], "truth": truth, **halves})

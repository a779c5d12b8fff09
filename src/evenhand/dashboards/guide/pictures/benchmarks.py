"""The same two hundred conversations, counted by five houses in five ways."""

from __future__ import annotations

from functools import cache

import numpy as np
from django.utils.translation import gettext as _

from evenhand.dashboards.guide.drawing import Line, Picture, intervals
from evenhand.dashboards.guide.world import rng, scored, team
from evenhand.quality.estimates import Estimate, mean_interval, proportion_interval
from evenhand.quality.scores import passes

REVIEWS = 200


@cache
def found() -> tuple[Estimate, ...]:
    """Min-max, points over maximum, without the critical rule, without the worst quarter, pass rate."""
    all_of_it = team()
    drawn = all_of_it.draw(rng("benchmarks"), REVIEWS)
    points, failed = all_of_it.points[drawn], all_of_it.failed[drawn]
    plain = scored(points, failed)
    # Who may pick a case for review seldom picks the worst quarter.
    picked = plain[plain >= np.quantile(plain, 0.25)]
    return (
        mean_interval(plain),
        mean_interval(scored(points, failed, method="max_ratio")),
        mean_interval(scored(points, failed, critical="")),
        mean_interval(picked),
        proportion_interval(int(passes(plain).sum()), REVIEWS),
    )


def picture() -> Picture:
    names = (
        _("our rule"), _("points over maximum"), _("no critical category"), _("agents choose the cases"),
        _("share at 80 and over"),
    )  # fmt: skip
    numbers = found()
    title = _("The same work, counted by five houses")
    chart = intervals(title, [Line(n, e) for n, e in zip(names, numbers, strict=True)], None,
                      start=40)  # fmt: skip
    values = [one.value or 0 for one in numbers]
    told = {"n": REVIEWS, "own": numbers[0], "over_max": numbers[1], "uncritical": numbers[2], "picked": numbers[3],
            "pass_rate": numbers[4], "lowest": min(values), "highest": max(values)}  # fmt: skip
    return Picture((chart,), told)

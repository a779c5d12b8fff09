"""Twenty agents of exactly equal skill, four reviews each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from django.utils.translation import gettext as _

from evenhand.dashboards.guide.drawing import Line, Picture, intervals
from evenhand.dashboards.guide.world import rng, team
from evenhand.quality.estimates import Estimate, mean_interval
from evenhand.quality.shrinkage import eb_shrinkage

AGENTS, REVIEWS = 20, 4


@dataclass(frozen=True, slots=True)
class Months:
    """own: each agent's estimate from their reviews alone, the best first. fair: the same leaning on the team.

    later: the place, from 1, that each of them has in the month after.
    """

    own: tuple[Estimate, ...]
    fair: tuple[Estimate, ...]
    later: tuple[int, ...]


@cache
def found() -> Months:
    chance, all_of_it = rng("ranks"), team()
    first, second = (all_of_it.score[chance.integers(0, len(all_of_it.score), (AGENTS, REVIEWS))] for _month in "12")
    order = np.argsort(-first.mean(axis=1), kind="stable")
    groups = eb_shrinkage(first.ravel(), np.repeat(np.arange(AGENTS), REVIEWS)).by_group()
    places = np.argsort(np.argsort(-second.mean(axis=1), kind="stable"))
    return Months(
        tuple(mean_interval(first[agent]) for agent in order),
        tuple(groups[int(agent)].estimate for agent in order),
        tuple(int(places[agent]) + 1 for agent in order),
    )


def picture() -> Picture:
    months, truth = found(), team().truth
    names = [_("Agent %(letter)s") % {"letter": chr(65 + i)} for i in range(AGENTS)]
    titles = (
        _("Twenty identical agents, four reviews each: every agent’s own mean"),
        _("The same reviews, when each number leans on the team"),
    )
    charts = tuple(
        intervals(title, [Line(n, e) for n, e in zip(names, row, strict=True)], truth, _("Their true level is"))
        for title, row in zip(titles, (months.own, months.fair), strict=True)
    )
    best, worst = months.own[0].value or 0, months.own[-1].value or 0
    told = {
        "agents": AGENTS, "reviews": REVIEWS, "best": months.own[0], "worst": months.own[-1], "gap": best - worst,
        "truth": truth, "best_later": months.later[0],
        "stayed": sum(place <= 5 for place in months.later[:5]),
        "fair_gap": (months.fair[0].value or 0) - (months.fair[-1].value or 0),
    }  # fmt: skip
    return Picture(charts, told)

"""The same team, reviewed at random and by picking what looks difficult."""

from __future__ import annotations

from functools import cache

import numpy as np
from django.utils.translation import gettext as _

from evenhand.dashboards.guide.drawing import Line, Picture, intervals
from evenhand.dashboards.guide.world import SIZE, rng, team
from evenhand.quality.estimates import Estimate, mean_interval

SIZES = (20, 80, 320)
# A conversation at 0 is picked about four times as often as one at 100.
PULL = np.log(4) / 100


@cache
def found() -> tuple[tuple[Estimate, ...], tuple[Estimate, ...]]:
    """At random, and picked by hand, for each size."""
    chance, all_of_it = rng("random-draws"), team()
    eager = np.exp(-PULL * all_of_it.score)
    drawn = all_of_it.draw(chance, SIZES[-1])
    picked = chance.choice(SIZE, SIZES[-1], replace=False, p=eager / eager.sum())
    at_random = tuple(mean_interval(all_of_it.score[drawn[:n]], SIZE) for n in SIZES)
    return at_random, tuple(mean_interval(all_of_it.score[picked[:n]]) for n in SIZES)


def picture() -> Picture:
    (at_random, by_hand), truth = found(), team().truth
    lines = [Line(_("random, %(n)d") % {"n": n}, one) for n, one in zip(SIZES, at_random, strict=True)]
    lines += [Line(_("picked, %(n)d") % {"n": n}, one) for n, one in zip(SIZES, by_hand, strict=True)]
    title = _("One team, reviewed at random and by picking, with more and more reviews")
    chart = intervals(title, lines, truth, _("The truth is"), start=40)
    told = {
        "truth": truth, "few": SIZES[0], "many": SIZES[-1], "random_few": at_random[0], "random_many": at_random[-1],
        "picked_few": by_hand[0], "picked_many": by_hand[-1], "off": truth - (by_hand[-1].value or 0),
    }  # fmt: skip
    return Picture((chart,), told)

"""Three pairs of reviewers who all agree often, and only one of whom sees the same things."""

from __future__ import annotations

from functools import cache

import numpy as np
from django.utils.translation import gettext as _

from evenhand.dashboards.guide.drawing import Line, Picture, intervals
from evenhand.dashboards.guide.world import Rng, rng
from evenhand.quality.agreement import krippendorff_alpha, percent_agreement
from evenhand.quality.arrays import Ints
from evenhand.quality.estimates import Estimate

CONVERSATIONS = 120
# Bad, fair, good: most service is good.
SHARES = (0.05, 0.10, 0.85)
SLIP = 0.06


@cache
def found() -> tuple[tuple[Estimate, ...], tuple[Estimate, ...]]:
    """Percent agreement, and agreement beyond chance, of three pairs."""
    chance = rng("agreement")
    pairs = [_careful(chance), _kind(chance), _guessing(chance)]
    percent = tuple(percent_agreement(pair.tolist(), categories=[0, 1, 2]) for pair in pairs)
    return percent, tuple(krippendorff_alpha(pair.tolist(), categories=[0, 1, 2]) for pair in pairs)


def _answers(chance: Rng) -> Ints:
    return np.asarray(chance.choice(3, CONVERSATIONS, p=SHARES), dtype=np.int64)


def _careful(chance: Rng) -> Ints:
    """(120, 2) Both look at the conversation, and each slips now and then."""
    truth = _answers(chance)
    slips = chance.random((CONVERSATIONS, 2)) < SLIP
    return np.where(slips, chance.integers(0, 3, (CONVERSATIONS, 2)), truth[:, None])


def _kind(chance: Rng) -> Ints:
    """One looks; the other says "good" to all but a handful, whatever they are."""
    other = np.where(chance.random(CONVERSATIONS) < 0.03, 1, 2)
    return np.column_stack([_answers(chance), other])


def _guessing(chance: Rng) -> Ints:
    """Neither looks; both know that most service is good."""
    return np.column_stack([_answers(chance), _answers(chance)])


def picture() -> Picture:
    percent, alpha = found()
    names = (_("both look"), _("one always kind"), _("both guess"))
    charts = (
        intervals(_("How often each pair gave the same answer, in per cent"),
                  [Line(n, e) for n, e in zip(names, percent, strict=True)], None,
                  n_name=_("Conversations")),
        intervals(_("How far each pair agrees beyond chance (alpha)"),
                  [Line(n, e) for n, e in zip(names, alpha, strict=True)], None,
                  start=-0.4, end=1, n_name=_("Conversations"), digits=2),
    )  # fmt: skip
    told = {"n": CONVERSATIONS, "percent": percent, "alpha": alpha, "good": round(100 * SHARES[2])}
    return Picture(charts, told)

"""What a number of reviews will be able to say, in words: margins, people, hours."""

from __future__ import annotations

import math
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.quality.planner import AgentOutlook, Outlook
from evenhand.reviews.measured import Measured

FINE = 10.0
COACHES = 10.0


def margin(points: float) -> str:
    """ "± 4.0", from ten points on without a decimal; "± 100" where nothing can be told."""
    rounded = min(points, 100.0)
    return f"±\N{NO-BREAK SPACE}{points_shown(rounded, 1 if rounded < FINE - 0.05 else 0)}"


def points_shown(value: float, decimals: int = 0) -> str:
    """In the reader's own writing of numbers, which by itself would cut and not round."""
    return number_format(Decimal(f"{value:.{decimals}f}"), decimals, use_l10n=True)


def says(outlook: Outlook) -> str:
    """ "Team ± 4.0; each agent ± 18: too wide to compare people." """
    if outlook.team == 0:
        return nothing_left()
    if outlook.agent.margin is None:
        return _("Team %(team)s; no number for single agents: fewer than four reviews each.") % {
            "team": margin(outlook.team)
        }
    return _("Team %(team)s; each agent about %(agent)s: %(verdict)s.") % {
        "team": margin(outlook.team), "agent": margin(outlook.agent.margin), "verdict": verdict(outlook.agent),
    }  # fmt: skip


def nothing_left() -> str:
    return _("Every conversation would be reviewed: nothing is left to guess.")


def verdict(agent: AgentOutlook) -> str:
    """What an agent's margin is good for."""
    if agent.comparable:
        return _("close enough to compare people")
    if agent.margin is not None and agent.margin <= COACHES:
        return _("enough to coach, too wide to compare people")
    return _("too wide to compare people")


def without(agent: AgentOutlook) -> str:
    """How many agents get no number, where some do and some do not."""
    if not agent.margin or not agent.without:
        return ""
    told = ngettext(
        "%(n)d agent gets fewer than four, and no number.", "%(n)d agents get fewer than four, and no number.",
        agent.without,
    )  # fmt: skip
    return told % {"n": agent.without}


def basis(known: Measured) -> str:
    """What the margins and the hours rest on, and what of it is assumed."""
    within, between = points_shown(known.spread.within), points_shown(known.spread.between)
    spread = _("Scores spread by %(within)s points within an agent and %(between)s between agents") % {
        "within": within, "between": between,
    }  # fmt: skip
    scores = ngettext("measured on %(n)d review", "measured on %(n)d reviews", known.scores) % {"n": known.scores}
    return f"{spread}, {scores if known.scores else _('assumed until there are more reviews')}. {pace(known)}"


def drawn_before(n: int) -> str:
    told = ngettext(
        "The margins count the %(n)d drawn before too, as if it were reviewed.",
        "The margins count the %(n)d drawn before too, as if all of them were reviewed.", n,
    )  # fmt: skip
    return told % {"n": n} if n else ""


def pace(known: Measured) -> str:
    minutes = points_shown(known.minutes, 1 if known.timed else 0)
    told = _("A review takes %(minutes)s minutes") % {"minutes": minutes}
    clocks = ngettext(
        "the middle of %(n)d measured, active time only", "the middle of %(n)d measured, active time only", known.timed
    ) % {"n": known.timed}  # fmt: skip
    return f"{told}, {clocks if known.timed else _('assumed until some are measured')}."


def lasting(seconds: float) -> str:
    """ "12 hours"; minutes below two hours."""
    if seconds < 7200:
        minutes = max(1, math.floor(seconds / 60 + 0.5))
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = math.floor(seconds / 3600 + 0.5)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}

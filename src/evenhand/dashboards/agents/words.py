"""What may be said of one agent beside the others, in plain words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.quality.shrinkage import RANKS_FROM_RELIABILITY

# From which probability to lie on one side of the team's mean something may be said about it.
_SIDES = (
    (0.975, gettext_lazy("almost certainly below"), gettext_lazy("almost certainly above")),
    (0.9, gettext_lazy("very probably below"), gettext_lazy("very probably above")),
    (0.75, gettext_lazy("probably below"), gettext_lazy("probably above")),
)


def side(below: float) -> str:
    """On which side of the team's mean an agent lies. below: the probability that it is below, 0..1."""
    for least, under, over in _SIDES:
        if below >= least:
            return str(under)
        if below <= 1 - least:
            return str(over)
    return _("cannot be told")


def odds(below: float) -> str:
    """ "83 % below"; never 0 or 100, which nothing is."""
    return _("%(percent)d %% below") % {"percent": min(99, max(1, round(100 * below)))}


def order(reliability: float, chosen: str, reliable: bool) -> str:
    """Why the table stands in the order in which it stands."""
    said = {"r": f"{reliability:.2f}", "least": f"{RANKS_FROM_RELIABILITY:.1f}"}
    if reliable:
        return _("Every number here has a reliability of %(least)s or more, enough to put agents in an order.") % said
    if chosen == "name":
        return _(
            "Agents stand by name. The least reliable of these numbers has a reliability of %(r)s; below %(least)s an"
            " order by score is mostly chance, so nobody gets a rank."
        ) % said  # fmt: skip
    return _(
        "You sorted the table, and this is no ranking: the least reliable of these numbers has a reliability of"
        " %(r)s, and below %(least)s neighbours may as well stand the other way round."
    ) % said  # fmt: skip


def standing(tier: int | None, tiers: int) -> str:
    """Whether an agent's interval keeps clear of the others'; nothing where all overlap."""
    if tier is None or tiers < 2:
        return ""
    if tier == 1:
        return _("clear above the others")
    return _("clear below the others") if tier == tiers else _("in between")


def apart(tiers: int, shown: int) -> str:
    """Whether anybody stands apart at all."""
    if shown < 2:
        return ""
    if tiers < 2:
        return _("Nobody stands clear of all the others.")
    return _("Whoever stands clear of all the others is marked below.")

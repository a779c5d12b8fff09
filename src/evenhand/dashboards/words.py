"""Sentences that say what a number means, words before figures."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.facts.metrics.breakdowns import CauseCount
from evenhand.facts.metrics.scores import IQS, Headline
from evenhand.quality.estimates import Estimate
from evenhand.quality.shrinkage import Shrinkage

NAMES = {
    "iqs": lambda: _("Internal Quality Score, from random draws"),
    "average": lambda: _("Review average, not drawn at random"),
}


def name_of(headline: Headline) -> str:
    return NAMES[headline.name]()


def describes(headline: Headline) -> str:
    if headline.name != IQS:
        return ""
    return ngettext("of %(n)s conversation", "of %(n)s conversations", headline.frame) % {"n": f"{headline.frame:,}"}


def lies(estimate: Estimate) -> str:
    """A number inside a sentence, without its point: "between 80 and 88"."""
    digits = estimate.decimals
    return _("between %(low)s and %(high)s") % {
        "low": f"{estimate.low:.{digits}f}", "high": f"{estimate.high:.{digits}f}",
    }  # fmt: skip


def broken(what: Iterable[str]) -> str:
    """That the two numbers were not made in the same way."""
    return _("In between: %(what)s. Part of the difference may come from that.") % {"what": ", ".join(sorted(what))}


def lowest(name: str, estimate: Estimate, cause: CauseCount | None) -> str:
    """The category that stands out, and what its reviewers named most."""
    told = _("%(category)s is the lowest category: between %(low).0f and %(high).0f, %(n)d ratings.") % {
        "category": name, "low": estimate.low, "high": estimate.high, "n": estimate.n,
    }  # fmt: skip
    if cause is None:
        return told
    named = ngettext("%(n)d review names “%(cause)s”.", "%(n)d reviews name “%(cause)s”.", cause.count)
    return f"{told} {named % {'n': cause.count, 'cause': cause.label}}"


def against_team(shrinkage: Shrinkage, team: float | None) -> str:
    """Whether anybody stands clear of the team."""
    shown = [group for group in shrinkage.groups if group.estimate.has_number]
    if not shown or team is None:
        return _("Nobody has enough reviews for a number of their own yet.")
    clear = [group for group in shown if not group.estimate.contains(team)]
    if not clear:
        return _(
            "Every interval holds the team’s number, so no one is clearly above or below it. The estimate leans"
            " towards the team where reviews are few."
        )
    said = ngettext(
        "%(n)d interval keeps clear of the team’s number.", "%(n)d intervals keep clear of the team’s number.",
        len(clear),
    ) % {"n": len(clear)}  # fmt: skip
    return said + " " + _("The estimate leans towards the team where reviews are few.")

"""Sentences that say what a number means, words before figures."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.facts.metrics.breakdowns import CauseCount
from evenhand.facts.metrics.scores import IQS, Headline
from evenhand.quality.change import Change, Verdict, plain_change
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


def change(found: Change) -> str:
    """Whether it changed, and how far the true difference may reach."""
    verdict = plain_change(found)
    if verdict is None or found.value is None or found.low is None or found.high is None:
        return _("There is nothing to compare with: too few reviews, in this period or in the one before.")
    reads = _reads(found.value)
    span = _("the true difference may be anything from %(low)s to %(high)s") % {
        "low": _side(found.low), "high": _side(found.high),
    }  # fmt: skip
    if verdict is Verdict.NO_CLEAR_CHANGE:
        return _("No clear change. It reads %(reads)s, but %(span)s.") % {"reads": reads, "span": span}
    told = _("Clearly higher") if verdict is Verdict.UP else _("Clearly lower")
    return _("%(told)s. It reads %(reads)s, and %(span)s.") % {"told": told, "reads": reads, "span": span}


def broken(what: Iterable[str]) -> str:
    """That the two numbers were not made in the same way."""
    return _("In between: %(what)s. Part of the difference may come from that.") % {"what": ", ".join(sorted(what))}


def _reads(value: float) -> str:
    points = round(abs(value))
    if points == 0:
        return _("the same")
    higher = ngettext("%(n)d point higher", "%(n)d points higher", points)
    lower = ngettext("%(n)d point lower", "%(n)d points lower", points)
    return (higher if value > 0 else lower) % {"n": points}


def _side(value: float) -> str:
    points = round(abs(value))
    if points == 0:
        return _("none")
    return (_("%(n)d higher") if value > 0 else _("%(n)d lower")) % {"n": points}


def meaning(headline: Headline) -> str:
    """What the headline describes, and what it cannot say."""
    estimate = headline.estimate
    if not estimate.has_number:
        return _("Fewer than four conversations say too little for a number. Draw some more at random.")
    if headline.name == IQS:
        told = _(
            "%(n)d of %(frame)d conversations were drawn at random and reviewed. Had all of them been reviewed, the"
            " score would very probably lie between %(low).0f and %(high).0f. It says nothing about other months or"
            " teams."
        )
    else:
        told = _(
            "%(n)d reviews, each counted once. They were not drawn at random, so the number describes these reviews and"
            " cannot speak for the other conversations; the interval counts chance alone."
        )
    return told % {"n": estimate.n, "frame": headline.frame, "low": estimate.low or 0, "high": estimate.high or 0}


def lowest(name: str, estimate: Estimate, cause: CauseCount | None) -> str:
    """The category that stands out, and what its reviewers named most."""
    told = _("%(category)s is the lowest category: %(value).0f, between %(low).0f and %(high).0f, %(n)d ratings.") % {
        "category": name, "value": estimate.value, "low": estimate.low, "high": estimate.high, "n": estimate.n,
    }  # fmt: skip
    if cause is None:
        return told
    named = ngettext("%(n)d review names “%(cause)s”.", "%(n)d reviews name “%(cause)s”.", cause.count)
    return f"{told} {named % {'n': cause.count, 'cause': cause.label}}"


METHODS = {
    "envelope": lambda: _("an envelope that holds for any scores (Wilson’s interval on the mean)"),
    "bootstrap-t": lambda: _("bootstrap-t, which minds that scores lean against 100"),
    "t-skew": lambda: _("t, bent by the scores’ skewness"),
    "t": lambda: _("Student’s t"),
    "wilson": lambda: _("Wilson’s interval"),
    "census": lambda: _("all of them were reviewed: nothing is left to guess"),
    "shrunken": lambda: _("empirical Bayes"),
}
DESIGNS = {
    "simple": lambda: _("simple random sample"),
    "stratified": lambda: _("mean of the draws’ strata, weighted by their size"),
    "hajek": lambda: _("mean weighted by one over each conversation’s chance to be drawn"),
}


def method(estimate: Estimate) -> str:
    """The name of the method, for those who ask."""
    parts = [DESIGNS[estimate.design]()] if estimate.design in DESIGNS else []
    if estimate.method in METHODS:
        parts.append(METHODS[estimate.method]())
    if estimate.population:
        parts.append(_("with finite-population correction"))
    return "95 %: " + ", ".join(parts)


def against_team(shrinkage: Shrinkage, team: float | None) -> str:
    """Whether anybody stands clear of the team."""
    shown = [group for group in shrinkage.groups if group.estimate.has_number]
    if not shown or team is None:
        return _("Nobody has enough reviews for a number of their own yet.")
    clear = [group for group in shown if not group.estimate.contains(team)]
    if not clear:
        return _(
            "Every interval holds the team’s %(team).0f, so no one is clearly above or below it. The estimate leans"
            " towards the team where reviews are few."
        ) % {"team": team}
    said = ngettext(
        "%(n)d interval keeps clear of the team’s %(team).0f.", "%(n)d intervals keep clear of the team’s %(team).0f.",
        len(clear),
    ) % {"n": len(clear), "team": team}  # fmt: skip
    return said + " " + _("The estimate leans towards the team where reviews are few.")

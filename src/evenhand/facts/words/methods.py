"""The names of methods, designs and notes: every code that an Estimate or a Change may carry."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evenhand.quality.change import Change
from evenhand.quality.estimates import UNCOVERED, Estimate

METHODS = {
    "none": gettext_lazy("no interval: too few for a number"),
    "census": gettext_lazy("no interval: all of them were counted and nothing is left to guess"),
    "envelope": gettext_lazy(
        "the envelope, Wilson’s interval for a mean: the widest that scores from 0 to 100 can need"
    ),
    "wilson": gettext_lazy("Wilson interval"),
    "bootstrap-t": gettext_lazy("bootstrap-t interval, which minds that scores lean against 100"),
    "t-skew": gettext_lazy("t interval, bent by the scores’ skewness (Hall)"),
    "t": gettext_lazy("Student’s t interval"),
    "adjusted-wald": gettext_lazy("adjusted Wald interval"),
    "shrunken": gettext_lazy("empirical Bayes interval (Prasad and Rao)"),
    "normal": gettext_lazy("normal interval (Wald)"),
    "bca": gettext_lazy("bias-corrected bootstrap interval (BCa)"),
    "bootstrap": gettext_lazy("bootstrap interval"),
    "t-hc3": gettext_lazy("t interval of the regression on machine scores, with careful errors (HC3)"),
    "logit": gettext_lazy("t interval on the logit scale"),
    "beta": gettext_lazy("beta interval (Korn and Graubard)"),
    "asin": gettext_lazy("t interval on the arcsine scale"),
    "mean": gettext_lazy("t interval of a share"),
    "blup": gettext_lazy("t interval of a predicted effect (BLUP)"),
    "F": gettext_lazy("F interval"),
    # of differences
    "welch": gettext_lazy("Welch’s t interval of the difference"),
    "paired": gettext_lazy("t interval of the same units’ differences"),
    "stratified": gettext_lazy("t interval of the difference of two stratified means"),
    "newcombe": gettext_lazy("Newcombe’s interval of the difference"),
    "standardised": gettext_lazy("t interval of the difference at an equal mix of agents or cases"),
    "mover": gettext_lazy("MOVER: the interval of the difference, from the two intervals"),
}
DESIGNS = {
    "simple": gettext_lazy("plain mean, everything counts the same"),
    "stratified": gettext_lazy("mean of the draws’ strata, weighted by their size"),
    "hajek": gettext_lazy("mean weighted by one over each conversation’s chance to be drawn (Hájek)"),
    "shrunken": gettext_lazy("leans towards the team where reviews are few"),
    "ratio": gettext_lazy("sum over sum"),
    "domain": gettext_lazy("mean of a part of the sample"),
    "clusters": gettext_lazy("mean of whole clusters"),
    "two-stage": gettext_lazy("mean of a sample drawn in two stages"),
    "unequal": gettext_lazy("mean weighted by one over unequal chances"),
    "crossed": gettext_lazy("reviewers and conversations told apart"),
}
NOTES = {
    "too_few": gettext_lazy("Fewer than four say too little for a number, so none is shown."),
    "all_equal": gettext_lazy("All of them say the same, so the interval allows for what so few may have missed."),
    "uncovered": gettext_lazy("Part of the conversations could not be reached by any draw."),
    "little_spread": gettext_lazy("Nearly all ratings are the same, so there is little to agree or disagree about."),
}


def method(number: Estimate | Change) -> str:
    """The method's name in words, with the level: "95 % bootstrap-t interval, …; plain mean, …"."""
    name = str(METHODS[number.method]) if number.method in METHODS else number.method
    if not number.has_number or number.method == "census":
        return name
    parts = [_("%(level)d %% %(method)s") % {"level": round(100 * number.level), "method": name}]
    if isinstance(number, Estimate):
        if number.design in DESIGNS:
            parts.append(str(DESIGNS[number.design]))
        if number.population:
            parts.append(_("with finite-population correction"))
    return "; ".join(parts)


def note(number: Estimate | Change) -> str:
    """What else has to be known of this very number; mostly nothing."""
    if not isinstance(number, Estimate) or number.note not in NOTES:
        return ""
    if number.note == UNCOVERED and number.uncovered:
        return ngettext(
            "%(n)s conversation could not be reached by any draw: the number does not speak for it.",
            "%(n)s conversations could not be reached by any draw: the number does not speak for them.",
            number.uncovered,
        ) % {"n": f"{number.uncovered:,}"}
    return str(NOTES[number.note])

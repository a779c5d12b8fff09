"""Whether something changed, in words before figures."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.quality.change import Change, Verdict, plain_change


def sentence(found: Change) -> str:
    """Whether it changed, and how far the true difference may reach: one or two sentences."""
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


def short(found: Change) -> str:
    """The same in a cell: "no clear change, between 3 lower and 8 higher"."""
    verdict = plain_change(found)
    if verdict is None or found.low is None or found.high is None:
        return _("nothing to compare with yet")
    told = {Verdict.UP: _("clearly higher"), Verdict.DOWN: _("clearly lower")}.get(verdict, _("no clear change"))
    span = _("between %(low)s and %(high)s") % {"low": _side(found.low), "high": _side(found.high)}
    return f"{told}, {span}"


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

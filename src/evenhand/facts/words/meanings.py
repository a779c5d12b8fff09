"""Two plain sentences for every number, with the method's name and the guide's page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.facts.words.kinds import KINDS, kind_of
from evenhand.facts.words.methods import method, note
from evenhand.quality.change import Change
from evenhand.quality.estimates import Estimate


@dataclass(frozen=True, slots=True)
class Meaning:
    """describes: what the number is about. limits: what it cannot say. basis: n, and N where it is known.

    method: its name in words. note: what else is so with this very number, or empty. page: of the guide.
    """

    describes: str
    limits: str
    basis: str
    method: str
    note: str
    page: str


def meaning(number: Estimate | Change, kind: str = "", drawn: bool | None = None, n: int | None = None) -> Meaning:
    """What a number says and cannot say.

    kind: a key of KINDS; else what the number itself carries decides. drawn: whether it rests on random draws; unknown
    (None) counts as drawn where the number knows its frame. n: where it counts other units than the number does.
    Raises KeyError for a kind that is none.
    """
    name = kind or kind_of(number)
    chosen = KINDS[name]
    if drawn is None:
        drawn = isinstance(number, Change) or number.population is not None
    limits = chosen.limits if drawn or not chosen.by_hand else chosen.by_hand
    told = basis(number, name, n)
    return Meaning(str(chosen.describes), str(limits), told, method(number), note(number), chosen.page)


def basis(number: Estimate | Change, kind: str, n: int | None = None, *, frame: bool = True) -> str:
    """n, and N where it is known: "152 reviews", "142 of 3,912 conversations", "33 before, 38 reviews after".

    n: in place of the number's own, where it counts other units. frame: whether to say N.
    """
    unit = KINDS[kind].unit
    if isinstance(number, Change):
        told = _("%(before)s before, %(after)s after")
        return told % {"before": f"{number.n_before:,}", "after": _counted(number.n_after, unit)}
    if not number.population or kind == "counted":
        return _counted(number.n if n is None else n, unit)
    # What knows its frame was drawn from it, so its own n counts conversations.
    whole = _counted(number.population, "conversations")
    if n is not None:
        told = _counted(n, unit)
        return _("%(reviews)s of %(conversations)s") % {"reviews": told, "conversations": whole} if frame else told
    if not frame:
        return _counted(number.n, "conversations")
    return _("%(n)s of %(conversations)s") % {"n": f"{number.n:,}", "conversations": whole}


def _counted(n: int, unit: str) -> str:
    """A count with its noun: 142 reviews."""
    return _units(n, unit) % {"n": f"{n:,}"}


def _units(n: int, unit: str) -> str:
    if unit == "conversations":
        return ngettext("%(n)s conversation", "%(n)s conversations", n)
    if unit == "ratings":
        return ngettext("%(n)s rating", "%(n)s ratings", n)
    if unit == "answers":
        return ngettext("%(n)s answer", "%(n)s answers", n)
    return ngettext("%(n)s review", "%(n)s reviews", n)

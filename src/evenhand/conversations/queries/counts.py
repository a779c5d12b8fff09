"""How many conversations match: exact up to a bound, and cut by the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from evenhand.conversations import access
from evenhand.conversations.filters.selection import Selection
from evenhand.conversations.queries.deadline import TookTooLong, cut_after
from evenhand.conversations.queries.plan import plan

EXACT = 10_000
STEPS = (1_000, EXACT)
SAMPLED = 4 * EXACT


@dataclass(frozen=True)
class Count:
    """At least `n`; exactly so if nothing was left uncounted."""

    n: int
    is_exact: bool = True
    was_cut: bool = False

    def __str__(self) -> str:
        n = number_format(self.n, use_l10n=True, force_grouping=True)
        if self.is_exact:
            return n
        return _("more than %(n)s") % {"n": n} if self.was_cut else f"{n}+"


def count(selection: Selection, seconds: float, known: int = 0, steps: Sequence[int] | None = None) -> Count:
    """Count for so long at most. `known` is how many were seen anyway, for the case that time runs out.

    Counting goes by steps, so that there is something to say when the time is over after the first.
    """
    end = monotonic() + seconds
    found = Count(known, is_exact=False, was_cut=True)
    try:
        with cut_after(seconds):
            way = _way(selection)
        for bound in steps or STEPS:
            with cut_after(max(0.001, end - monotonic())):
                n, is_all = way(selection, bound)
            if n <= bound:
                return Count(n) if is_all else Count(max(n, found.n), is_exact=False, was_cut=True)
            found = Count(bound, is_exact=False, was_cut=bound < EXACT)
    except TookTooLong:
        pass
    return found


def _way(selection: Selection) -> Callable[[Selection, int], tuple[int, bool]]:
    is_common = selection.search is not None and selection.search.is_common
    return _of_common_word if is_common and not plan(selection).is_few else _along


def _along(selection: Selection, bound: int) -> tuple[int, bool]:
    """Walk along the list, or start from the few, and count up to the bound."""
    return plan(selection).ordered()[: bound + 1].count(), True


def _of_common_word(selection: Selection, bound: int) -> tuple[int, bool]:
    """Count among the first matches of a word that so many have: it is not asked of each row then."""
    word = next(one for one in selection.good if one.key == "q")
    among = access.visible(selection.seat, word.value.some(SAMPLED))
    return selection.apply(among, skip=[word])[: bound + 1].count(), False

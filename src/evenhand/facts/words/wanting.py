"""What is said where there is no number yet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from evenhand.quality.estimates import MINIMUM_N

_NOT_ENOUGH = {
    "conversations": lambda: _("not enough conversations yet"),
    "ratings": lambda: _("not enough ratings yet"),
    "answers": lambda: _("not enough answers yet"),
    "reviews": lambda: _("not enough reviews yet"),
}


def wanting(n: int, missing: int | None = None, unit: str = "reviews") -> str:
    """ "not enough reviews yet: 7 more for ±10", or "1 more for a number" where that is all that is known."""
    told = _NOT_ENOUGH[unit]()
    if not missing:
        return told
    more = _("%(n)s more for a number") if n + missing <= MINIMUM_N else _("%(n)s more for ±10")
    return f"{told}: {more % {'n': f'{missing:,}'}}"

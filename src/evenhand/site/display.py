"""How times and scores are written for people; figures alone are in `facts.words.figures`.

Times come out in the active time zone, which is the workspace's once its seat is taken.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from secrets import token_hex
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from evenhand.facts.words import KINDS, basis, kind_of, meaning, wanting
from evenhand.facts.words.figures import figure, rounded
from evenhand.quality.change import Change
from evenhand.quality.estimates import Estimate, no_number


def duration(value: float | timedelta | None) -> str:
    """Seconds as on a watch: 4:18, 1:05:09."""
    if value is None:
        return ""
    seconds = _seconds(value)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def lasting(value: float | timedelta | None) -> str:
    """Seconds in words, the two largest units: 1 day 2 h; 6 min 42 s."""
    if value is None:
        return ""
    seconds = _seconds(value)
    units = [
        (seconds // 86400, lambda n: ngettext("%(n)d day", "%(n)d days", n) % {"n": n}),
        (seconds // 3600 % 24, lambda n: _("%(n)d h") % {"n": n}),
        (seconds // 60 % 60, lambda n: _("%(n)d min") % {"n": n}),
        (seconds % 60, lambda n: _("%(n)d s") % {"n": n}),
    ]
    first = next((i for i, (n, _say) in enumerate(units) if n), len(units) - 1)
    return " ".join(say(n) for i, (n, say) in enumerate(units[first : first + 2]) if n or not i)


def _seconds(value: float | timedelta) -> int:
    return int(rounded(value.total_seconds() if isinstance(value, timedelta) else value, 0))


def day(value: date | datetime | None, style: str = "") -> str:
    """A day: "17 Nov 2025"; `long` is "Monday 17 November", `short` "17 Nov", `near` the clock if it is today."""
    if value is None:
        return ""
    moment = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    today = timezone.localdate()
    on = moment.date() if isinstance(moment, datetime) else moment
    if style == "near" and isinstance(moment, datetime) and on == today:
        return clock(moment)
    if style == "near" and timedelta(0) < today - on < timedelta(days=7):
        return date_format(moment, pgettext("date format", "D j"))
    this_year = on.year == today.year
    patterns = {
        "long": pgettext("date format", "l j F") if this_year else pgettext("date format", "l j F Y"),
        "short": pgettext("date format", "j M"),
        "near": pgettext("date format", "j M") if this_year else pgettext("date format", "j M Y"),
    }
    return date_format(moment, patterns.get(style, pgettext("date format", "j M Y")))


def clock(value: datetime | None, style: str = "") -> str:
    """A time of day: 14:32; `exact` has seconds."""
    if value is None:
        return ""
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    return date_format(moment, pgettext("date format", "H:i:s") if style == "exact" else pgettext("date format", "H:i"))


def stamp(value: datetime | None) -> str:
    """A moment: Mon 17 Nov 2025, 07:52."""
    if value is None:
        return ""
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    return date_format(moment, pgettext("date format", "D j M Y, H:i"))


def axis_start(low: float | None) -> float:
    """Where the axis of a headline begins: at 60, 40, 20 or 0, at least 5 points below the interval."""
    return 0 if low is None else max(0, min(60, (low - 5) // 20 * 20))


def told(
    estimate: Estimate | None, kind: str = "", drawn: bool | None = None, also: str = "", **words: Any
) -> dict[str, Any]:
    """What the score component says of an estimate; None says that there are no reviews at all.

    `kind` and `drawn` as `facts.words.meaning` takes them. `words` know what the estimate does not: name ("Internal
    Quality Score"), n (where it counts other units), describes (in place of "of 3,912 conversations"), missing
    (reviews that ±10 still wants). `also` is one more sentence behind the button.
    """
    found = estimate or no_number(0)
    name = kind or kind_of(found)
    n = words.get("n")
    half = None if name == "counted" else found.half_width
    value, low, high = (figure(one, half, KINDS[name].decimals) for one in (found.value, found.low, found.high))
    unit, missing = KINDS[name].unit, words.get("missing") or 0
    return {
        "kind": name,
        "name": words.get("name", ""),
        "describes": words.get("describes", ""),
        "value": value,
        "sign": KINDS[name].sign,
        "low": low,
        "high": high,
        "whole": found.method == "census",
        "raw": {"value": found.value, "low": found.low, "high": found.high},
        "n": found.n if n is None else n,
        "n_words": basis(found, name, n, frame="describes" not in words),
        "missing": missing,
        "wanting": "" if found.has_number else wanting(found.n, missing, unit),
        **about(found, name, drawn, words.get("name", ""), also),
    }


def about(
    number: Estimate | Change, kind: str = "", drawn: bool | None = None, name: str = "", also: str = ""
) -> dict[str, Any]:
    """What stands behind the button beside a number; the id ties the two together on a page and in its fragments."""
    return {"meaning": meaning(number, kind, drawn), "about_id": f"about-{token_hex(4)}", "about": name, "also": also}

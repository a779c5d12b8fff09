"""The date of a conversation: its last message, in the workspace's time zone and week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from evenhand.conversations.filters.base import BadValue, Choice, Filter, Option
from evenhand.people.access import Seat
from evenhand.quality.periods import Period, instants, relative_period

NAMED = {
    "today": gettext_lazy("today"),
    "yesterday": gettext_lazy("yesterday"),
    "last_7_days": gettext_lazy("last 7 days"),
    "last_14_days": gettext_lazy("last 14 days"),
    "last_30_days": gettext_lazy("last 30 days"),
    "last_90_days": gettext_lazy("last 90 days"),
    "this_week": gettext_lazy("this week"),
    "last_week": gettext_lazy("last week"),
    "this_month": gettext_lazy("this month"),
    "last_month": gettext_lazy("last month"),
    "this_quarter": gettext_lazy("this quarter"),
    "last_quarter": gettext_lazy("last quarter"),
    "this_year": gettext_lazy("this year"),
    "last_year": gettext_lazy("last year"),
}
EARLIEST, LATEST = date(1970, 1, 1), date(9998, 12, 31)


class DateFilter(Filter):
    """A named period (`last_7_days`), or days: `2026-11-01..2026-11-17`, `2026-11-01..`, `..2026-11-17`."""

    name = "date"
    label = gettext_lazy("Date")
    kind = "date"
    order = 10
    can_exclude = False
    has_many = False

    def options(self, seat: Seat, part: str = "") -> Sequence[Option]:
        return [Option(name, str(label)) for name, label in NAMED.items()]

    def clean(self, choice: Choice, seat: Seat) -> Period:
        return period_of(choice.values[0], seat)

    def title(self, choice: Choice) -> str:
        return str(self.label)

    def words(self, choice: Choice, seat: Seat) -> str:
        value = choice.values[0]
        return str(NAMED[value]) if value in NAMED else spoken(period_of(value, seat), value)

    def condition(self, value: Period, seat: Seat) -> Q:
        start, end = instants(value, seat.zone)
        return Q(happened_at__gte=start, happened_at__lt=end)


def period_of(value: str, seat: Seat) -> Period:
    """What a value of the address bar means today."""
    first, dots, last = value.partition("..")
    if value in NAMED or (not dots and "_" in value):
        try:
            return relative_period(value, timezone.localdate(timezone=seat.zone), seat.workspace.week_start)
        except (ValueError, OverflowError):
            raise BadValue(_("“%(value)s” is no period. Choose one from the list.") % {"value": value}) from None
    start = _day(first) if first else EARLIEST
    end = _day(last) if last else (LATEST if dots else start)
    if end < start:
        raise BadValue(_("The first day is after the last one. Swap them."))
    return Period.of_days(start, end)


def _day(value: str) -> date:
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        sentence = _("“%(value)s” is no day. Write it as 2026-11-17, or choose a period from the list.")
        raise BadValue(sentence % {"value": value}) from None
    if not EARLIEST <= day <= LATEST:
        raise BadValue(_("Choose a day after 1970."))
    return day


def spoken(period: Period, value: str) -> str:
    first, last = (date_format(day, pgettext("date format", "j M Y")) for day in (period.start, period.last))
    if value.endswith(".."):
        return _("from %(day)s") % {"day": first}
    if value.startswith(".."):
        return _("until %(day)s") % {"day": last}
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}

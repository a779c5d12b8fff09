"""Time zones that a person may choose from."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Copies under other names, and zones that are no place.
LEFT_OUT = ("Etc/", "posix/", "right/", "SystemV/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/")


@cache
def names() -> tuple[str, ...]:
    """Places by region and city, with UTC first."""
    places = (zone for zone in available_timezones() if "/" in zone and not zone.startswith(LEFT_OUT))
    return ("UTC", *sorted(places))


def validate(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(
            _("There is no time zone “%(name)s”. Write a region and a city, such as Europe/Berlin.") % {"name": name},
            code="time_zone",
        )

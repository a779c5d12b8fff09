"""Forms of this room, and what every view asks before it binds one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import DateInput
from django.http import HttpRequest, QueryDict

EARLIEST, LATEST = date(1970, 1, 1), date(2999, 12, 31)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; None when nothing was, so that a form stays empty. An empty POST is still a POST."""
    return request.POST if request.method == "POST" else None


def day_options() -> dict[str, Any]:
    """For a DateField: the browser's own calendar, and days that every time zone and database knows."""
    return {
        "widget": DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        "validators": [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    }

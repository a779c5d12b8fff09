from __future__ import annotations

import logging
import sys

from evenhand.site.logs import Brief


def _record(level: int) -> logging.LogRecord:
    try:
        raise PermissionError("no seat here")
    except PermissionError:
        return logging.LogRecord("django.request", level, "", 0, "Forbidden: %s", ("/w/x/",), sys.exc_info())


def test_a_refused_request_is_one_line():
    record = _record(logging.WARNING)
    assert Brief().filter(record)
    assert logging.Formatter().format(record) == "Forbidden: /w/x/"


def test_a_fault_keeps_its_traceback():
    record = _record(logging.ERROR)
    assert Brief().filter(record)
    assert "no seat here" in logging.Formatter().format(record)


def test_the_log_of_requests_is_brief(settings):
    assert settings.LOGGING["loggers"]["django.request"]["filters"] == ["brief"]

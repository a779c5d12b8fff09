"""What the log leaves out."""

from __future__ import annotations

import logging


class Brief(logging.Filter):
    """A request that was refused is one line: its traceback would only show where we refuse."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.ERROR:
            record.exc_info = record.exc_text = None
        return True

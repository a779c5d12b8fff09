"""Is this the beginning of a Zendesk QA import payload?"""

from __future__ import annotations

import io
import re

from evenhand.sources.cutter import Cutter
from evenhand.sources.errors import SourceError
from evenhand.sources.stream import ByteStream

_TICKET = re.compile(
    rb'"(?:comments|subject|description|created|assigneeEmail|assigneeName|customerEmail'
    rb'|customerName|satisfactionScore|ticketFields)"\s*:'
)
_OTHER = re.compile(rb'"messages"\s*:\s*\[')


def looks_like(head: bytes) -> bool:
    """True where the document is a list of tickets or has one under `data`.

    `head` is the beginning of the unpacked file and may end anywhere.
    """
    cutter = Cutter(ByteStream(io.BytesIO(head)))
    try:
        cutter.enter("data")
    except SourceError:
        return False
    rest = cutter.rest().lstrip()
    if rest.startswith(b"]"):
        return True
    return rest.startswith(b"{") and bool(_TICKET.search(rest)) and not _OTHER.search(rest)
